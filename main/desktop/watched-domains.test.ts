import { expect, test } from 'vitest';
import type { DomainRow } from '../contract/api.ts';
import { domainsToKeep } from './watched-domains.ts';

const row = (name: string): DomainRow => ({
  id: name.toLowerCase(),
  name,
  state: 'live',
  step: null,
  reason: null,
  server: null,
  trust: null,
  polled: null,
  services: 0,
  sinceMs: 0,
});
const special = { name: 'example.org', resolver: { host: '192.0.2.1', port: 53 }, caFile: '/etc/ca.pem' };

test('what was added is kept, with what was known of reaching it', () => {
  expect(domainsToKeep([row('example.org'), row('example.net')], [special], [])).toEqual([
    special,
    { name: 'example.net', resolver: null, caFile: null },
  ]);
});

test('what was removed is forgotten', () => {
  expect(domainsToKeep([], [special], [])).toEqual([]);
});

test('the domains of the demo network are not kept', () => {
  expect(domainsToKeep([row('office.test'), row('example.org')], [special], ['office.test'])).toEqual([
    special,
  ]);
});
