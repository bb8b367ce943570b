import { expect, onTestFinished, test } from 'vitest';
import { Name } from '../../protocol/wire/name.ts';
import { cryptoRandom } from '../net/random.ts';
import { StubResolver } from '../net/resolver.ts';
import { VirtualClock } from '../net/virtual-clock.ts';
import { DnsServer } from '../demo/dns-server.ts';
import { Responder } from '../demo/responder.ts';
import { zones } from '../demo/testing/zone-fixture.ts';
import type { Interfaces } from './enumeration.ts';
import { enumerationBases, suggestDomains } from './enumeration.ts';

const names = (interfaces: Interfaces, search: readonly string[] = []) =>
  enumerationBases(
    search.map((name) => Name.of(name)),
    interfaces,
  ).map(({ domain }) => String(domain));

/** A resolver on loopback that knows these zones. */
async function resolverOf(texts: Readonly<Record<string, string>>): Promise<StubResolver> {
  const clock = new VirtualClock();
  const server = await DnsServer.listen(new Responder(zones(texts), [], clock), 0, clock);
  const servers = [{ host: '127.0.0.1', port: server.port }];
  const resolver = new StubResolver({ servers, clock, random: cryptoRandom });
  onTestFinished(async () => {
    resolver.close();
    await server.close();
  });
  return resolver;
}

test('SD-08: the base address of a subnet is asked, v4 and v6, and no link-local one', () => {
  const interfaces = {
    eth0: [
      { cidr: '192.168.12.34/16', internal: false },
      { cidr: '2001:db8:1:2::5/64', internal: false },
      { cidr: 'fe80::1/64', internal: false },
      { cidr: '169.254.7.7/16', internal: false },
    ],
    lo: [{ cidr: '127.0.0.1/8', internal: true }],
    odd: [{ cidr: null, internal: false }],
  };

  expect(names(interfaces)).toEqual([
    '0.0.168.192.in-addr.arpa.',
    `${'0.'.repeat(16)}2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.`,
  ]);
});

test.each([
  ['198.51.100.7/31', '6.100.51.198.in-addr.arpa.'],
  ['198.51.100.7/30', '4.100.51.198.in-addr.arpa.'],
  ['203.0.113.9/32', '9.113.0.203.in-addr.arpa.'],
  ['100.64.3.4/10', '0.0.64.100.in-addr.arpa.'],
  ['2001:db8::9/127', `8.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa.`],
  ['2001:db8::9/128', `9.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa.`],
  ['2001:db8:0:7::9/61', `${'0.'.repeat(24)}8.b.d.0.1.0.0.2.ip6.arpa.`],
  ['fd12:3456:789a:1::5/64', `${'0.'.repeat(16)}1.0.0.0.a.9.8.7.6.5.4.3.2.1.d.f.ip6.arpa.`],
])('SD-08: the base of %s is the address with all bits of the host at zero', (cidr, name) => {
  expect(names({ eth0: [{ cidr, internal: false }] })).toEqual([name]);
});

test('SD-08: all addresses of a subnet, temporary ones and those of other interfaces too, are one base', () => {
  const of = (cidr: string) => ({ cidr, internal: false });
  const interfaces = {
    eth0: [of('2001:db8::1/64'), of('2001:db8::a1b2:c3d4:e5f6:7/64'), of('192.0.2.5/24')],
    wlan0: [of('192.0.2.77/24'), of('2001:db8::2/64')],
  };

  expect(names(interfaces)).toHaveLength(2);
});

test('an address that is a subnet by itself is asked last, so that it is left out first', () => {
  const of = (cidr: string) => ({ cidr, internal: false });
  const tunnels = Array.from({ length: 20 }, (_, at) => of(`10.8.0.${at}/32`));

  expect(names({ tun0: tunnels, eth0: [of('192.0.2.5/24')] })[0]).toBe('0.2.0.192.in-addr.arpa.');
});

test('many search domains leave room for subnets, and many subnets for search domains', () => {
  const search = Array.from({ length: 40 }, (_, at) => `d${at}.test`);
  const subnets = Array.from({ length: 40 }, (_, at) => ({ cidr: `10.${at}.0.1/24`, internal: false }));
  const isReverse = (name: string): boolean => name.endsWith('arpa.');

  expect(names({}, search)).toHaveLength(16);
  expect(names({ many: subnets }, search).filter(isReverse)).toHaveLength(8);
  expect(names({ many: subnets.slice(0, 2) }, search).filter(isReverse)).toHaveLength(2);
  expect(names({ many: subnets }, search.slice(0, 1)).filter(isReverse)).toHaveLength(15);
});

test('SD-08: search domains come first and each once, and .local is left to multicast', () => {
  expect(names({}, ['Office.test', 'lab.test', 'office.TEST', 'local'])).toEqual([
    'Office.test.',
    'lab.test.',
  ]);
});

test('a machine with very many networks asks for sixteen', () => {
  const addresses = Array.from({ length: 300 }, (_, at) => ({
    cidr: `10.${at % 256}.${at >> 8}.1/24`,
    internal: false,
  }));
  expect(names({ many: addresses })).toHaveLength(16);
});

test('SD-08: b, db and lb of search domain and subnet are merged by domain, each with its records, the default first', async () => {
  const resolver = await resolverOf({
    'office.test.': `
b._dns-sd._udp PTR printers.office.test.
b._dns-sd._udp PTR lab.test.
db._dns-sd._udp PTR lab.test.
lb._dns-sd._udp PTR local.`,
    '168.192.in-addr.arpa.': 'lb._dns-sd._udp.0.0 PTR Lab.test.',
  });
  const bases = enumerationBases([Name.of('office.test')], {
    eth0: [{ cidr: '192.168.12.34/16', internal: false }],
  });

  expect(await suggestDomains(bases, resolver)).toEqual([
    {
      id: 'lab.test',
      name: 'lab.test',
      isDefault: true,
      sources: [
        'b._dns-sd._udp.office.test, asked for the search domain office.test',
        'db._dns-sd._udp.office.test, asked for the search domain office.test',
        'lb._dns-sd._udp.0.0.168.192.in-addr.arpa, asked for the network of 192.168.12.34/16 on eth0',
      ],
    },
    {
      id: 'printers.office.test',
      name: 'printers.office.test',
      isDefault: false,
      sources: ['b._dns-sd._udp.office.test, asked for the search domain office.test'],
    },
  ]);
});

test('RFC 8766 §5.2.1: a default that is not among the domains to browse is a suggestion like any other', async () => {
  const resolver = await resolverOf({ 'office.test.': 'db._dns-sd._udp PTR lab.test.' });
  const bases = enumerationBases([Name.of('office.test')], {});

  expect(await suggestDomains(bases, resolver)).toMatchObject([{ id: 'lab.test', isDefault: false }]);
});

test('a network that says nothing, or cannot be asked, suggests nothing', async () => {
  const resolver = await resolverOf({ 'office.test.': 'www A 192.0.2.1' });
  expect(await suggestDomains(enumerationBases([Name.of('office.test')], {}), resolver)).toEqual([]);
  resolver.close();
  const nowhere = new StubResolver({ servers: [], clock: new VirtualClock(), random: cryptoRandom });
  expect(await suggestDomains(enumerationBases([Name.of('office.test')], {}), nowhere)).toEqual([]);
});
