import { expect, test } from 'vitest';
import { countPlaywright, countVitest, NO_REPORT, sum } from './reports.mjs';

const file = (status: string, ...results: readonly string[]): unknown => ({
  status,
  assertionResults: results.map((result) => ({ status: result })),
});

test('Vitest: every test is counted under its own outcome', () => {
  const testResults = [
    file('passed', 'passed', 'passed', 'pending'),
    file('failed', 'failed', 'passed', 'todo'),
  ];
  expect(countVitest({ testResults })).toEqual({ passed: 3, failed: 1, skipped: 2 });
});

test('Vitest: a file that failed to load is a failure although it has no failed test', () => {
  expect(countVitest({ testResults: [file('failed'), file('failed', 'passed')] })).toMatchObject({
    failed: 2,
  });
});

test('Playwright: a flaky test and an error outside of tests count as failed', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
  expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 3, skipped: 2 });
});

test.each([undefined, null, 'x', {}])('a runner that left no report (%s) has failed', (report) => {
  expect(countVitest(report)).toEqual(NO_REPORT);
  expect(countPlaywright(report)).toEqual(NO_REPORT);
});

test('the total is the sum of the runners', () => {
  const one = { passed: 1, failed: 2, skipped: 3 };
  expect(sum([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
});
