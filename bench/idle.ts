import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { throwAwayCertificate } from '../main/demo/certificate.ts';
import type { Figure } from './figure.ts';
import { medianFigure } from './figure.ts';
import { IDLE_DOMAINS, IdleNetwork } from './idle-network.ts';
import { LineReader } from './line-reader.ts';
import { isProcessorTimeKnown, LEAST_SECONDS, processorSeconds } from './processor-time.ts';

const BROWSE = fileURLToPath(new URL('../main/cli/browse.ts', import.meta.url));
const CLIENT = fileURLToPath(new URL('idle-client.ts', import.meta.url));
const SERVER_NAME = 'bare.test';
const IDLE_MS = 60_000;
/** For so long the start may go on: data that settles, code that is made faster. */
const SETTLE_MS = 20_000;
const REFERENCE = 'a process that holds four TLS connections and does nothing';

/**
 * B7: what `browse --json` takes of the processor, and sends and gets, in a minute in which nothing happens in the four domains that it
 * watches. No keepalive falls due: they are an hour apart (RFC 8490 §6.5.2).
 */
export async function idle(say: (line: string) => void): Promise<readonly Figure[]> {
  if (!isProcessorTimeKnown) {
    say('This system does not tell what processor time another process takes: B7 is left out.');
    return [];
  }
  const network = await IdleNetwork.start();
  const bare = await bareServer();
  const { port } = bare.address() as AddressInfo;
  const browse = run(
    BROWSE,
    '--json',
    '--resolver',
    `127.0.0.1:${network.dnsPort}`,
    '--ca',
    network.caFile,
    ...IDLE_DOMAINS,
  );
  const client = run(CLIENT, String(port), SERVER_NAME);
  try {
    await Promise.all([allComplete(browse.lines), client.lines.next((text) => text === 'ready')]);
    await sleep(SETTLE_MS);
    const before = {
      ours: processorSeconds(browse.pid),
      theirs: processorSeconds(client.pid),
      packets: network.packets,
    };
    await sleep(IDLE_MS);
    const seconds = {
      ours: Math.max(LEAST_SECONDS, processorSeconds(browse.pid) - before.ours),
      theirs: Math.max(LEAST_SECONDS, processorSeconds(client.pid) - before.theirs),
    };
    return [
      medianFigure(
        {
          id: 'B7',
          name: 'processor time of a minute with four idle domains',
          unit: 's',
          goal: { of: 'value', bound: 'at most', limit: 0.1 },
        },
        [seconds.ours],
        { name: REFERENCE, samples: [seconds.theirs] },
      ),
      medianFigure(
        {
          id: 'B7',
          name: 'packets and questions of that minute',
          unit: 'packets',
          goal: { of: 'value', bound: 'at most', limit: 0 },
        },
        [network.packets - before.packets],
        { name: REFERENCE, samples: [0] },
      ),
    ];
  } finally {
    await Promise.all([browse.end(), client.end()]);
    bare.close();
    await network.end();
  }
}

interface Running {
  readonly pid: number;
  readonly lines: LineReader;
  readonly end: () => Promise<void>;
}

function run(script: string, ...args: readonly string[]): Running {
  const child: ChildProcess = spawn(process.execPath, [...process.execArgv, script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.pid === undefined || child.stdout === null) throw new TypeError(`${script} was not started`);
  return {
    pid: child.pid,
    lines: new LineReader(child.stdout),
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

/** Waits for the line of each domain that says that its one service is there with all that it has. */
async function allComplete(lines: LineReader): Promise<void> {
  const whole = new Set<unknown>();
  await lines.next((text) => {
    const { domain, instance, port, addresses, txt } = JSON.parse(text) as Record<string, unknown>;
    if (typeof instance === 'string' && Boolean(port && addresses && txt)) whole.add(domain);
    return whole.size === IDLE_DOMAINS.length;
  });
}

async function bareServer(): Promise<Server> {
  const { keyPem: key, certPem: cert } = throwAwayCertificate([SERVER_NAME], [], Date.now());
  const server = createServer({ key, cert, minVersion: 'TLSv1.3' });
  server.on('secureConnection', (socket) => socket.on('error', () => undefined)); // the client is killed
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
