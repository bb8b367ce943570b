import { expect, test } from 'vitest';
import { reportJson } from './fuzz/report.ts';
import { countFuzz } from './fuzz-report.mjs';

const found = { target: 'b', input: 7, failure: new Error('it broke'), lines: ['octets: 00'] };
const FINE = { name: 'a', inputs: 10, spentMs: 1000, found: undefined };

test('a target without a finding is a test that passed, one with a finding a test that failed', () => {
  const report: unknown = JSON.parse(reportJson([FINE, { ...FINE, name: 'b', found }], 1));
  expect(countFuzz(report)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test.each([undefined, null, 'x', {}, { targets: [] }, { targets: 1 }])(
  '%j is no report, and a failure',
  (report) => {
    expect(countFuzz(report)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  },
);
