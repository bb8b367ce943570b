import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { getServers } from 'node:dns';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseResolvConf, parseServers, systemDns } from './system-dns.ts';

function parsed(text: string) {
  const { servers, searchDomains } = parseResolvConf(text);
  return { hosts: servers.map(({ host }) => host), search: searchDomains.map((name) => name.toString()) };
}

test('resolvers are read in order, once each, at port 53', () => {
  const { servers } = parseResolvConf(
    'nameserver 192.0.2.1\nnameserver\t2001:db8::1 # home\nnameserver 192.0.2.1\n',
  );

  expect(servers).toEqual([
    { host: '192.0.2.1', port: 53 },
    { host: '2001:db8::1', port: 53 },
  ]);
});

test('an address with a zone is kept whole', () => {
  expect(parsed('nameserver fe80::1%eth0\r\n').hosts).toEqual(['fe80::1%eth0']);
});

test('comments, options, mistakes and missing values are passed over', () => {
  const text =
    '# nameserver 192.0.2.9\n;nameserver 192.0.2.8\noptions ndots:2\nnameserver\nnameserver dns.example\nsortlist 1\n';

  expect(parsed(text)).toEqual({ hosts: [], search: [] });
});

test('the last search or domain line holds, and a domain line names one', () => {
  expect(parsed('search old.test\nsearch a.test B.test a.test').search).toEqual(['a.test.', 'B.test.']);
  expect(parsed('search a.test b.test\ndomain c.test d.test').search).toEqual(['c.test.']);
  expect(parsed('search .').search).toEqual([]);
  expect(parsed('search bad..name good.test').search).toEqual(['good.test.']);
});

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

test('where resolv.conf is missing or names no resolver, those of Node are taken', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'system-dns-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'resolv.conf');
  const servers = parseServers(getServers());

  expect(await systemDns(path)).toEqual({ servers, searchDomains: [] });
  await writeFile(path, 'search a.test\n');
  expect(await systemDns(path)).toMatchObject({ servers, searchDomains: [expect.anything()] });
  await writeFile(path, 'nameserver 192.0.2.7\n');
  expect(await systemDns(path)).toMatchObject({ servers: [{ host: '192.0.2.7' }] });
});
