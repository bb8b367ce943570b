import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from './figure.ts';
import { medianFigure } from './figure.ts';
import { HeraldWindow, buildHerald, withDisplay } from './herald-window.ts';
import type { Subject } from './pause-subjects.ts';
import { GRACE_MS, Started, bareSubject, heraldSubject } from './pause-subjects.ts';

const SAMPLES = 10;
/** Time for a turn to be over: everything subscribed, or nothing left to be done. */
const REST_MS = 500;
const SUSPEND_LIMIT_MS = 500;

/** Something that has a subject close its connections, and what has it connect again. */
interface Turn {
  readonly away: (subject: Subject) => Promise<unknown>;
  readonly back: (subject: Subject) => Promise<unknown>;
}

const HIDING: Turn = {
  away: ({ app }) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide()),
  back: ({ app }) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show()),
};
const SLEEPING: Turn = {
  away: ({ logind }) => logind.announceSleep(true),
  back: ({ logind }) => logind.announceSleep(false),
};

/** How long each took, in milliseconds. */
interface Samples {
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

/**
 * B12: from the window being hidden, or from logind announcing a sleep, to close_notify of the last session on the wire, as a
 * relay in front of the demo network's push server hears it. The reference is a bare Electron application that ends a TCP
 * connection at the same events, with a timer of the same grace. Both include the program that makes the announcement.
 */
export async function pause(say: (line: string) => void): Promise<readonly Figure[]> {
  const { missing } = HeraldWindow;
  if (missing !== undefined) {
    say(`Pausing is left out. ${missing}`);
    return [];
  }
  await buildHerald();
  const folder = await mkdtemp(join(tmpdir(), 'herald-bench-'));
  const started = new Started();
  try {
    return await withDisplay(async () => {
      try {
        return await measure(
          await heraldSubject(join(folder, 'ours'), started),
          await bareSubject(join(folder, 'theirs'), started),
        );
      } finally {
        await started.end();
      }
    });
  } finally {
    await rm(folder, { recursive: true, maxRetries: 20 });
  }
}

async function measure(ours: Subject, theirs: Subject): Promise<readonly Figure[]> {
  const connections = { ours: await ours.connected(), theirs: await theirs.connected() };
  const take = async (turn: Turn): Promise<Samples> => {
    const samples = { ours: [] as number[], theirs: [] as number[] };
    for (let sample = 0; sample < SAMPLES; sample++) {
      for (const [who, subject] of [['ours', ours] as const, ['theirs', theirs] as const]) {
        await sleep(REST_MS);
        const beganMs = performance.now();
        await turn.away(subject);
        samples[who].push((await connections[who].closedMs) - beganMs);
        await sleep(REST_MS); // what a debugger evaluates would interrupt the rest of the pause
        await turn.back(subject);
        connections[who] = await subject.connected();
      }
    }
    return samples;
  };
  const hidden = await take(HIDING);
  const asleep = await take(SLEEPING);
  return [
    figure(`hidden, with a grace of ${GRACE_MS} ms, to`, GRACE_MS + 1_000, hidden),
    figure('a sleep is announced to', SUSPEND_LIMIT_MS, asleep),
  ];
}

function figure(from: string, limit: number, { ours, theirs }: Samples): Figure {
  const what = {
    id: 'B12',
    name: `${from} close_notify of the last session`,
    unit: 'ms',
    goal: { of: 'value', bound: 'at most', limit },
  } as const;
  return medianFigure(what, ours, {
    name: 'a bare Electron app that ends a TCP connection',
    samples: theirs,
  });
}
