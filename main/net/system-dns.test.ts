import { getServers } from 'node:dns';
import { expect, test } from 'vitest';
import { parseServers } from './dns-list.ts';
import type { SystemSources } from './system-dns.ts';
import { systemDns } from './system-dns.ts';

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

  expect(await systemDns(machine('linux', {}))).toEqual({ servers, searchDomains: [], routes: [] });
  expect(await systemDns(machine('linux', { '/etc/resolv.conf': 'search a.test' }))).toMatchObject({
    servers,
    searchDomains: [expect.anything()],
  });
});

test('behind the stub of systemd-resolved the resolvers in its file are taken, and the stub where it has none', async () => {
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

const STUB = { '/etc/resolv.conf': 'nameserver 127.0.0.53\noptions edns0 trust-ad\nsearch office.test\n' };
const status = (protocols: string) =>
  `Global\n  Protocols: ${protocols}\nLink 2 (eth0)\n  Protocols: +DefaultRoute ${protocols}\n  DNS Servers: 192.0.2.9\n  DNS Domain: office.test ~corp.test\n`;

test('what systemd-resolved tells of its links comes before its file', async () => {
  const found = await systemDns(machine('linux', STUB, status('-DNSOverTLS')));

  expect(found.servers).toEqual([{ host: '192.0.2.9', port: 53 }]);
  expect(found.searchDomains.map(String)).toEqual(['office.test.']);
});

test('where systemd-resolved speaks TLS its stub is asked, not the resolvers behind it in clear text', async () => {
  const files = { ...STUB, '/run/systemd/resolve/resolv.conf': 'nameserver 192.0.2.9\n' };

  expect(await hostsOf(machine('linux', files, status('+DNSOverTLS')))).toEqual(['127.0.0.53']);
});

test('macOS is asked by scutil, and Windows by PowerShell', async () => {
  const scutil = 'DNS configuration\n\nresolver #1\n  nameserver[0] : 192.0.2.1\n';
  const powershell = '{"servers":[{"ServerAddresses":["192.0.2.2"]}],"suffixes":[]}';

  expect(await hostsOf(machine('darwin', {}, scutil))).toEqual(['192.0.2.1']);
  expect(await hostsOf(machine('win32', {}, powershell))).toEqual(['192.0.2.2']);
  expect(await hostsOf(machine('win32', {}))).toEqual(parseServers(getServers()).map(({ host }) => host));
});
