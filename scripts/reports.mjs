/** Counts what the test runners say in their own JSON reports. Node built-ins only. */
import fs from 'node:fs';

/**
 * @typedef {object} Count
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/** What a runner that left no report counts as. */
export const NO_REPORT = { passed: 0, failed: 1, skipped: 0 };

/**
 * @param {string} file
 * @returns {unknown} undefined when there is no such file or it is not JSON
 */
export function readReport(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Vitest's `--reporter=json`. A file that failed without a failed test in it (it did not load, a hook threw) counts as one failure.
 * @param {unknown} report
 * @returns {Count}
 */
export function countVitest(report) {
  if (!isObject(report) || !Array.isArray(report['testResults'])) return NO_REPORT;
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report['testResults']) {
    /** @type {readonly string[]} */
    const statuses = file.assertionResults.map((/** @type {{status: string}} */ result) => result.status);
    for (const status of statuses) {
      count[status === 'passed' || status === 'failed' ? status : 'skipped'] += 1;
    }
    if (file.status === 'failed' && !statuses.includes('failed')) count.failed += 1;
  }
  return count;
}

/**
 * Playwright's `--reporter=json`. A flaky test passed only on another try, and counts as failed; so does an error outside of tests.
 * @param {unknown} report
 * @returns {Count}
 */
export function countPlaywright(report) {
  if (!isObject(report) || !isObject(report['stats'])) return NO_REPORT;
  const { expected, unexpected, flaky, skipped } = report['stats'];
  const errors = Array.isArray(report['errors']) ? report['errors'].length : 0;
  return {
    passed: Number(expected),
    failed: Number(unexpected) + Number(flaky) + errors,
    skipped: Number(skipped),
  };
}

/**
 * @param {readonly Count[]} counts
 * @returns {Count}
 */
export function sum(counts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of counts) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === 'object' && value !== null;
}
