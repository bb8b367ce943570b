import { expect } from 'playwright/test';
import type { Gateway } from '../../main/net/gateway.ts';
import { test } from '../testing/test.ts';

const TELL = `node --import tsx -e "import('./main/net/gateway.ts').then((net) => console.log(JSON.stringify(net.machineGateway() ?? null)))"`;
/** What is done, step by step, on a machine of its own; after each it tells its gateway. */
const STEPS = [
  'true',
  'ip link add lan0 type veth peer name end0; ip link set end0 up; ip link set lan0 up; ip addr add 192.168.1.23/24 dev lan0',
  'ip route add default via 192.168.1.1 dev lan0 metric 600',
  'ip neigh replace 192.168.1.1 lladdr 02:00:00:00:00:05 dev lan0 nud reachable',
  'ip neigh replace 192.168.1.1 lladdr 02:00:00:00:00:09 dev lan0 nud stale',
  'ip neigh del 192.168.1.1 dev lan0',
  'ip link add p2p0 type veth peer name end1; ip link set end1 up; ip link set p2p0 up; ip route add default dev p2p0 metric 50',
  'ip route add unreachable default metric 1; ip route del default dev p2p0',
  'ip route del default via 192.168.1.1; ip -6 route add default via fe80::1 dev lan0',
];
const ipv4 = (hardware: string | null): Gateway => ({
  family: 'IPv4',
  address: '0101A8C0', // 192.168.1.1, as a machine with the lowest octet first writes the number
  link: 'lan0',
  hardware,
});

test('the router is read from the kernel’s tables as iproute2 sets them, of a machine that is all the test’s own', async ({
  start,
}) => {
  const script = STEPS.map((step) => `${step}\n${TELL}`).join('\n');
  // network_namespaces(7): interfaces, routes and neighbours that nobody else sees.
  const args = ['--user', '--map-root-user', '--net', 'sh', '-ec', script];
  const { status, stdout, stderr } = await start('unshare', args).ended;

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.map((line) => JSON.parse(line) as Gateway | null)).toEqual([
    null,
    null,
    ipv4(null),
    ipv4('02:00:00:00:00:05'),
    ipv4('02:00:00:00:00:09'),
    ipv4(null),
    { family: 'IPv4', address: null, link: 'p2p0', hardware: null },
    ipv4(null),
    { family: 'IPv6', address: 'fe80'.padEnd(31, '0') + '1', link: 'lan0', hardware: null },
  ]);
});
