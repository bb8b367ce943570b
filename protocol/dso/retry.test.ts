import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import type { ConnectionEnd } from './retry.ts';
import { instanceKey, NO_DSO_MS, RetryPolicy } from './retry.ts';

const SERVER = instanceKey(Name.of('push.example.com'), 853);
const OTHER = instanceKey(Name.of('push2.example.com'), 853);

/** How long the policy has a client wait after sessions that ended so, one after the other at the same time. */
function waitMs(...ends: readonly ConnectionEnd[]): number {
  const policy = new RetryPolicy();
  for (const end of ends) policy.ended(SERVER, end, 1000);
  return policy.mayConnectAtMs(SERVER, 1000) - 1000;
}

const LOSSES = ['dropped', 'silence'] as const;
const DROPPED = { cause: 'dropped', progress: 'established' } as const;
const DROPPED_AFTER_WORK = { cause: 'dropped', progress: 'useful' } as const;

test('END-03: a server that broke a rule is not asked for DSO for an hour, and another at once', () => {
  const policy = new RetryPolicy();
  policy.ended(SERVER, { cause: 'fault', progress: 'useful' }, 1000);
  expect(policy.mayConnectAtMs(SERVER, 2000)).toBe(1000 + NO_DSO_MS);
  expect(policy.mayConnectAtMs(SERVER, 1000 + NO_DSO_MS)).toBe(1000 + NO_DSO_MS);
  expect(policy.mayConnectAtMs(OTHER, 2000)).toBe(2000);
  expect(NO_DSO_MS).toBe(3_600_000);
});

test('EST-03: a server that answered the opener with an error is not asked for DSO for an hour', () => {
  expect(waitMs({ cause: 'no-dso', progress: 'none' })).toBe(NO_DSO_MS);
});

test.each(LOSSES)(
  'EST-05: a server that is %s before it answers the opener is not asked for DSO for an hour',
  (cause) => {
    expect(waitMs({ cause, progress: 'none' })).toBe(NO_DSO_MS);
  },
);

test('END-05: a client comes back after the Retry Delay, to the millisecond and not before', () => {
  expect(waitMs({ cause: 'retry-delay', retryDelayMs: 5000, progress: 'useful' })).toBe(5000);
});

test('END-06: another server may be connected to during the Retry Delay', () => {
  const policy = new RetryPolicy();
  policy.ended(SERVER, { cause: 'retry-delay', retryDelayMs: 5000, progress: 'none' }, 0);
  expect(policy.mayConnectAtMs(OTHER, 0)).toBe(0);
});

test('END-07: a Retry Delay of 0 is no delay, and one of 0xFFFFFFFF is 49.7 days', () => {
  expect(waitMs({ cause: 'retry-delay', retryDelayMs: 0, progress: 'useful' })).toBe(0);
  expect(waitMs({ cause: 'retry-delay', retryDelayMs: 0xffffffff, progress: 'useful' })).toBe(4_294_967_295);
});

test('END-09: one connection may follow an unexplained drop at once, and none for an hour the second in a row', () => {
  expect(waitMs(DROPPED)).toBe(0);
  expect(waitMs(DROPPED, DROPPED)).toBe(NO_DSO_MS);
  expect(waitMs(DROPPED_AFTER_WORK)).toBe(0);
  expect(waitMs(DROPPED_AFTER_WORK, DROPPED)).toBe(NO_DSO_MS);
  expect(waitMs(DROPPED_AFTER_WORK, { cause: 'dropped', progress: 'none' })).toBe(NO_DSO_MS);
});

test('END-09: useful work in between makes a drop the first again', () => {
  expect(waitMs(DROPPED, DROPPED_AFTER_WORK)).toBe(0);
  expect(waitMs(DROPPED, { cause: 'idle', progress: 'useful' }, DROPPED)).toBe(0);
});

test('a session that grew silent counts as dropped', () => {
  expect(waitMs({ cause: 'silence', progress: 'useful' })).toBe(0);
  expect(waitMs(DROPPED_AFTER_WORK, { cause: 'silence', progress: 'established' })).toBe(NO_DSO_MS);
});

test.each(['idle', 'done', 'severed'] as const)(
  'a session that ended as %s may be followed by another at once',
  (cause) => {
    expect(waitMs({ cause, progress: 'established' })).toBe(0);
  },
);

test('a session that a change of the network took along is no mark against its server', () => {
  const severed = { cause: 'severed', progress: 'established' } as const;
  expect(waitMs(DROPPED_AFTER_WORK, severed)).toBe(0);
  expect(waitMs(severed, DROPPED)).toBe(0);
});

test('a person may have a server tried again before its time', () => {
  const policy = new RetryPolicy();
  policy.ended(SERVER, { cause: 'fault', progress: 'none' }, 0);
  policy.forgive(SERVER);
  expect(policy.mayConnectAtMs(SERVER, 0)).toBe(0);
});

test('a drop is forgotten when an hour has gone by', () => {
  const policy = new RetryPolicy();
  policy.ended(SERVER, DROPPED, 0);
  policy.ended(SERVER, DROPPED, NO_DSO_MS + 1);
  expect(policy.mayConnectAtMs(SERVER, NO_DSO_MS + 1)).toBe(NO_DSO_MS + 1);
});

test('EST-07: one host and port are one service instance, whatever the case of its name; another port or name is another', () => {
  expect(instanceKey(Name.of('Push.Example.COM'), 853)).toBe(SERVER);
  expect(instanceKey(Name.of('push.example.com'), 854)).not.toBe(SERVER);
  expect(OTHER).not.toBe(SERVER);
});
