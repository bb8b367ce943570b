import { expect, test } from 'vitest';
import type { SystemDns } from './dns-list.ts';
import { dnsList } from './dns-list.ts';
import type { Gateway } from './gateway.ts';
import type { InterfaceAddress } from './network-change.ts';
import { networkMark, NETWORK_MARK } from './network-mark.ts';
import type { Whereabouts } from './surroundings.ts';
import { Surroundings } from './surroundings.ts';
import { VirtualClock } from './virtual-clock.ts';

const ROUTER: Gateway = {
  family: 'IPv4',
  address: '0101A8C0',
  link: 'wlan0',
  hardware: '02:00:00:00:00:05',
};
const address = (text: string, bits: number, mac = '02:00:00:00:00:01'): InterfaceAddress => ({
  address: text,
  family: text.includes(':') ? 'IPv6' : 'IPv4',
  cidr: `${text}/${bits}`,
  mac,
  internal: false,
});
const HOME: SystemDns = dnsList({ hosts: ['192.168.1.1'], domains: ['lan', 'home.arpa'] });

/** A machine at home, and what it takes itself to be on. */
function fixture() {
  const clock = new VirtualClock();
  const machine = {
    addresses: { wlan0: [address('192.168.1.23', 24)] } as Record<string, readonly InterfaceAddress[]>,
    gateway: ROUTER as Gateway | undefined,
    dns: HOME,
    readings: 0,
    whileReading: (): void => undefined,
  };
  const surroundings = new Surroundings({
    clock,
    sources: {
      interfaces: () => machine.addresses,
      gateway: () => machine.gateway,
      files: ['resolv.conf'],
      read: () => JSON.stringify(machine.dns.servers),
    },
    readDns: () => {
      machine.readings++;
      const { dns } = machine;
      machine.whileReading();
      return Promise.resolve(dns);
    },
    markOf: (signs) => networkMark('salt', signs),
  });
  /** What the machine is on after this has happened. */
  const after = async (happens: () => void): Promise<Whereabouts> => {
    happens();
    clock.advance(10_000);
    return surroundings.look();
  };
  return { clock, machine, surroundings, after };
}

type Machine = ReturnType<typeof fixture>['machine'];

test('a network is known by a mark that tells nothing of it, and keeps it over another lease', async () => {
  const { machine, surroundings, after } = fixture();
  const home = await surroundings.look();
  expect(home).toMatchObject({ kind: 'network', mark: expect.stringMatching(NETWORK_MARK), routes: [] });
  const later = await after(() => (machine.addresses = { wlan0: [address('192.168.1.99', 24)] }));
  expect(later).toEqual(home);
  expect(JSON.stringify(later)).not.toMatch(/192|lan|02:00/);
});

test.each<readonly [string, (machine: Machine) => void]>([
  [
    'other resolvers',
    (machine) => (machine.dns = dnsList({ hosts: ['9.9.9.9'], domains: ['lan', 'home.arpa'] })),
  ],
  [
    'one more resolver',
    (machine) =>
      (machine.dns = dnsList({ hosts: ['192.168.1.1', '2001:db8::53'], domains: ['lan', 'home.arpa'] })),
  ],
  [
    'other search domains',
    (machine) => (machine.dns = dnsList({ hosts: ['192.168.1.1'], domains: ['home'] })),
  ],
  ['another router', (machine) => (machine.gateway = { ...ROUTER, address: 'FE01A8C0' })],
  [
    'another router with the same address',
    (machine) => (machine.gateway = { ...ROUTER, hardware: '02:00:00:00:00:09' }),
  ],
  ['no router', (machine) => (machine.gateway = undefined)],
  [
    'a tunnel that takes everything',
    (machine) => (machine.gateway = { family: 'IPv4', address: null, link: 'tun0', hardware: null }),
  ],
])('%s is another network', async (_, change) => {
  const { machine, surroundings, after } = fixture();
  const home = await surroundings.look();
  const away = await after(() => change(machine));
  expect(away.kind).toBe('network');
  expect(away).not.toEqual(home);
});

test.each<readonly [string, (machine: Machine) => void]>([
  [
    'IPv6 coming along, with a resolver on the router’s link',
    (machine) => {
      machine.addresses = { wlan0: [address('192.168.1.23', 24), address('2001:db8:1::23', 64)] };
      machine.dns = dnsList({
        hosts: ['192.168.1.1', '2001:db8:1::1', 'fe80::1%wlan0'],
        domains: ['lan', 'home.arpa'],
      });
    },
  ],
  [
    'the same search domains in another order',
    (machine) => (machine.dns = { ...HOME, searchDomains: [...HOME.searchDomains].reverse() }),
  ],
  [
    'one more interface',
    (machine) => (machine.addresses = { ...machine.addresses, docker0: [address('172.17.0.1', 16)] }),
  ],
])('%s is the same network', async (_, change) => {
  const { machine, surroundings, after } = fixture();
  const home = await surroundings.look();
  expect(await after(() => change(machine))).toEqual(home);
});

test('a VPN with domains of its own leaves the network what it is, and has a mark of its own for them', async () => {
  const { machine, surroundings, after } = fixture();
  const home = await surroundings.look();
  const routes = [{ domain: 'corp.internal', hosts: ['10.8.0.1'] }];
  const domains = ['lan', 'home.arpa', 'corp.internal'];
  const withVpn = await after(() => {
    machine.addresses = { ...machine.addresses, tun0: [address('10.8.0.7', 32, '00:00:00:00:00:00')] };
    machine.dns = dnsList({ hosts: ['192.168.1.1'], domains, routes });
  });
  expect(withVpn).toMatchObject({ kind: 'network', mark: home.kind === 'network' && home.mark });
  expect(withVpn.kind !== 'nowhere' && withVpn.routes.map(({ domain }) => domain.toString())).toEqual([
    'corp.internal.',
  ]);
});

test('a router that has not shown its address on the link is none to be sure of', async () => {
  const { machine, surroundings, after } = fixture();
  const home = await surroundings.look();
  machine.gateway = { ...ROUTER, hardware: null };
  expect(await surroundings.look()).toEqual({ kind: 'unsure', routes: [] });
  expect(await after(() => (machine.gateway = ROUTER))).toEqual(home);
});

test('without an address that reaches anywhere the machine is on no network', async () => {
  const { machine, surroundings } = fixture();
  machine.addresses = { lo: [{ ...address('127.0.0.1', 8), internal: true }] };
  expect(await surroundings.look()).toEqual({ kind: 'nowhere' });
});

test('what looks the same is read again after ten seconds only, and what looks different at once', async () => {
  const { clock, machine, surroundings } = fixture();
  await surroundings.look();
  clock.advance(9_999);
  await surroundings.look();
  expect(machine.readings).toBe(1);
  clock.advance(1);
  await surroundings.look();
  expect(machine.readings).toBe(2);
  machine.gateway = { ...ROUTER, hardware: '02:00:00:00:00:09' };
  await Promise.all([surroundings.look(), surroundings.look()]);
  expect(machine.readings).toBe(3);
});

test('a network that changes while it is read is read again, and is nothing to be sure of if it goes on', async () => {
  const { machine, surroundings } = fixture();
  const moves = ['02:00:00:00:00:06', '02:00:00:00:00:07'];
  machine.whileReading = () => {
    const hardware = moves.shift();
    if (hardware !== undefined) machine.gateway = { ...ROUTER, hardware };
  };
  const settled = await surroundings.look();
  expect(machine.readings).toBe(3);
  machine.whileReading = () => undefined;
  expect(await surroundings.look()).toBe(settled);

  machine.whileReading = () => {
    machine.gateway = { ...ROUTER, hardware: `02:00:00:00:00:${machine.readings + 10}` };
  };
  machine.gateway = ROUTER;
  expect(await surroundings.look()).toEqual({ kind: 'unsure', routes: [] });
});

test('another salt gives other marks', () => {
  expect(networkMark('one', ['signs'])).not.toBe(networkMark('two', ['signs']));
  expect(networkMark('one', ['signs'])).toBe(networkMark('one', ['signs']));
});
