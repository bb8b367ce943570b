import { expect, test } from 'vitest';
import type { SessionEnd } from './retry.ts';
import { NO_DSO_MS, RetryPolicy } from './retry.ts';

const DROP: SessionEnd = {
  cause: 'dropped',
  wasEstablished: true,
  retryDelayMs: undefined,
  reason: 'It was cut.',
};

function after(...ends: readonly Partial<SessionEnd>[]): RetryPolicy {
  const policy = new RetryPolicy();
  for (const end of ends) {
    policy.ended({ ...DROP, ...end }, 1_000);
  }
  return policy;
}

test('END-03: a server that was left for breaking a rule is not asked for DSO for an hour', () => {
  expect(after({ cause: 'fault' }).readyMs).toBe(1_000 + NO_DSO_MS);
});

test('EST-03: a server that answered the opener with an error is not asked for DSO for an hour', () => {
  expect(after({ cause: 'no-dso', wasEstablished: false }).readyMs).toBe(1_000 + NO_DSO_MS);
});

test.each(['dropped', 'silence'] as const)(
  'EST-05: a server that ends in %s before the session is established is not asked for DSO for an hour',
  (cause) => {
    expect(after({ cause, wasEstablished: false }).readyMs).toBe(1_000 + NO_DSO_MS);
  },
);

test.each([0, 5_000, 0xffff_ffff])(
  'END-05, END-07: after a Retry Delay of %i ms a client comes back then, to the millisecond',
  (ms) => {
    expect(after({ cause: 'retry-delay', retryDelayMs: ms }).readyMs).toBe(1_000 + ms);
  },
);

test('END-09: an unexplained drop may be followed by one connection at once, a second drop by none for an hour', () => {
  expect(after({}).readyMs).toBe(-Infinity);
  expect(after({}, {}).readyMs).toBe(1_000 + NO_DSO_MS);
});

test('END-09: a drop after useful work is the first again', () => {
  const policy = after({});

  policy.useful();
  policy.ended(DROP, 2_000);

  expect(policy.readyMs).toBe(-Infinity);
});

test.each(['idle', 'done'] as const)(
  'a session that ended as %s may be followed by another at once',
  (cause) => {
    expect(after({ cause }).readyMs).toBe(-Infinity);
  },
);

test('a person may have a server tried again before its time', () => {
  const policy = after({ cause: 'fault' });

  policy.forgive();

  expect(policy.readyMs).toBe(-Infinity);
});

test('why a server is left alone is how its session ended', () => {
  expect(after({ cause: 'fault', reason: 'It broke a rule.' }).reason).toBe('It broke a rule.');
});
