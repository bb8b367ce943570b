import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright';
import { Name } from '../protocol/wire/name.ts';
import { RecordType } from '../protocol/wire/registry.ts';
import { BenchServer } from './bench-server.ts';
import type { Figure, Goal } from './figure.ts';
import { DOMAIN, TYPE } from './generated-zone.ts';
import { HeraldWindow } from './herald-window.ts';
import { PaintedRows } from './painted-rows.ts';
import { record } from './records.ts';
import { quantile, spreadOf } from './statistics.ts';

const SERVICES = 10_000;
const WARM_UP = 10;
const SAMPLES = 100;
/** Pauses between the changes, in milliseconds: over the 50 of the updates, and of no common measure with a frame's 16.7. */
const PAUSES_MS = [151, 163, 179, 197, 211];
/** When nothing was published for this long, all that the domain has is in the window. */
const REST_MS = 3_000;
const READY_WITHIN_MS = 120_000;
/** Sorts before every service of the zone, so that the row is on the screen. */
const FIRST = 'AAA';

/** The samples of a run: from the server's write to the painted row, and the reference. */
interface Samples {
  readonly ours: number[];
  readonly theirs: number[];
}

/**
 * B3: from the server's write to the painted row in the real window, which shows 10,000 services: one more is announced each
 * time, at the top of the list. Painted is when the frame that shows the row was presented, by Chromium's own account
 * (Element Timing). The server runs in this process, and Chromium's clock and ours are the same. The reference is how
 * long a word takes that the page puts in by itself: the wait for the next frame, and the frame.
 */
export async function pushToWindow(): Promise<readonly Figure[]> {
  const server = await BenchServer.start(SERVICES);
  const profile = await mkdtemp(join(tmpdir(), 'herald-bench-profile-'));
  try {
    const { resolver, caFile } = server;
    const window = await HeraldWindow.open(profile, { name: 'bench.test', resolver, caFile });
    try {
      await complete(window.page);
      return figures(await measureAll(server, window));
    } finally {
      await window.close();
    }
  } finally {
    await server.end();
    await rm(profile, { recursive: true });
  }
}

function figures({ ours, theirs }: Samples): readonly Figure[] {
  return [figure('median', 0.5, 20, ours, theirs), figure('p99', 0.99, 50, ours, theirs)];
}

function figure(
  word: string,
  share: number,
  limit: number,
  ours: readonly number[],
  theirs: readonly number[],
): Figure {
  const goal: Goal = { of: 'value', bound: 'at most', limit };
  return {
    id: 'B3',
    name: `a PUSH leaves the server to a painted row among ${SERVICES}, ${word}`,
    unit: 'ms',
    value: quantile(ours, share),
    spread: spreadOf(ours),
    reference: {
      name: 'a word that the page puts in by itself, until it is painted',
      value: quantile(theirs, share),
    },
    goal,
  };
}

async function measureAll(server: BenchServer, window: HeraldWindow): Promise<Samples> {
  const rows = await PaintedRows.watch(window.page, `bench.test ${FIRST.toLowerCase()}-`);
  const samples: Samples = { ours: [], theirs: [] };
  for (let change = -WARM_UP; change < SAMPLES; change++) {
    await sleep(PAUSES_MS[Math.abs(change) % PAUSES_MS.length]);
    // Those that left stay in view for a while, and each comes before all of them.
    const label = `${FIRST}-${String(999 - change - WARM_UP).padStart(3, '0')}`;
    const pointer = record(browsed(), RecordType.PTR, Name.ofLabels([label, ...browsed().labels]).wire);
    const id = `bench.test ${label.toLowerCase()}._ipp._tcp.bench.test`;
    const pushedMs = server.change([{ kind: 'add', record: pointer }]);
    const { paintedMs } = await rows.painted(id);
    const element = await rows.paintedElement();
    server.change([{ kind: 'remove', record: pointer }]);
    if (change < 0) continue;
    samples.ours.push(paintedMs - pushedMs - window.pageOffsetMs);
    samples.theirs.push(element.paintedMs - element.insertedMs);
  }
  return samples;
}

function browsed(): Name {
  return Name.ofLabels([...TYPE.labels, ...DOMAIN.labels]);
}

/** Waits until every service is there and nothing moves any more. */
async function complete(page: Page): Promise<void> {
  const startMs = performance.now();
  let last = { revision: '', sinceMs: startMs };
  for (let nowMs = startMs; nowMs - startMs < READY_WITHIN_MS; nowMs = performance.now()) {
    const { revision, status } = await page.evaluate(() => ({
      revision: document.documentElement.dataset['revision'] ?? '',
      status: document.querySelector('.status-bar')?.textContent ?? '',
    }));
    if (revision !== last.revision) last = { revision, sinceMs: nowMs };
    const isAll = status.replaceAll(/[\s.,]/g, '').includes(`${SERVICES}services`);
    if (isAll && nowMs - last.sinceMs > REST_MS) return;
    await sleep(200);
  }
  throw new Error(`The window did not show ${SERVICES} services within ${READY_WITHIN_MS / 1000} s.`);
}
