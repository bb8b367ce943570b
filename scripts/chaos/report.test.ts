import { expect, test } from 'vitest';
import type { ChaosReport } from './report.ts';
import { isSound, reportJson, reportText } from './report.ts';

const SOUND: ChaosReport = {
  seed: 5,
  histories: 2,
  spentMs: 12_000,
  rests: [
    { tookMs: 30, by: 'itself' },
    { tookMs: 2100.4, by: 'person' },
    { tookMs: 40, by: 'itself' },
  ],
  faults: new Map([
    ['reset', 3],
    ['flip up', 1],
  ]),
  found: undefined,
  leftovers: [],
};

test('the figures are how often there was which fault, and how long the truth took to be shown again', () => {
  expect(reportText(SOUND)).toBe(`flip up                         1
reset                           3
ok   seed 5: 2 histories in 12 s; 3 times the truth was shown again, 2 by itself (40 ms at most), 1 after "Try again" (2100 ms at most)
`);
  expect(JSON.parse(reportJson(SOUND))).toEqual({
    seed: 5,
    histories: 2,
    rests: 3,
    faults: { reset: 3, 'flip up': 1 },
    leftovers: [],
  });
});

test('what is left open in the end is a failure, and told', () => {
  const leaking = { ...SOUND, leftovers: ['TCPSocketWrap'] };
  expect([isSound(SOUND), isSound(leaking)]).toEqual([true, false]);
  expect(reportText(leaking)).toContain('Left open at the end: TCPSocketWrap\nFAIL seed 5');
});
