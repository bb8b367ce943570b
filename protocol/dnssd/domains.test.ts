import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { enumerationName, servicesName, subnetDomain } from './domains.ts';

test.each(['b', 'db', 'lb', 'r', 'dr'] as const)(
  'the domains of kind %s are listed under its name',
  (kind) => {
    expect(enumerationName(kind, Name.of('office.test')).toString()).toBe(
      `${kind}._dns-sd._udp.office.test.`,
    );
  },
);

test.each([
  ['192.168.12.34', 16, '0.0.168.192.in-addr.arpa.'],
  ['192.168.12.34', 24, '0.12.168.192.in-addr.arpa.'],
  ['192.168.12.34', 20, '0.0.168.192.in-addr.arpa.'],
  ['10.1.2.131', 25, '128.2.1.10.in-addr.arpa.'],
  ['10.1.2.3', 32, '3.2.1.10.in-addr.arpa.'],
  ['10.1.2.3', 0, '0.0.0.0.in-addr.arpa.'],
])('the subnet of %s/%i has its records under %s', (address, bits, expected) => {
  expect(subnetDomain(address, bits)?.toString()).toBe(expected);
});

test('an IPv6 subnet has its records under all thirty-two nibbles of its base address', () => {
  const zeros = '0.'.repeat(16);
  const expected = `${zeros}4.3.2.1.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.`;
  expect(subnetDomain('2001:db8:0:1234:56:78:9a:bc', 64)?.toString()).toBe(expected);
  expect(subnetDomain('2001:DB8:0:1234::1%eth0', 64)?.toString()).toBe(expected);
  expect(subnetDomain('2001:db8:0:123f::1', 60)?.labels).toHaveLength(34);
  expect(subnetDomain('2001:db8:0:123f::1', 60)?.toString()).toContain('0.3.2.1.0.0.0.0.8.b.d.0');
});

test.each(['169.254.7.8', '169.254.255.255', 'fe80::1', 'febf::1', 'fe80::1%eth0'])(
  'nobody is asked about the link-local subnet of %s',
  (address) => {
    expect(subnetDomain(address, 64)).toBeUndefined();
  },
);

test.each(['169.253.7.8', '170.254.7.8', 'fec0::1', 'fd00::1'])('%s is not link-local', (address) => {
  expect(subnetDomain(address, 16)).toBeDefined();
});

test.each(['', 'localhost', '1.2.3', '1.2.3.256', '1::2::3', '%eth0'])('%j has no subnet', (text) => {
  expect(subnetDomain(text, 8)).toBeUndefined();
});

test('the types of a domain are listed under one name', () => {
  expect(servicesName(Name.of('office.test')).toString()).toBe('_services._dns-sd._udp.office.test.');
});
