import { expect, test } from 'vitest';
import type { Step } from '../main/contract/ladder.ts';
import { doubtText, headline, mostUrgent, sortedDomains, stateReason, stateTitle } from './domain-state.ts';
import { domain } from './testing/rows.ts';

const STEPS: readonly Step[] = [
  'zone',
  'srv',
  'address',
  'tcp',
  'tls',
  'identity',
  'dso',
  'subscribe',
  'data',
  'session',
];

test.each(STEPS)('a failure at %s has a title without a code', (step) => {
  const title = stateTitle(domain('example.org', { state: 'failed', step }), 'example.org');
  expect(title).toMatch(/^[^!]+$/u);
  expect(title).not.toMatch(/[A-Z]{4,}|\d/u);
});

test.each(STEPS)(
  'a failure at %s has a headline of a few words, polled or not, and no other state has one',
  (step) => {
    expect(headline(domain('example.org', { state: 'failed', step }))).toMatch(/^[a-z][^.!]{5,25}$/u);
    expect(headline(domain('example.org', { state: 'polling', step }))).toMatch(/^[a-z][^.!]{5,14}$/u);
    expect(headline(domain('example.org', { state: 'discovering', step }))).toBeNull();
  },
);

test.each([
  [60, 'Updates every 60 seconds'],
  [122, 'Updates every 2 minutes'],
  [900, 'Updates every 15 minutes'],
])('a domain that is polled every %i s says so', (everySeconds, title) => {
  const polled = domain('example.org', {
    state: 'polling',
    step: 'srv',
    polled: { askedMs: 0, everySeconds },
  });
  expect(stateTitle(polled, 'example.org')).toBe(title);
});

test('a domain that is polled says why it is late, and any other gives its reason', () => {
  const polled = domain('example.org', { state: 'polling', step: 'srv', reason: 'A long sentence.' });
  expect(stateReason(polled, 'example.org')).toBe('example.org has no push service, so changes may be late.');
  expect(stateReason({ ...polled, state: 'failed' }, 'example.org')).toBe('A long sentence.');
});

test('a domain of another network says so, and that nothing is to be done', () => {
  const elsewhere = domain('home.arpa', { state: 'elsewhere', reason: 'Not asked here: …' });
  expect(stateTitle(elsewhere, 'home.arpa')).toBe('home.arpa belongs to another network');
  expect(stateReason(elsewhere, 'home.arpa')).toMatch(/^Nothing of it is asked for here\./);
  expect(headline(elsewhere)).toBeNull();
});

test('how far a list is in doubt is told in a few words, as of when it is known where nobody follows it', () => {
  const atMs = new Date(new Date().setHours(9, 12, 0, 0)).getTime();
  expect(doubtText(domain('example.org', { services: 63 }))).toBeNull();
  const doubtful = { services: 63, unconfirmed: 3, asOfMs: atMs };
  expect(doubtText(domain('example.org', { ...doubtful, settledMs: null }))).toBe('checking 3 of 63');
  expect(doubtText(domain('example.org', { ...doubtful, settledMs: atMs }))).toBe(
    '3 of 63 as of 09:12 today',
  );
  expect(doubtText(domain('example.org', { ...doubtful, state: 'paused', settledMs: null }))).toBe(
    'as of 09:12 today',
  );
  expect(
    doubtText(domain('example.org', { ...doubtful, state: 'failed', asOfMs: null, settledMs: null })),
  ).toBe('3 of 63 not confirmed');
});

test('the domain that most wants to be noticed is the failed one, and none when all are live', () => {
  const domains = [
    domain('a', { state: 'discovering' }),
    domain('b', { state: 'failed' }),
    domain('c', { state: 'polling' }),
    domain('d'),
  ];
  expect(mostUrgent(domains)?.id).toBe('b');
  expect(mostUrgent([domain('d')])).toBeUndefined();
});

test('domains are listed by name', () => {
  expect(sortedDomains([domain('b'), domain('a')]).map(({ id }) => id)).toEqual(['a', 'b']);
});
