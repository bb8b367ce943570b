import { expect, test } from 'vitest';
import { faultName, stepText } from './step.ts';
import { historyOf } from './history.ts';

test('a history depends on nothing but its seed and number, and ends at rest', () => {
  expect(historyOf(1, 2)).toEqual(historyOf(1, 2));
  expect(historyOf(1, 2)).not.toEqual(historyOf(1, 3));
  expect(historyOf(1, 2)).not.toEqual(historyOf(2, 2));
  expect(historyOf(1, 2).at(-1)?.kind).toBe('rest');
});

test('among many histories there is every fault, and every step can be told', () => {
  const steps = Array.from({ length: 300 }, (_, at) => historyOf(1, at)).flat();
  const faults = new Set(steps.map(faultName));
  expect([...faults].map(String).toSorted()).toEqual([
    'DNS forged',
    'DNS late',
    'DNS lossy',
    'DNS no-tcp',
    'DNS servfail',
    'DNS silent',
    'DNS truncated',
    'DNS twice',
    'again',
    'certificate misnamed',
    'certificate strange',
    'edit by memory',
    'edit by update',
    'flip down',
    'flip up',
    'half-close down',
    'half-close up',
    'messages cut: first-octet',
    'messages cut: octets',
    'pause',
    'reload',
    'remove',
    'reset',
    'restart crash',
    'restart orderly',
    'resume',
    'shut',
    'suspect',
    'undefined',
    'watch',
    'wire dribble',
    'wire slow',
    'wire stall',
  ]);
  for (const step of steps) expect(stepText(step)).toMatch(/\S/);
});
