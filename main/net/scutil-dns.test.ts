import { expect, test } from 'vitest';
import type { DnsRoute } from './dns-list.ts';
import { writtenEndpoint } from './endpoint.ts';
import { parseScutil } from './scutil-dns.ts';

/** As macOS prints it on a network with a VPN: two general resolvers, one for a domain alone, those of multicast, scoped ones. */
const PRINTED = `DNS configuration

resolver #1
  search domain[0] : corp.example
  search domain[1] : office.test
  nameserver[0] : 10.1.0.53
  nameserver[1] : fe80::800c:67ff:fe1d:fd64%en1
  if_index : 12 (en1)
  flags    : Request A records, Request AAAA records
  reach    : 0x00020002 (Reachable,Directly Reachable Address)

resolver #2
  domain   : lab.test
  nameserver[0] : 192.0.2.99
  flags    : Supplemental, Request A records
  order    : 101000

resolver #3
  domain   : local
  options  : mdns
  timeout  : 5
  flags    : Request A records, Request AAAA records
  reach    : 0x00000000 (Not Reachable)
  order    : 300000

resolver #4
  nameserver[0] : 192.0.2.54
  order    : 200000

DNS configuration (for scoped queries)

resolver #1
  search domain[0] : scoped.example
  nameserver[0] : 192.0.2.1
  if_index : 12 (en1)
  flags    : Scoped, Request A records
`;

const routesOf = (routes: readonly DnsRoute[]) =>
  routes.map(({ domain, servers }) => `${String(domain)} ${servers.map(writtenEndpoint).join(' ')}`);

test('the resolvers for every domain and all search domains are read, in order', () => {
  const { servers, searchDomains, routes } = parseScutil(PRINTED);

  expect(servers.map(({ host }) => host)).toEqual([
    '10.1.0.53',
    'fe80::800c:67ff:fe1d:fd64%en1',
    '192.0.2.54',
  ]);
  expect(searchDomains.map(String)).toEqual(['corp.example.', 'office.test.']);
  expect(routesOf(routes)).toEqual(['lab.test. 192.0.2.99:53']);
});

test.each([
  '',
  'No DNS configuration available\n',
  'DNS configuration\n\nresolver #1\n  reach : 0x0 (Not Reachable)\n',
])('a machine without network has none: %j', (text) => {
  expect(parseScutil(text)).toEqual({ servers: [], searchDomains: [], routes: [] });
});

const MULTICAST = `
resolver #3
  domain   : local
  options  : mdns
  timeout  : 5
  flags    : Request A records
  reach    : 0x00000000 (Not Reachable)
  order    : 300000

resolver #4
  domain   : 254.169.in-addr.arpa
  options  : mdns
  timeout  : 5
  flags    : Request A records
Not Reachable
  order    : 300200
`;

/** What others have published, shortened, with where it stands. */
test.each<readonly [string, string, readonly string[], readonly string[], readonly string[]]>([
  [
    'a VPN for everything, which comes before the network (eduvpn/apple#250)',
    `DNS configuration

resolver #1
  nameserver[0] : 10.83.200.1
  nameserver[1] : fdbf:5677:c5d:e515::1
  if_index : 13 (utun2)
  flags    : Supplemental, Request A records, Request AAAA records
  reach    : 0x00000002 (Reachable)
  order    : 101400

resolver #2
  nameserver[0] : 8.8.8.8
  nameserver[1] : 8.8.4.4
  if_index : 4 (en0)
  flags    : Request A records
  reach    : 0x00000002 (Reachable)
  order    : 200000
${MULTICAST}`,
    ['10.83.200.1', 'fdbf:5677:c5d:e515::1', '8.8.8.8', '8.8.4.4'],
    [],
    [],
  ],
  [
    'a VPN for one domain, whose name ends in a dot (Tailscale on macOS 14)',
    `DNS configuration

resolver #1
  search domain[0] : dove-climb.ts.net
  nameserver[0] : 100.100.100.100
  if_index : 34 (utun12)
  flags    : Supplemental, Request A records, Request AAAA records
  reach    : 0x00000003 (Reachable,Transient Connection)
  order    : 101200

resolver #2
  nameserver[0] : 1.1.1.1
  nameserver[1] : 8.8.8.8
  if_index : 14 (en0)
  flags    : Request A records
  reach    : 0x00000002 (Reachable)
  order    : 200000

resolver #3
  domain   : dove-climb.ts.net.
  nameserver[0] : 100.100.100.100
  if_index : 34 (utun12)
  flags    : Supplemental, Request A records, Request AAAA records
  reach    : 0x00000003 (Reachable,Transient Connection)
  order    : 101201
${MULTICAST}`,
    ['100.100.100.100', '1.1.1.1', '8.8.8.8'],
    ['dove-climb.ts.net.'],
    ['dove-climb.ts.net. 100.100.100.100:53'],
  ],
  [
    'a VPN that brings a domain, IPv6 first (oven-sh/bun#44075)',
    `resolver #1
  nameserver[0] : 2001:db8::1
  nameserver[1] : 192.168.1.1
  if_index : 7 (en0)
  flags    : Request A records, Request AAAA records

resolver #2
  domain   : corp.example
  nameserver[0] : fd00::53
  nameserver[1] : 10.0.0.53
  flags    : Supplemental, Request A records, Request AAAA records
  reach    : 0x00000002 (Reachable)
`,
    ['2001:db8::1', '192.168.1.1'],
    [],
    ['corp.example. [fd00::53]:53 10.0.0.53:53'],
  ],
  [
    'no network but a tunnel, known for scoped questions alone (Tunnelblick/Tunnelblick#452)',
    `DNS configuration

resolver #1
  flags    : Request A records
Not Reachable
${MULTICAST}
DNS configuration (for scoped queries)

resolver #1
  search domain[0] : openvpn
  nameserver[0] : 8.8.8.8
  nameserver[1] : 8.8.4.4
  if_index : 13 (utun0)
  flags    : Scoped, Request A records
Reachable
`,
    [],
    [],
    [],
  ],
])('recorded: %s', (_, text, hosts, search, routes) => {
  const found = parseScutil(text);

  expect(found.servers.map(({ host }) => host)).toEqual(hosts);
  expect(found.searchDomains.map(String)).toEqual(search);
  expect(routesOf(found.routes)).toEqual(routes);
});

test('a file in /etc/resolver may give its domain a port', () => {
  const { routes } = parseScutil(
    'DNS configuration\n\nresolver #1\n  domain   : test\n  nameserver[0] : ::1\n  port     : 5353\n  order    : 1\n',
  );

  expect(routesOf(routes)).toEqual(['test. [::1]:5353']);
});
