import { expect, test } from 'vitest';
import { parseWindowsDns } from './windows-dns.ts';

test('resolvers and suffixes are read, each once; addresses that nobody set are passed over', () => {
  const printed = JSON.stringify({
    servers: [
      { ServerAddresses: ['192.168.1.1', '2001:db8::53'] },
      { ServerAddresses: [] },
      { ServerAddresses: ['fec0:0:0:ffff::1', 'fec0:0:0:ffff::2'] },
      { ServerAddresses: ['192.168.1.1'] },
      { ServerAddresses: null },
    ],
    suffixes: ['corp.example', '', null, 'office.test', 'corp.example'],
  });
  const found = parseWindowsDns(`\uFEFF${printed}\r\n`);

  expect(found?.servers.map(({ host }) => host)).toEqual(['192.168.1.1', '2001:db8::53']);
  expect(found?.searchDomains.map(String)).toEqual(['corp.example.', 'office.test.']);
});

test.each(['', 'Get-NetIPInterface : The term is not recognized', '{"servers":3,"suffixes":[]}'])(
  'what is no answer is none: %j',
  (text) => {
    expect(parseWindowsDns(text)).toBeUndefined();
  },
);

/** What is printed of some interfaces and rules. */
function printed(servers: readonly unknown[], rules: readonly unknown[] = []): string {
  return JSON.stringify({
    servers: servers.map((ServerAddresses) => ({ ServerAddresses })),
    suffixes: [],
    rules,
  });
}
const hostsOf = (text: string) => parseWindowsDns(text)?.servers.map(({ host }) => host);

test('recorded: a VPN in front of Ethernet, and three addresses that nobody set (firezone/firezone#10387)', () => {
  const vpn = ['100.100.111.4', '100.100.111.1', '100.100.111.3', '100.100.111.2'];
  const unset = ['fec0:0:0:ffff::1', 'fec0:0:0:ffff::2', 'fec0:0:0:ffff::3'];

  expect(hostsOf(printed([vpn, [], ['10.255.252.2'], [], [], unset]))).toEqual([...vpn, '10.255.252.2']);
});

test('recorded: a link-local resolver keeps the number of its interface (OpenVPN/openvpn#747)', () => {
  expect(hostsOf(printed([['fe80::5895:4eff:fef7:71c5%4', '100.127.0.1']]))).toEqual([
    'fe80::5895:4eff:fef7:71c5%4',
    '100.127.0.1',
  ]);
});

test('lists as Windows PowerShell 5.1 writes them are read: one element alone, and a list in an object', () => {
  const text =
    '{"servers":[{"ServerAddresses":"192.0.2.1"},{"ServerAddresses":{"value":["192.0.2.2"],"Count":1}}],"suffixes":"corp.example"}';

  expect(hostsOf(text)).toEqual(['192.0.2.1', '192.0.2.2']);
  expect(parseWindowsDns(text)?.searchDomains.map(String)).toEqual(['corp.example.']);
});

test('recorded: a rule for all names takes over, and one for a domain is kept beside it (tailscale/tailscale#20637)', () => {
  const rules = [
    { Namespace: '.', NameServers: '10.2.0.1' },
    { Namespace: '.internal.example.com', NameServers: ['100.100.100.100'] },
  ];
  const found = parseWindowsDns(printed([['192.168.1.1']], rules));

  expect(found?.servers.map(({ host }) => host)).toEqual(['10.2.0.1']);
  expect(found?.routes.map(({ domain, servers }) => [String(domain), servers[0]!.host])).toEqual([
    ['internal.example.com.', '100.100.100.100'],
  ]);
});

test('a rule without a resolver is an exception: its names are asked of the interfaces again', () => {
  const rules = [
    { Namespace: '.', NameServers: ['10.2.0.1'] },
    { Namespace: '.lan', NameServers: null },
    { Namespace: 'one.host.example', NameServers: ['10.2.0.9'] },
  ];
  const found = parseWindowsDns(printed([['192.168.1.1']], rules));

  expect(found?.routes.map(({ domain, servers }) => [String(domain), servers[0]!.host])).toEqual([
    ['lan.', '192.168.1.1'],
  ]);
});
