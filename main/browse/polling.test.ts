import { afterEach, expect, test } from 'vitest';
import type { Update } from '../contract/api.ts';
import { typeName } from '../../protocol/wire/registry.ts';
import { Browsing, OFFICE } from './testing/browsing.ts';

const NO_PUSH = OFFICE.replace('_dns-push-tls._tcp SRV 0 0 853 push', '');
const SHOP = NO_PUSH.replaceAll('office.test', 'shop.test');
const SRV = '_dns-push-tls._tcp SRV 0 0 853 push';

let browsing: Browsing;

afterEach(async () => {
  expect(await browsing.end(), 'timers left behind').toBe(0);
});

/** What the resolver was asked since the last look, but for discovery. */
function asked(): readonly string[] {
  const all = browsing.ether.asked.splice(0);
  const texts = all.map(({ name, type }) => `${typeName(type)} ${name.toString()}`);
  return texts.filter((text) => !text.startsWith('SOA') && !text.includes('_dns-push-tls'));
}

function instances(): readonly (readonly [string, string])[] {
  return browsing.services.map(({ instance, via }) => [instance, via]);
}

test('POLL-01: a domain without push is polled for the same questions, each as its answer lives', async () => {
  browsing = new Browsing(NO_PUSH);
  await browsing.watch('office.test');

  expect(asked()).toEqual([
    'PTR _services._dns-sd._udp.office.test.',
    'PTR _ipp._tcp.office.test.',
    'SRV Laser._ipp._tcp.office.test.',
    'TXT Laser._ipp._tcp.office.test.',
    'A laser.office.test.',
    'AAAA laser.office.test.',
  ]);
  expect(browsing.services).toMatchObject([
    { instance: 'Laser', host: 'laser.office.test', addresses: ['192.0.2.10'], via: 'poll' },
  ]);
  expect(browsing.domain()).toMatchObject({
    state: 'polling',
    step: 'srv',
    services: 1,
    polled: { askedMs: browsing.ether.clock.wallMs(), everySeconds: 60 },
  });

  await browsing.ether.pass(59_999);
  expect(asked()).toEqual([]);
  await browsing.ether.pass(5_001); // the round waits for what falls due with it
  expect(asked()).toEqual(['AAAA laser.office.test.']); // NODATA lives for the 10 s of the SOA record's MINIMUM
  await browsing.ether.pass(122_000 - 65_000 - 1);
  expect(asked()).toEqual([]);
  await browsing.ether.pass(5_001);
  expect(asked()).toHaveLength(6); // TTL 120
});

test('what changes between two rounds shows with the second, in one update and without a flicker', async () => {
  browsing = new Browsing(NO_PUSH);
  await browsing.watch('office.test');
  browsing.change('remove', '_ipp._tcp PTR Laser._ipp._tcp');
  browsing.change('add', '_ipp._tcp PTR Ink._ipp._tcp\nInk._ipp._tcp SRV 0 0 631 laser');
  await browsing.ether.pass(1_000);
  expect(instances()).toEqual([['Laser', 'poll']]);

  const updates: Update[] = [];
  browsing.workspace.onUpdate((update) => updates.push(update));
  await browsing.ether.pass(127_000);
  await browsing.ether.pass(100);
  expect(instances()).toEqual([['Ink', 'poll']]);
  const puts = updates.flatMap(({ tables }) => tables.services?.put.map(({ instance }) => instance) ?? []);
  expect(puts).not.toContain('Laser');
});

test('POLL-02: push is tried before each round, and taken up when it appears, without losing a row', async () => {
  browsing = new Browsing(NO_PUSH);
  await browsing.watch('office.test');
  browsing.change('add', SRV);
  const drops: string[] = [];
  browsing.workspace.onUpdate(({ tables }) => drops.push(...(tables.services?.drop ?? [])));
  await browsing.ether.pass(64_999);
  expect(browsing.ether.links).toEqual([]);
  asked();

  await browsing.ether.pass(1);
  await browsing.ether.pass(1_000);
  expect(browsing.domain()).toMatchObject({ state: 'live', step: null, reason: null, polled: null });
  expect(instances()).toEqual([['Laser', 'push']]);
  expect(asked()).toEqual([]);
  await browsing.ether.pass(600_000);
  expect(asked()).toEqual([]);
  expect(drops).toEqual([]);
});

test('when a server goes away it is awaited for half a minute, then polled in its place, and rows stay all the while', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  await browsing.ether.pass(60_000);
  browsing.ether.deadPorts.add(853);
  browsing.ether.link.cut();
  const drops: string[] = [];
  browsing.workspace.onUpdate(({ tables }) => drops.push(...(tables.services?.drop ?? [])));
  await browsing.ether.flow();
  asked();
  await browsing.ether.pass(29_999);
  expect(browsing.domain()).toMatchObject({ state: 'failed', step: 'tcp' });
  expect(asked()).toEqual([]);

  await browsing.ether.pass(1);
  expect(browsing.domain()).toMatchObject({ state: 'polling', step: 'tcp' });
  expect(instances()).toEqual([['Laser', 'poll']]);

  for (let minutes = 0; minutes < 10; minutes++) await browsing.ether.pass(60_000);
  expect(browsing.domain()).toMatchObject({ state: 'polling' });
  browsing.ether.deadPorts.clear();
  for (let minutes = 0; minutes < 6; minutes++) await browsing.ether.pass(60_000);
  expect(browsing.domain()).toMatchObject({ state: 'live' });
  expect(instances()).toEqual([['Laser', 'push']]);
  expect(drops).toEqual([]);
});

test('a server that asks to be left alone is polled around, and gone back to when the time is up', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  await browsing.ether.pass(60_000);
  browsing.ether.link.sendAway(600_000);
  await browsing.ether.flow();
  await browsing.ether.pass(30_000);
  expect(browsing.domain()).toMatchObject({ state: 'polling', step: 'session' });

  for (let seconds = 30; seconds < 599; seconds++) await browsing.ether.pass(1_000);
  expect(browsing.ether.links).toHaveLength(1);
  await browsing.ether.pass(1_000);
  expect(browsing.domain()).toMatchObject({ state: 'live' });
});

test('a domain whose push cannot be found out about is not polled: nothing proves that it has none', async () => {
  browsing = new Browsing(OFFICE);
  browsing.ether.silentNames.add('_dns-push-tls._tcp.office.test.');
  await browsing.watch('office.test');
  expect(asked()).toEqual([]);
  expect(browsing.domain()).toMatchObject({ state: 'failed', step: 'srv' });
});

test('a resolver that stops answering fails the domain, whose rows age, and is asked again', async () => {
  browsing = new Browsing(NO_PUSH);
  await browsing.watch('office.test');
  const names = ['_services._dns-sd._udp', '_ipp._tcp', 'Laser._ipp._tcp', 'laser'];
  for (const name of names) browsing.ether.silentNames.add(`${name}.office.test.`);
  for (let seconds = 0; seconds < 200; seconds++) await browsing.ether.pass(1_000);
  expect(browsing.domain()).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('No answer'),
    polled: null,
  });
  expect(browsing.services).toHaveLength(1);
  for (let seconds = 0; seconds < 100; seconds++) await browsing.ether.pass(1_000);
  expect(browsing.services).toEqual([]);

  browsing.ether.silentNames.clear();
  for (let seconds = 0; seconds < 600; seconds++) await browsing.ether.pass(1_000);
  expect(browsing.domain()).toMatchObject({ state: 'polling', services: 1 });
});

test('SD-09: another zone without push is polled for what lies in it, and the domain is live all the same', async () => {
  browsing = new Browsing(OFFICE, SHOP);
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp.shop.test.');
  await browsing.watch('office.test');

  expect(browsing.domain()).toMatchObject({ state: 'live', polled: null });
  expect(browsing.services).toMatchObject([
    { host: 'laser.office.test', via: 'push' },
    { host: 'laser.shop.test', addresses: ['192.0.2.10'], via: 'poll' },
  ]);
  expect(asked().every((text) => text.endsWith('shop.test.'))).toBe(true);
});

test('LIFE-01: a pause ends polling, a resume begins it anew', async () => {
  browsing = new Browsing(NO_PUSH);
  await browsing.watch('office.test');
  void browsing.workspace.pause('No window shows it.');
  asked();
  await browsing.ether.pass(600_000);
  expect(asked()).toEqual([]);
  expect(browsing.ether.clock.waiting).toBe(0);

  browsing.workspace.resume();
  await browsing.ether.pass(1_000);
  expect(asked()).toHaveLength(6);
  expect(browsing.domain()).toMatchObject({ state: 'polling', services: 1 });
});

test('a question that comes up while a domain is polled is asked at once', async () => {
  browsing = new Browsing(NO_PUSH);
  await browsing.watch('office.test');
  asked();
  browsing.change('add', '_services._dns-sd._udp PTR _http._tcp\n_http._tcp PTR Door._http._tcp');
  for (let seconds = 0; seconds < 127; seconds++) await browsing.ether.pass(1_000);

  expect(asked()).toContain('SRV Door._http._tcp.office.test.');
  expect(instances()).toContainEqual(['Door', 'poll']);
});

test('a large domain is asked three hundred questions at once, then five a second', async () => {
  const printers = Array.from({ length: 500 }, (_, at) => `_ipp._tcp PTR P${at}._ipp._tcp`);
  browsing = new Browsing(NO_PUSH + printers.join('\n'));
  await browsing.watch('office.test');
  expect(asked()).toHaveLength(300);
  await browsing.ether.pass(10_000);
  expect(asked()).toHaveLength(50);
});

test('POLL-01: who looks away and back asks no sooner for it, and sees what was last told', async () => {
  browsing = new Browsing(NO_PUSH, { keepsMemory: true, followsViews: true });
  const look = (...rows: readonly string[]): void =>
    browsing.workspace.look(1, { rows, details: null, needed: [] });
  await browsing.watch('office.test');
  const { id } = browsing.services[0]!;
  expect(asked()).toHaveLength(2);
  look(id);
  await browsing.ether.elapse(1_000);
  expect(asked()).toHaveLength(4);
  const seen = browsing.services;

  look();
  await browsing.ether.elapse(20_000);
  expect(browsing.services).toMatchObject([{ host: 'laser.office.test', details: 'remembered' }]);
  look(id);
  await browsing.ether.elapse(1_000);
  expect(browsing.services).toEqual(seen);
  expect(asked()).toEqual([]);

  await browsing.ether.elapse(50_000);
  expect(asked()).toEqual(['AAAA laser.office.test.']); // as it would have been
  look();
  await browsing.ether.elapse(200_000);
  asked();
  look(id);
  await browsing.ether.elapse(1_000);
  expect(asked()).toHaveLength(4);
});
