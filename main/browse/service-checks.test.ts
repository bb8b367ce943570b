import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CommandResult } from '../contract/command.ts';
import type { ServiceCheck } from '../contract/service-check.ts';
import { recordText } from '../demo/record-text.ts';
import { Browsing, OFFICE } from './testing/browsing.ts';

let browsing: Browsing;

beforeEach(() => {
  browsing = new Browsing(OFFICE);
});

afterEach(async () => {
  expect(await browsing.end(), 'timers left behind').toBe(0);
});

async function check(instance = 'Laser'): Promise<ServiceCheck> {
  const { id } = browsing.services.find((row) => row.instance === instance)!;
  const result = browsing.workspace.execute({ kind: 'verify-service', id });
  await browsing.ether.flow();
  return checked(await result);
}

function checked(result: CommandResult): ServiceCheck {
  if (!result.ok || result.check === undefined) throw new Error(JSON.stringify(result));
  return result.check;
}

const doubted = (): readonly string[] =>
  browsing.ether.doubted.map((record) => recordText({ ...record, ttlSeconds: 0 }));

test('a service that takes the connection is there, and nobody is told', async () => {
  await browsing.watch('office.test');

  expect(await check()).toEqual({
    verdict: 'reachable',
    doubt: null,
    text: '192.0.2.10 port 631 took the connection. Something is there.',
  });
  expect(doubted()).toEqual([]);
});

test('PUSH-14: a dead printer that is checked five times is doubted once, by its SRV record, and again after a minute', async () => {
  await browsing.watch('office.test');
  browsing.ether.deadPorts.add(631);

  const doubts: (string | null)[] = [];
  for (let click = 0; click < 5; click++) {
    doubts.push((await check()).doubt);
    await browsing.ether.pass(10_000);
  }
  expect(doubts).toEqual(['sent', 'sent-lately', 'sent-lately', 'sent-lately', 'sent-lately']);
  expect(doubted()).toEqual(['Laser._ipp._tcp.office.test. 0 IN SRV 0 0 631 laser.office.test.']);

  await browsing.ether.pass(10_000);
  expect((await check()).doubt).toBe('sent');
  expect(doubted()).toHaveLength(2);
});

test('clicks during a check are one check', async () => {
  await browsing.watch('office.test');
  const { id } = browsing.services[0]!;
  const results = [1, 2, 3].map(() => browsing.workspace.execute({ kind: 'verify-service', id }));
  await browsing.ether.flow();

  expect((await Promise.all(results)).map((result) => checked(result).verdict)).toEqual([
    'reachable',
    'reachable',
    'reachable',
  ]);
  expect(browsing.ether.tried).toEqual(['192.0.2.10 port 631']);
});

test('PUSH-14: no server is asked about a record that no live subscription covers any more', async () => {
  await browsing.watch('office.test');
  await browsing.ether.pass(20_000);
  browsing.ether.deadPorts.add(631).add(853);
  browsing.ether.link.cut();
  await browsing.ether.flow();

  const { verdict, doubt } = await check();
  expect([verdict, doubt, doubted()]).toEqual(['unreachable', 'not-covered', []]);
});

test('PUSH-14: the record that is doubted is the one that led to where nothing answered, at the end of an alias too', async () => {
  await browsing.watch('office.test');
  browsing.ether.deadPorts.add(9);
  browsing.change(
    'add',
    `_ipp._tcp PTR Also._ipp._tcp
Also._ipp._tcp CNAME Real._ipp._tcp
Real._ipp._tcp SRV 9 0 9 other
Real._ipp._tcp SRV 1 0 9 laser`,
  );
  await browsing.ether.pass(100);

  expect((await check('Also')).doubt).toBe('sent');
  expect(doubted()).toEqual(['Real._ipp._tcp.office.test. 0 IN SRV 1 0 9 laser.office.test.']);
});

test.each([
  ['over UDP', '_sleep-proxy._udp PTR It._sleep-proxy._udp\nIt._sleep-proxy._udp SRV 0 0 631 laser', /UDP/],
  ['without SRV record', '_ipp._tcp PTR It._ipp._tcp', /do not say yet where/],
  ['without address', '_ipp._tcp PTR It._ipp._tcp\nIt._ipp._tcp SRV 0 0 631 nowhere', /do not say yet where/],
])('a service %s cannot be checked, and nothing is tried', async (_, records, text) => {
  await browsing.watch('office.test');
  browsing.change('add', `_services._dns-sd._udp PTR _sleep-proxy._udp\n${records}`);
  await browsing.ether.pass(100);

  expect(await check('It')).toMatchObject({
    verdict: 'uncheckable',
    doubt: null,
    text: expect.stringMatching(text),
  });
  expect(browsing.ether.tried).toEqual([]);
});

test('a service that is not in the list any more is refused', async () => {
  const result = await browsing.workspace.execute({ kind: 'verify-service', id: 'office.test laser' });

  expect(result).toMatchObject({ ok: false, code: 'unknown-service' });
});
