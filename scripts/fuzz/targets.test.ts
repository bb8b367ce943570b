import { expect, test } from 'vitest';
import { Campaign } from './campaign.ts';
import { TARGETS } from './targets.ts';

/** Enough to see that a target works, and that nothing is wrong at first sight. */
const INPUTS = 40;

test('every target has a name of its own', () => {
  expect(new Set(TARGETS.map(({ name }) => name)).size).toBe(TARGETS.length);
});

test.each(TARGETS)('$name: $summary', async (target) => {
  const campaign = new Campaign(target, 20_261_123, 0);
  expect(await campaign.run(INPUTS, Infinity)).toBeUndefined();
  expect(campaign.count).toBe(INPUTS);
});
