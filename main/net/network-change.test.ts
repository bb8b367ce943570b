import { expect, onTestFinished, test } from 'vitest';
import type { Gateway } from './gateway.ts';
import type { InterfaceAddress, NetworkState } from './network-change.ts';
import { NetworkChange } from './network-change.ts';
import { VirtualClock } from './virtual-clock.ts';

const MAC = '02:00:00:00:00:01';
const v4 = (address: string, mac = MAC): InterfaceAddress => ({
  address,
  family: 'IPv4',
  cidr: `${address}/24`,
  mac,
  internal: false,
});
const v6 = (address: string): InterfaceAddress => ({
  ...v4(address),
  family: 'IPv6',
  cidr: `${address}/64`,
});
const GATEWAY: Gateway = { family: 'IPv4', address: '010200C0', link: 'eth0', hardware: '02:00:00:00:00:05' };
const LOOPBACK: InterfaceAddress = { ...v4('127.0.0.1'), internal: true };

/** A machine on a network, and what is told of it. */
function fixture() {
  const clock = new VirtualClock();
  const machine = {
    addresses: { lo: [LOOPBACK], eth0: [v4('192.0.2.1')] } as Record<string, readonly InterfaceAddress[]>,
    resolvers: 'nameserver 192.0.2.53\n' as string | undefined,
    gateway: GATEWAY as Gateway | undefined,
    looks: 0,
  };
  const change = new NetworkChange(clock, {
    interfaces: () => {
      machine.looks++;
      return machine.addresses;
    },
    gateway: () => machine.gateway,
    files: ['resolv.conf'],
    read: () => machine.resolvers,
  });
  const told: NetworkState[] = [];
  const end = change.onChange((state) => told.push(state));
  onTestFinished(end);
  return { clock, machine, change, told, end };
}

test.each<readonly [string, (machine: ReturnType<typeof fixture>['machine']) => void]>([
  ['another address', (machine) => (machine.addresses = { eth0: [v4('198.51.100.7')] })],
  ['another interface', (machine) => (machine.addresses = { wlan0: [v4('192.0.2.1')] })],
  [
    'the same address on hardware of another name',
    (machine) => (machine.addresses = { eth0: [v4('192.0.2.1', '02::2')] }),
  ],
  ['one more interface', (machine) => (machine.addresses = { ...machine.addresses, tun0: [v4('10.0.0.2')] })],
  [
    'another IPv6 subnet',
    (machine) => (machine.addresses = { ...machine.addresses, eth1: [v6('2001:db8::1')] }),
  ],
  ['other resolvers', (machine) => (machine.resolvers = 'nameserver 198.51.100.53\n')],
  ['no resolvers', (machine) => (machine.resolvers = undefined)],
  ['another router', (machine) => (machine.gateway = { ...GATEWAY, address: 'FE0200C0' })],
  [
    'another router with the same address',
    (machine) => (machine.gateway = { ...GATEWAY, hardware: '02:00:00:00:00:09' }),
  ],
  ['no way out', (machine) => (machine.gateway = undefined)],
])('%s is another network, told once within seven seconds', (_, change) => {
  const { clock, machine, told } = fixture();
  clock.advance(60_000);
  change(machine);
  clock.advance(7000);
  expect(told).toEqual([{ isConnected: true }]);
  clock.advance(60_000);
  expect(told).toHaveLength(1);
});

test.each<readonly [string, (machine: ReturnType<typeof fixture>['machine']) => void]>([
  [
    'the same in another order',
    (machine) => (machine.addresses = { eth0: [v4('192.0.2.1')], lo: [LOOPBACK] }),
  ],
  [
    'a link-local address',
    (machine) => (machine.addresses = { ...machine.addresses, veth1: [v6('fe80::1')] }),
  ],
  [
    'an address nobody gave',
    (machine) => (machine.addresses = { ...machine.addresses, usb0: [v4('169.254.1.1')] }),
  ],
])('%s is no other network', (_, change) => {
  const { clock, machine, told } = fixture();
  change(machine);
  clock.advance(60_000);
  expect(told).toEqual([]);
});

test('RFC 8981: the next temporary address of the same subnet is no other network', () => {
  const { clock, machine, told } = fixture();
  machine.addresses = { eth0: [v6('2001:db8::aaaa')] };
  clock.advance(10_000);
  expect(told).toHaveLength(1);
  machine.addresses = { eth0: [v6('2001:db8::bbbb'), v6('2001:db8::aaaa')] };
  clock.advance(60_000);
  expect(told).toHaveLength(1);
});

test('a network that is gone is told as that', () => {
  const { clock, machine, told } = fixture();
  machine.addresses = { lo: [LOOPBACK] };
  clock.advance(7000);

  expect(told).toEqual([{ isConnected: false }]);
});

test('what comes in steps is told once, when it has kept still for a second', () => {
  const { clock, machine, told, change } = fixture();
  machine.addresses = {};
  change.look();
  for (let step = 1; step <= 4; step++) {
    clock.advance(900);
    machine.addresses = { eth0: [v4(`198.51.100.${step}`)] };
    change.look();
  }
  clock.advance(999);
  expect(told).toEqual([]);
  clock.advance(1);
  expect(told).toEqual([{ isConnected: true }]);
});

test('a network that never keeps still is told after ten seconds all the same', () => {
  const { clock, machine, told, change } = fixture();
  for (let step = 0; step < 14; step++) {
    machine.addresses = { eth0: [v4(`198.51.100.${step}`)] };
    change.look();
    clock.advance(800);
  }

  expect(told).toHaveLength(1);
});

test('a change that is undone at once is none', () => {
  const { clock, machine, told, change } = fixture();
  const before = machine.addresses;
  machine.addresses = {};
  change.look();
  clock.advance(500);
  machine.addresses = before;
  clock.advance(60_000);

  expect(told).toEqual([]);
});

test('a machine that wakes elsewhere is looked at when it is asked to be, not seconds later', () => {
  const { clock, machine, told, change } = fixture();
  clock.sleep(3_600_000);
  machine.addresses = { eth0: [v4('198.51.100.7')] };
  change.look();
  clock.advance(1000);

  expect(told).toHaveLength(1);
});

test('while nobody listens nothing is looked at, and who begins later starts from what is there then', () => {
  const { clock, machine, change, told, end } = fixture();
  end();
  end();
  const { looks } = machine;
  machine.addresses = { eth0: [v4('198.51.100.7')] };
  change.look();
  clock.advance(3_600_000);
  expect(machine.looks).toBe(looks);
  expect(clock.waiting).toBe(0);

  const later: NetworkState[] = [];
  const endLater = change.onChange((state) => later.push(state));
  clock.advance(60_000);
  endLater();
  expect([told, later]).toEqual([[], []]);
});

test('a listener that is ended by another one hears nothing any more', () => {
  const { clock, machine, change } = fixture();
  const heard: string[] = [];
  const endFirst = change.onChange(() => {
    heard.push('first');
    endSecond();
  });
  const endSecond = change.onChange(() => heard.push('second'));
  onTestFinished(endFirst);
  machine.addresses = {};
  clock.advance(7000);

  expect(heard).toEqual(['first']);
});

test('the real machine can be looked at', () => {
  const clock = new VirtualClock();
  const change = new NetworkChange(clock);
  const told: NetworkState[] = [];
  const end = change.onChange((state) => told.push(state));
  clock.advance(60_000);
  end();

  expect(told).toEqual([]);
  expect(clock.waiting).toBe(0);
});
