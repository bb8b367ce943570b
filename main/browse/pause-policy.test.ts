import { expect, test } from 'vitest';
import type { PauseInput } from './pause-policy.ts';
import { PAUSE_SETTINGS, Pausing, START_MS } from './testing/pausing.ts';

const SHOWN: PauseInput = { kind: 'window', id: 1, state: 'shown' };
const HIDDEN: PauseInput = { kind: 'window', id: 1, state: 'hidden' };
const MINIMISED: PauseInput = { kind: 'window', id: 1, state: 'minimised' };
const PAGE_HIDDEN: PauseInput = { kind: 'page', id: 1, visibility: 'hidden' };
const PAGE_VISIBLE: PauseInput = { kind: 'page', id: 1, visibility: 'visible' };
const SUSPEND: PauseInput = { kind: 'suspend' };
const RESUME: PauseInput = { kind: 'resume' };

test.each([
  ['hidden', [HIDDEN], [SHOWN]],
  ['minimised', [MINIMISED], [SHOWN]],
  ['covered', [PAGE_HIDDEN], [PAGE_VISIBLE]],
  ['closed', [{ kind: 'window', id: 1, state: 'closed' }], [SHOWN]],
  ['locked', [{ kind: 'lock' }], [{ kind: 'unlock' }]],
] as const)(
  'LIFE-01: %s for the time of grace is paused, and being seen ends that at once',
  (cause, away, back) => {
    const pausing = new Pausing();
    pausing.take(...away);
    expect(pausing.activity).toMatchObject({ state: 'grace', cause });
    pausing.pass(29_999);
    expect(pausing.log).toEqual([]);
    pausing.pass(1);
    expect(pausing.log).toEqual(['30 pause']);
    expect(pausing.activity).toMatchObject({ state: 'paused', cause });
    pausing.pass(3_600_000);
    pausing.take(...back);
    expect(pausing.log).toEqual(['30 pause', '3630 resume']);
    expect(pausing.activity).toMatchObject({ state: 'active', cause: null, reason: null });
  },
);

test('who comes back within the time of grace finds everything as it was', () => {
  const pausing = new Pausing();
  for (let round = 0; round < 5; round++) {
    pausing.take(HIDDEN);
    pausing.pass(29_000);
    pausing.take(SHOWN);
  }
  pausing.pass(60_000);
  expect(pausing.log).toEqual([]);
});

test('a window that is restored and flaps is followed once, even without any grace', () => {
  const pausing = new Pausing({ graceSeconds: 0 });
  pausing.take(MINIMISED, PAGE_HIDDEN);
  pausing.pass(250);
  pausing.take(SHOWN, PAGE_VISIBLE, PAGE_HIDDEN);
  pausing.pass(20);
  pausing.take(PAGE_VISIBLE);
  pausing.pass(60_000);
  expect(pausing.log).toEqual(['0.25 pause', '0.25 resume']);
});

test('a page’s old word does not hold once there is no page that could take it back', () => {
  const pausing = new Pausing();
  pausing.take(PAGE_HIDDEN);
  pausing.pass(40_000);
  pausing.take({ kind: 'page', id: 1, visibility: 'unknown' });
  expect(pausing.log).toEqual(['30 pause', '40 resume']);
});

test('as long as one window of several is seen everything goes on', () => {
  const pausing = new Pausing();
  pausing.take({ kind: 'window', id: 2, state: 'shown' }, MINIMISED);
  pausing.pass(60_000);
  expect(pausing.log).toEqual([]);
  pausing.take({ kind: 'window', id: 2, state: 'hidden' });
  pausing.pass(60_000);
  expect(pausing.activity).toMatchObject({ state: 'paused', cause: 'hidden' });
});

test('what the user chose holds at once: the time of grace, and not to pause at all', () => {
  const pausing = new Pausing();
  pausing.take(HIDDEN);
  pausing.pass(5_000);
  pausing.take({ kind: 'settings', settings: { ...PAUSE_SETTINGS, graceSeconds: 3 } });
  expect(pausing.log).toEqual(['5 pause']);
  pausing.take({ kind: 'settings', settings: { ...PAUSE_SETTINGS, pauseOnHide: false } });
  expect(pausing.log).toEqual(['5 pause', '5 resume']);
});

test('LIFE-01: a computer that nobody uses is a pause at once, if that is wanted, and its use ends it', () => {
  const pausing = new Pausing();
  pausing.take({ kind: 'idle' });
  expect(pausing.activity.state).toBe('active');
  pausing.take({ kind: 'settings', settings: { ...PAUSE_SETTINGS, pauseOnIdle: true, idleMinutes: 5 } });
  expect(pausing.activity).toMatchObject({ state: 'paused', cause: 'idle', idleMinutes: 5 });
  expect(pausing.reason).toBe(
    'Nobody has used the computer for 5 minutes, so nothing is watched. It goes on when you use the computer again.',
  );
  pausing.take({ kind: 'active' });
  expect(pausing.log).toEqual(['0 pause', '0 resume']);
});

test('who is away is not waited for once more when the window goes out of sight', () => {
  const pausing = new Pausing({ pauseOnIdle: true });
  pausing.take(HIDDEN);
  pausing.pass(5_000);
  pausing.take({ kind: 'idle' });
  expect(pausing.activity).toMatchObject({ state: 'paused', cause: 'hidden' });
});

test('a window that nobody wants asked about still stops when nobody uses the computer', () => {
  const pausing = new Pausing({ pauseOnHide: false, pauseOnIdle: true });
  pausing.take(HIDDEN, { kind: 'idle' });
  expect(pausing.activity).toMatchObject({ state: 'paused', cause: 'idle' });
  pausing.take({ kind: 'person' });
  expect(pausing.isWatching).toBe(true);
});

test('LIFE-02: a suspend is obeyed at once, and after the resume everything is followed again', () => {
  const pausing = new Pausing();
  pausing.take(SUSPEND);
  expect(pausing.log).toEqual(['0 pause']);
  expect(pausing.activity).toMatchObject({ state: 'suspended', cause: 'asleep' });
  pausing.jump(8 * 3_600_000);
  pausing.take(RESUME);
  expect(pausing.activity.state).toBe('waking');
  pausing.pass(1_249);
  expect(pausing.isWatching).toBe(false);
  pausing.pass(1);
  expect(pausing.log).toEqual(['0 pause', '1.25 resume']);
});

test.each([
  ['twice', [SUSPEND, SUSPEND, RESUME, RESUME]],
  ['interleaved', [SUSPEND, RESUME, SUSPEND, RESUME]],
  ['with a resume ahead', [RESUME, SUSPEND, RESUME]],
])('LIFE-02: suspend and resume that come %s are one sleep', (_how, inputs) => {
  const pausing = new Pausing();
  for (const input of inputs) {
    pausing.take(input);
    pausing.pass(1);
  }
  pausing.pass(10_000);
  expect(pausing.log.map((line) => line.split(' ')[1])).toEqual(['pause', 'resume']);
});

test('LIFE-02: after waking up it waits for the network, though not for ever', () => {
  const pausing = new Pausing();
  pausing.take(SUSPEND, { kind: 'network', isUp: false }, RESUME);
  pausing.pass(15_000);
  expect(pausing.isWatching).toBe(false);
  pausing.take({ kind: 'network', isUp: true });
  pausing.pass(1_000);
  pausing.take({ kind: 'network', isUp: true }); // no reason to begin to wait anew
  pausing.pass(250);
  expect(pausing.log).toEqual(['0 pause', '16.25 resume']);

  pausing.take(SUSPEND, { kind: 'network', isUp: false }, RESUME);
  pausing.pass(20_000);
  expect(pausing.log.at(-1)).toBe('36.25 resume');
});

test('LIFE-02: where there was no network before the sleep none is waited for', () => {
  const pausing = new Pausing();
  pausing.take({ kind: 'network', isUp: false }, SUSPEND, RESUME);
  pausing.pass(1_250);
  expect(pausing.isWatching).toBe(true);
});

test('LIFE-02: a computer that falls asleep again while it waits for the network still waits for it then', () => {
  const pausing = new Pausing();
  pausing.take(SUSPEND, { kind: 'network', isUp: false }, RESUME, SUSPEND, RESUME);
  pausing.pass(15_000);
  expect(pausing.isWatching).toBe(false);
});

test('LIFE-02: a computer that wakes up in a closed bag does not connect', () => {
  const pausing = new Pausing();
  pausing.take(HIDDEN);
  pausing.pass(5_000);
  pausing.take(SUSPEND, RESUME);
  pausing.pass(60_000);
  expect(pausing.log).toEqual(['5 pause']);
  expect(pausing.activity).toMatchObject({ state: 'paused', cause: 'hidden' });
});

test('when everybody wakes up at once, not everybody connects at once', () => {
  const [early, late] = [new Pausing({}, 0), new Pausing({}, 0.999)];
  for (const pausing of [early, late]) {
    pausing.take(SUSPEND, RESUME);
    pausing.pass(10_000);
  }
  expect([early.log.at(-1), late.log.at(-1)]).toEqual(['0.25 resume', '2.248 resume']);
});

test('LIFE-02: a resume that nobody tells of shows in the clocks', () => {
  const pausing = new Pausing();
  pausing.take(SUSPEND);
  pausing.pass(30_000);
  expect(pausing.activity.state).toBe('suspended');
  pausing.jump(600_000);
  pausing.pass(20_000);
  expect(pausing.isWatching).toBe(true);
});

test('LIFE-02: somebody who presses a key is proof that the computer is awake', () => {
  const pausing = new Pausing();
  pausing.take(SUSPEND);
  pausing.pass(30_000);
  pausing.take({ kind: 'person' });
  pausing.pass(3_000);
  expect(pausing.isWatching).toBe(true);
});

test.each([
  ['the wall clock goes ahead', (pausing: Pausing) => pausing.jump(6_000)],
  ['the wall clock goes back', (pausing: Pausing) => pausing.jump(-6_000)],
  ['a timer comes much too late', (pausing: Pausing) => pausing.stall(16_000)],
  ['a resume comes without a suspend', (pausing: Pausing) => pausing.take(RESUME, RESUME)],
  [
    'the network changes, which it does in several steps',
    (pausing: Pausing) => pausing.take({ kind: 'network', isUp: false }, { kind: 'network', isUp: true }),
  ],
])('LIFE-02: connections are suspect, once, when %s', (_what, happen) => {
  const pausing = new Pausing();
  happen(pausing);
  pausing.pass(60_000);
  expect(pausing.log.map((line) => line.split(' ')[1])).toEqual(['suspect']);
});

test('a clock that is put right by a little makes nothing suspect', () => {
  const pausing = new Pausing();
  for (let minute = 0; minute < 60; minute++) {
    pausing.jump(minute % 2 === 0 ? 2_000 : -2_000);
    pausing.pass(60_000);
  }
  expect(pausing.log).toEqual([]);
});

test('the user’s own pause stands until the user ends it, whatever is shown, hidden, or asleep meanwhile', () => {
  const pausing = new Pausing();
  pausing.take({ kind: 'user', wish: 'pause' });
  expect(pausing.log).toEqual(['0 pause']);
  pausing.take(HIDDEN, SHOWN, SUSPEND, RESUME, { kind: 'lock' }, { kind: 'unlock' }, PAGE_VISIBLE);
  pausing.pass(60_000);
  expect(pausing.log).toEqual(['0 pause']);
  expect(pausing.activity).toMatchObject({ state: 'paused', cause: 'user' });
  pausing.take({ kind: 'user', wish: 'watch' });
  expect(pausing.log).toEqual(['0 pause', '60 resume']);
});

test('afterwards it is known from when until when nothing was watched, and what that began with', () => {
  const pausing = new Pausing();
  pausing.take(HIDDEN);
  pausing.pass(60_000);
  expect(pausing.activity.gap).toBeNull();
  pausing.take(SUSPEND);
  pausing.jump(600_000);
  pausing.take(RESUME);
  pausing.take(SHOWN);
  expect(pausing.activity.gap).toEqual({
    fromMs: START_MS + 30_000,
    untilMs: START_MS + 660_000,
    cause: 'hidden',
  });
});

test('each pause is told of in a sentence', () => {
  const pausing = new Pausing();
  pausing.take(MINIMISED);
  expect(pausing.activity.reason).toBe(
    'The window is minimised. Herald goes on watching for 30 s, in case you come back.',
  );
  pausing.pass(30_000);
  const reason = 'The window is minimised, so nothing is watched. It goes on when you restore the window.';
  expect(pausing.activity.reason).toBe(reason);
  expect(pausing.reason).toBe(reason);
});

test('a pause that goes on for another reason says so', () => {
  const pausing = new Pausing();
  const reasons = [HIDDEN, SUSPEND, { kind: 'user', wish: 'pause' } as const, RESUME].map((input) => {
    pausing.take(input);
    pausing.pass(30_000);
    expect(pausing.activity.reason).toBe(pausing.reason);
    return pausing.reason.split(',')[0];
  });
  expect(reasons).toEqual([
    'The window is hidden',
    'The computer sleeps',
    'You paused Herald',
    'You paused Herald',
  ]);
  expect(pausing.log).toEqual(['30 pause']);
});
