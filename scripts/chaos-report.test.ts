import { expect, test } from 'vitest';
import { reportJson } from './chaos/report.ts';
import { countChaos } from './chaos-report.mjs';

const FINE = {
  seed: 1,
  histories: 1,
  spentMs: 1000,
  rests: [{ tookMs: 1, by: 'itself' }],
  faults: new Map(),
  found: undefined,
  leftovers: [],
} as const;
const FOUND = {
  history: { seed: 1, number: 0, steps: [] },
  kept: [],
  failure: { at: 0, mismatch: { what: 'the domains', expected: [], actual: [] }, log: [] },
  again: { played: 3, failed: 0 },
} as const;

test.each([
  [FINE, { passed: 1, failed: 0, skipped: 0 }],
  [
    { ...FINE, found: FOUND },
    { passed: 0, failed: 1, skipped: 0 },
  ],
  [
    { ...FINE, leftovers: ['TCPSocketWrap'] },
    { passed: 0, failed: 1, skipped: 0 },
  ],
  [
    { ...FINE, rests: [] },
    { passed: 0, failed: 1, skipped: 0 },
  ],
])(
  'a run that rested and found nothing is a test that passed, and any other one that failed',
  (report, count) => {
    expect(countChaos(JSON.parse(reportJson(report)))).toEqual(count);
  },
);

test.each([undefined, null, 'x', {}])('%j is no report, and a failure', (report) => {
  expect(countChaos(report)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
