import { expect, test, vi } from 'vitest';
import type { FuzzTarget, Trial } from '../../protocol/testing/fuzz/trial.ts';
import { Campaign } from './campaign.ts';

vi.mock('./attempt.ts', async (original) => ({
  ...(await original<typeof import('./attempt.ts')>()),
  HANGING_MS: 50,
}));

/** Takes so many inputs well and then does something else. */
function after(inputs: number, check: () => void): FuzzTarget {
  let left = inputs;
  const trial: Trial = {
    check: () => (left-- > 0 ? undefined : check()),
    smaller: () => [],
    show: () => ['an input'],
  };
  return { name: 'subject', summary: 'for a test', batch: 8, trial: () => trial };
}

test('an input that never comes back is given up and told', async () => {
  const campaign = new Campaign(
    after(5, () => {
      for (;;) Math.random();
    }),
    1,
    100,
  );
  const found = await campaign.run(10, Infinity);
  expect(found).toMatchObject({ target: 'subject', input: 105, lines: ['an input'] });
  expect(found?.failure.message).toContain('it has not come back');
});

test('a campaign ends with its inputs, or with its time', async () => {
  const campaign = new Campaign(
    after(Infinity, () => undefined),
    1,
    0,
  );
  expect(await campaign.run(1000, Infinity)).toBeUndefined();
  expect(campaign.count).toBe(1000);
  await campaign.run(Infinity, 5);
  expect(campaign.count).toBeGreaterThan(1000);
  expect(campaign.spentMs).toBeGreaterThanOrEqual(5);
});
