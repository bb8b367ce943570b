/** `npm run demo-server`: the demo network by itself, until Ctrl-C. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemoNetwork } from '../demo/demo-network.ts';
import type { DemoNetwork } from '../demo/demo-network.ts';
import { misbehaviourList } from '../demo/misbehaviour-list.ts';
import { DemoStartError } from '../demo/start-error.ts';
import { systemClock } from '../net/clock.ts';
import { toleratesClosedOutput } from './ending.ts';
import { changeLines, demoServerJson, demoServerText } from './demo-server-output.ts';
import { DEMO_SERVER_USAGE, readDemoServerOptions } from './demo-server-options.ts';
import type { DemoServerOptions } from './demo-server-options.ts';

const Status = { ENDED: 0, FAILED: 1, BAD_USAGE: 2 } as const;

async function main(): Promise<number> {
  toleratesClosedOutput();
  const parsed = readDemoServerOptions(process.argv.slice(2));
  if (!parsed.ok) {
    process.stderr.write(parsed.message);
    return Status.BAD_USAGE;
  }
  if (parsed.options.help) {
    process.stdout.write(DEMO_SERVER_USAGE);
    return Status.ENDED;
  }
  if (parsed.options.listsMisbehaviours) {
    process.stdout.write(misbehaviourList());
    return Status.ENDED;
  }
  // From here on, so that a signal while it starts is not lost.
  const asked = endAsked();
  const directory = await ownFolder();
  if (directory === undefined) return Status.FAILED;
  try {
    return await run(parsed.options, directory, asked);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** A folder for the files that clients need; undefined, and said why, where none can be made. */
async function ownFolder(): Promise<string | undefined> {
  try {
    return await mkdtemp(join(tmpdir(), 'herald-demo-'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `demo-server: No folder for its files can be made: ${reason}. Make room, or set TMPDIR to another place.\n`,
    );
    return undefined;
  }
}

async function run(options: DemoServerOptions, directory: string, asked: Promise<void>): Promise<number> {
  let network: DemoNetwork;
  try {
    network = await startDemoNetwork({ ...options, directory, clock: systemClock });
  } catch (error) {
    if (!(error instanceof DemoStartError)) throw error;
    process.stderr.write(`demo-server: ${error.message}\n`);
    return Status.FAILED;
  }
  process.stdout.write(options.json ? `${demoServerJson(network)}\n` : demoServerText(network));
  if (!options.json) network.store.onChange((changes) => process.stdout.write(changeLines(changes)));
  await asked;
  await network.close();
  return Status.ENDED;
}

/** Resolves at the first signal to end, or when nobody reads the output any more; the next signal ends the process as usual. */
function endAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    process.stdout.on('error', () => resolve());
  });
}

process.exitCode = await main();
