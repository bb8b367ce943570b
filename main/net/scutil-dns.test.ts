import { expect, test } from 'vitest';
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

test('the resolvers for every domain and all search domains are read, in order', () => {
  const { servers, searchDomains } = parseScutil(PRINTED);

  expect(servers.map(({ host }) => host)).toEqual([
    '10.1.0.53',
    'fe80::800c:67ff:fe1d:fd64%en1',
    '192.0.2.54',
  ]);
  expect(searchDomains.map(String)).toEqual(['corp.example.', 'office.test.']);
});

test.each([
  '',
  'No DNS configuration available\n',
  'DNS configuration\n\nresolver #1\n  reach : 0x0 (Not Reachable)\n',
])('a machine without network has none: %j', (text) => {
  expect(parseScutil(text)).toEqual({ servers: [], searchDomains: [] });
});
