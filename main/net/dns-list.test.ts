import { expect, test } from 'vitest';
import { dnsList, parseServers } from './dns-list.ts';

test('the servers of node:dns are read in all four forms', () => {
  expect(
    parseServers(['192.0.2.1', '192.0.2.1:5353', '2001:db8::1', '[2001:db8::1]:5353', 'nonsense', 'x:1']),
  ).toEqual([
    { host: '192.0.2.1', port: 53 },
    { host: '192.0.2.1', port: 5353 },
    { host: '2001:db8::1', port: 53 },
    { host: '2001:db8::1', port: 5353 },
  ]);
});

test('each server, domain and route is listed once, whatever its letter case', () => {
  const list = dnsList({
    hosts: ['192.0.2.1', '192.0.2.1'],
    domains: ['a.test', 'a.test', '.'],
    routes: [
      { domain: 'corp.test', hosts: ['192.0.2.2'] },
      { domain: 'CORP.test.', hosts: ['192.0.2.3', '192.0.2.2'] },
    ],
  });

  expect(list.servers).toHaveLength(1);
  expect(list.searchDomains.map(String)).toEqual(['a.test.']);
  expect(list.routes.map(({ servers }) => servers.map(({ host }) => host))).toEqual([
    ['192.0.2.2', '192.0.2.3'],
  ]);
});

test('a route without a resolver, for all names, or to those for all names, is none', () => {
  const routes = [
    { domain: 'a.test', hosts: [] },
    { domain: 'b.test', hosts: ['nonsense'] },
    { domain: '.', hosts: ['192.0.2.2'] },
    { domain: 'c.test', hosts: ['192.0.2.1'] },
  ];

  expect(dnsList({ hosts: ['192.0.2.1'], domains: [], routes }).routes).toEqual([]);
});
