/** Counts what a run of chaos says in its report: one test, that what is shown is the truth. Node built-ins only. */
import { NO_REPORT } from './reports.mjs';

/**
 * @param {unknown} report what `npm run chaos -- --report FILE` wrote; anything else counts as one failure
 * @returns {import('./reports.mjs').Count}
 */
export function countChaos(report) {
  if (typeof report !== 'object' || report === null || !('rests' in report)) return NO_REPORT;
  const { rests } = report;
  const isFound = 'found' in report;
  const isLeft = 'leftovers' in report && Array.isArray(report.leftovers) && report.leftovers.length > 0;
  const isSound = typeof rests === 'number' && rests > 0 && !isFound && !isLeft;
  return { passed: isSound ? 1 : 0, failed: isSound ? 0 : 1, skipped: 0 };
}
