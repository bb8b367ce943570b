import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeviceStream } from '../../main/browse/testing/device-stream.ts';
import { rowText, truthOf } from '../../main/browse/testing/history-model.ts';
import { Workspace } from '../../main/browse/workspace.ts';
import type { DemoNetwork } from '../../main/demo/demo-network.ts';
import { startDemoNetwork } from '../../main/demo/demo-network.ts';
import { systemClock } from '../../main/net/clock.ts';
import { cryptoRandom } from '../../main/net/random.ts';
import { StubResolver } from '../../main/net/resolver.ts';
import { checkTcp } from '../../main/net/tcp-check.ts';
import { connectTls } from '../../main/net/tls-transport.ts';
import { Random } from '../../protocol/testing/fuzz/random.ts';
import { Name } from '../../protocol/wire/name.ts';
import type { Holding } from './growth.ts';
import { growth, holdingText } from './growth.ts';
import { holding } from './holding.ts';

const CHANGES_PER_SECOND = 50;
const TICK_MS = 100;
/** So often it is measured whether anything grew, and whether the truth is shown. */
const SAMPLE_MS = 60_000;
const MAX_SAMPLES = 20;
/**
 * Once in so many samples of a long run, and before each of a short one, everything is paused for a moment. Only these samples are held
 * against one another: a session remembers thousands of names (see `NameMemory`), more of them the longer it lasts, up to a limit.
 */
const PAUSE_EVERY = 5;
const PAUSE_MS = 2_000;
const RECOVERY_MS = 10_000;

/** Runs the demo network and a client of it for so long; what was wrong, as sentences. */
export async function runMinutes(
  { minutes, seed }: { readonly minutes: number; readonly seed: number },
  say: (line: string) => void,
): Promise<readonly string[]> {
  const directory = await mkdtemp(join(tmpdir(), 'herald-soak-'));
  const network = await startDemoNetwork({ clock: systemClock, directory, quiet: true });
  const workspace = clientOf(network);
  try {
    return await soak(network, workspace, { minutes, seed }, say);
  } finally {
    await workspace.close();
    await network.close();
    await rm(directory, { recursive: true });
  }
}

function clientOf({ dnsPort, caPem, zones }: DemoNetwork): Workspace {
  const clock = systemClock;
  const servers = [{ host: '127.0.0.1', port: dnsPort }];
  const resolver = new StubResolver({ servers, clock, random: cryptoRandom });
  const workspace = new Workspace({
    clock,
    connect: (target, events) => connectTls({ ...target, clock }, events),
    random: cryptoRandom,
    resolverAt: () => resolver,
    enumerationBases: () => Promise.resolve([]),
    checkTcp: checkTcp(clock),
    updateIntervalMs: 50,
  });
  for (const domain of zones) workspace.watch({ domain, caPem });
  return workspace;
}

async function soak(
  network: DemoNetwork,
  workspace: Workspace,
  { minutes, seed }: { readonly minutes: number; readonly seed: number },
  say: (line: string) => void,
): Promise<readonly string[]> {
  const streams = network.zones.map((zone) => ({
    zone: Name.of(zone),
    stream: new DeviceStream(zone, new Random(seed, 'devices', zone)),
  }));
  const random = new Random(seed, 'soak');
  const samples = Math.min(MAX_SAMPLES, Math.max(2, Math.floor((minutes * 60_000) / SAMPLE_MS)));
  const sampleMs = (minutes * 60_000) / samples;
  const problems: string[] = [];
  let first: Holding | undefined;
  let changed = 0;
  const startMs = performance.now();
  for (let sample = 1; sample <= samples; sample++) {
    const untilMs = startMs + sample * sampleMs;
    const fromMs = performance.now();
    const before = changed;
    for (let nowMs = fromMs; nowMs < untilMs; nowMs = performance.now()) {
      const due = before + ((nowMs - fromMs) / 1000) * CHANGES_PER_SECOND;
      while (changed < due) {
        const { zone, stream } = random.pick(streams);
        const edits = stream.next();
        network.store.zone(zone)?.apply(edits);
        changed += edits.length;
      }
      await sleep(TICK_MS);
    }
    const isRenewed = samples < 2 * PAUSE_EVERY || sample % PAUSE_EVERY === 0 || sample === samples;
    if (isRenewed) {
      await workspace.pause('The soak test pauses.');
      await sleep(PAUSE_MS);
      workspace.resume();
    }
    const drift = await drifted(network, workspace);
    const now = holding();
    if (isRenewed) first ??= now;
    const seconds = Math.round((performance.now() - startMs) / 1000);
    say(`${seconds} s: ${changed} changes, ${network.subscriptionCount} subscriptions; ${holdingText(now)}`);
    problems.push(...drift.map((line) => `${seconds} s: ${line}`));
    if (sample < samples || first === undefined) continue;
    say(`first ${holdingText(first)}`);
    say(`last  ${holdingText(now)}`);
    problems.push(...growth(first, now));
  }
  return problems;
}

/** What is shown and should not be, or the other way round, once the last change has had time to arrive. */
async function drifted({ store, zones }: DemoNetwork, workspace: Workspace): Promise<readonly string[]> {
  const startMs = performance.now();
  for (;;) {
    const { services, domains } = workspace.snapshot().tables;
    const wrong = zones.filter((zone) => {
      const shown = services.filter(({ domain }) => domain === zone).map(rowText);
      const isLive = domains.some(({ id, state }) => id === zone && state === 'live');
      return !isLive || shown.toSorted().join('\n') !== truthOf(zone, store).services.join('\n');
    });
    if (wrong.length === 0) return [];
    if (performance.now() - startMs > RECOVERY_MS)
      return wrong.map(
        (zone) => `${zone} does not show what its zone holds, ${RECOVERY_MS} ms after the last change`,
      );
    await sleep(TICK_MS);
  }
}
