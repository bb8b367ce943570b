/** Counts what the fuzzer says in its report: one test a target. Node built-ins only. */
import { NO_REPORT } from './reports.mjs';

/**
 * @param {unknown} report what `npm run fuzz -- --report FILE` wrote; anything else counts as one failure
 * @returns {import('./reports.mjs').Count}
 */
export function countFuzz(report) {
  if (typeof report !== 'object' || report === null || !('targets' in report)) return NO_REPORT;
  const { targets } = report;
  if (!Array.isArray(targets) || targets.length === 0) return NO_REPORT;
  const failed = targets.filter(({ found }) => found !== null).length;
  return { passed: targets.length - failed, failed, skipped: 0 };
}
