import { expect, test } from 'vitest';
import { machineGateway, parseGateway } from './gateway.ts';

// As Linux 6.1 prints them: `cat /proc/net/route`, `/proc/net/ipv6_route`, `/proc/net/arp`.
const HEAD =
  'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT                                                       \n';
const ETHERNET = 'eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0          \n';
const WIFI = 'wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0          \n';
const SUBNET = 'eth0\t000200C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0          \n';
const TUNNEL = 'tun0\t00000000\t00000000\t0001\t0\t0\t50\t00000000\t0\t0\t0          \n';
const REFUSING = '*\t00000000\t00000000\t0201\t0\t0\t1\t00000000\t0\t0\t0          \n';
const ZEROS = '0'.repeat(32);
const ROUTER = 'fe800000000000000000000000000001';
const IPV6 =
  `fd000000000000000000000000000000 40 ${ZEROS} 00 ${ZEROS} 00000100 00000001 00000000 00000001     eth0\n` +
  `${ZEROS} 00 ${ZEROS} 00 ${ROUTER} 00000400 00000003 00000000 00000003     eth0\n` +
  `${ZEROS} 00 ${ZEROS} 00 ${ZEROS} ffffffff 00000001 00000000 00200200       lo\n`;
const ARP_HEAD = 'IP address       HW type     Flags       HW address            Mask     Device\n';
const arpRow = (address: string, flags: string, hardware: string, device: string): string =>
  `${address.padEnd(17)}0x1         ${flags}         ${hardware}     *        ${device}\n`;
const MAC = '02:fc:00:00:00:05';

const gateway = (ipv4: string, arp = '', ipv6 = '') =>
  parseGateway({ ipv4, arp: ARP_HEAD + arp, ipv6 }, 'LE');

test('the gateway is that of the default route with the lowest metric, with its address on the link', () => {
  const arp =
    arpRow('192.168.1.1', '0x2', '02:00:00:00:00:09', 'wlan0') + arpRow('192.0.2.1', '0x2', MAC, 'eth0');
  expect(gateway(HEAD + WIFI + SUBNET + ETHERNET, arp)).toEqual({
    family: 'IPv4',
    address: '010200C0',
    link: 'eth0',
    hardware: MAC,
  });
});

test('an entry that is incomplete, or of another interface, tells no address on the link', () => {
  const incomplete = arpRow('192.0.2.1', '0x0', '00:00:00:00:00:00', 'eth0');
  const elsewhere = arpRow('192.0.2.1', '0x2', MAC, 'veth1');
  const other = arpRow('192.0.2.11', '0x2', MAC, 'eth0');
  for (const arp of ['', incomplete, elsewhere, other])
    expect(gateway(HEAD + ETHERNET, arp)).toEqual({
      family: 'IPv4',
      address: '010200C0',
      link: 'eth0',
      hardware: null,
    });
});

test('where the kernel writes the other octet first, the same address is found', () => {
  const ipv4 = HEAD + ETHERNET.replace('010200C0', 'C0000201');
  const arp = ARP_HEAD + arpRow('192.0.2.1', '0x2', MAC, 'eth0');
  expect(parseGateway({ ipv4, arp, ipv6: '' }, 'BE')?.hardware).toBe(MAC);
});

test('a tunnel leads on by itself, and a route that refuses everything leads nowhere', () => {
  expect(gateway(HEAD + ETHERNET + TUNNEL)).toEqual({
    family: 'IPv4',
    address: null,
    link: 'tun0',
    hardware: null,
  });
  expect(gateway(HEAD + REFUSING)).toBeUndefined();
});

test('IPv6 tells the gateway only where IPv4 has none', () => {
  expect(gateway(HEAD + SUBNET, '', IPV6)).toEqual({
    family: 'IPv6',
    address: ROUTER,
    link: 'eth0',
    hardware: null,
  });
  expect(gateway(HEAD + ETHERNET, '', IPV6)?.address).toBe('010200C0');
});

test.each(['', HEAD, 'nonsense\n\n\t\t', HEAD + SUBNET])(
  'without a default route there is none: %j',
  (text) => {
    expect(gateway(text, '', text)).toBeUndefined();
  },
);

test('the real machine can be asked', () => {
  expect(() => machineGateway()).not.toThrow();
});
