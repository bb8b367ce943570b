import { expect, test } from 'vitest';
import { domainRow as row } from '../contract/testing/rows.ts';
import { domainsToKeep } from './watched-domains.ts';

const nothing = (): Record<string, never> => ({});
const special = { name: 'example.org', resolver: { host: '192.0.2.1', port: 53 }, caFile: '/etc/ca.pem' };

test('what was added is kept, with what was known of reaching it', () => {
  expect(domainsToKeep([row('example.org'), row('example.net')], [special], [], nothing)).toEqual([
    special,
    { name: 'example.net', resolver: null, caFile: null },
  ]);
});

test('what was removed is forgotten', () => {
  expect(domainsToKeep([], [special], [], nothing)).toEqual([]);
});

test('the domains of the demo network are not kept', () => {
  expect(
    domainsToKeep([row('office.test'), row('example.org')], [special], ['office.test'], nothing),
  ).toEqual([special]);
});

test('a domain that is new is kept with where it belongs', () => {
  const place = { choice: 'default', isSuggested: true, networks: [] } as const;
  expect(domainsToKeep([row('example.org'), row('example.net')], [special], [], () => ({ place }))).toEqual([
    special,
    { name: 'example.net', resolver: null, caFile: null, place },
  ]);
});
