import { expect, test } from 'vitest';
import { domainRow as row } from '../contract/testing/rows.ts';
import { domainsToKeep } from './watched-domains.ts';

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
