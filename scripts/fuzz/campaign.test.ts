import { expect, test } from 'vitest';
import type { FuzzTarget } from '../../protocol/testing/fuzz/trial.ts';
import { Campaign } from './campaign.ts';

/** A subject that does something odd with one input in ten. */
function odd(check: () => void): FuzzTarget {
  return {
    name: 'subject',
    summary: 'for a test',
    batch: 8,
    trial: (random) => {
      const isOdd = random.oneIn(10);
      return {
        check: () => (isOdd ? check() : undefined),
        smaller: () => [],
        show: () => [isOdd ? 'odd' : 'even'],
      };
    },
  };
}

function forEver(): never {
  for (;;) Math.random();
}

test('an input that never comes back is given up and told', async () => {
  const campaign = new Campaign(odd(forEver), 1, 100, { slowMs: Infinity, hangingMs: 200 });
  const found = await campaign.run(1000, Infinity);
  expect(found).toMatchObject({ target: 'subject', lines: ['odd'] });
  expect(found?.failure.message).toBe('it has not come back after 200 ms');

  const again = new Campaign(odd(forEver), 1, found?.input ?? 0, { slowMs: Infinity, hangingMs: 200 });
  expect(await again.run(1, Infinity)).toMatchObject({ input: found?.input });
});

test('an input that takes long every time is told', async () => {
  const slow = (): void => {
    for (const startMs = performance.now(); performance.now() - startMs < 2;) Math.random();
  };
  const campaign = new Campaign(odd(slow), 1, 0, { slowMs: 1, hangingMs: 20_000 });
  const found = await campaign.run(1000, Infinity);
  expect(found?.failure.message).toMatch(/^it takes \d+ ms$/);
});

test('an input that cannot even be made is told, with its number', async () => {
  const target: FuzzTarget = {
    ...odd(() => undefined),
    trial: (random) => {
      if (random.oneIn(10)) throw new TypeError('what makes it is broken');
      return odd(() => undefined).trial(random, undefined as never);
    },
  };
  const found = await new Campaign(target, 1, 100).run(1000, Infinity);
  expect(found?.failure.message).toBe('what makes it is broken');
  expect(await new Campaign(target, 1, found!.input).run(1, Infinity)).toMatchObject({ input: found!.input });
});

test('a campaign ends with its inputs, or with its time', async () => {
  let nowMs = 0;
  const campaign = new Campaign(
    odd(() => undefined),
    1,
    0,
    { slowMs: Infinity, hangingMs: 20_000 },
    () => (nowMs += 1), // each look at the clock takes a millisecond
  );
  expect(await campaign.run(1000, Infinity)).toBeUndefined();
  expect(campaign.count).toBe(1000);

  const { spentMs } = campaign;
  expect(await campaign.run(Infinity, 50)).toBeUndefined();
  expect(campaign.count).toBeGreaterThan(1000);
  expect(campaign.count).toBeLessThan(1050);
  expect(campaign.spentMs - spentMs).toBeGreaterThanOrEqual(50);
});
