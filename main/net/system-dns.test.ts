import { getServers } from 'node:dns';
import { expect, test } from 'vitest';
import type { SystemSources } from './system-dns.ts';
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

/** A machine of a platform with some files, on which one program prints something. */
function machine(
  platform: NodeJS.Platform,
  files: Readonly<Record<string, string>>,
  printed?: string,
): SystemSources {
  return {
    platform,
    readFile: (path) => {
      const text = files[path];
      return text === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(text);
    },
    run: () => (printed === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(printed)),
  };
}
const hostsOf = async (sources: SystemSources) => (await systemDns(sources)).servers.map(({ host }) => host);

test('where resolv.conf is missing or names no resolver, those of Node are taken', async () => {
  const servers = parseServers(getServers());

  expect(await systemDns(machine('linux', {}))).toEqual({ servers, searchDomains: [] });
  expect(await systemDns(machine('linux', { '/etc/resolv.conf': 'search a.test' }))).toMatchObject({
    servers,
    searchDomains: [expect.anything()],
  });
});

test('behind the stub of systemd-resolved its own resolvers are taken, and the stub where they are not told', async () => {
  const stub = { '/etc/resolv.conf': 'nameserver 127.0.0.53\noptions edns0 trust-ad\nsearch office.test\n' };
  const behind = 'nameserver 192.0.2.7\nnameserver 2001:db8::7\nsearch office.test\n';

  expect(await hostsOf(machine('linux', { ...stub, '/run/systemd/resolve/resolv.conf': behind }))).toEqual([
    '192.0.2.7',
    '2001:db8::7',
  ]);
  expect(await hostsOf(machine('linux', stub))).toEqual(['127.0.0.53']);
  const own = { '/etc/resolv.conf': 'nameserver 192.0.2.1', '/run/systemd/resolve/resolv.conf': behind };
  expect(await hostsOf(machine('linux', own))).toEqual(['192.0.2.1']);
});

test('macOS is asked by scutil, and Windows by PowerShell', async () => {
  const scutil = 'DNS configuration\n\nresolver #1\n  nameserver[0] : 192.0.2.1\n';
  const powershell = '{"servers":[{"ServerAddresses":["192.0.2.2"]}],"suffixes":[]}';

  expect(await hostsOf(machine('darwin', {}, scutil))).toEqual(['192.0.2.1']);
  expect(await hostsOf(machine('win32', {}, powershell))).toEqual(['192.0.2.2']);
  expect(await hostsOf(machine('win32', {}))).toEqual(parseServers(getServers()).map(({ host }) => host));
});
