import { afterEach, expect, test } from 'vitest';
import { RecordType } from '../../protocol/wire/registry.ts';
import { Browsing, OFFICE } from './testing/browsing.ts';

/** Another zone, with a server of its own. */
const SHOP = OFFICE.replaceAll('office.test', 'shop.test').replace('SRV 0 0 853', 'SRV 0 0 8853');
/** Another zone on the same server. */
const LAB = OFFICE.replaceAll('office.test', 'lab.test')
  .replace('push A 192.0.2.2\n', '')
  .replace('853 push', '853 push.office.test.');
/** A zone below the first, with a server of its own. */
const ATTIC = OFFICE.replaceAll('office.test', 'attic.office.test').replace('853 push', '8855 push');

let browsing: Browsing;

afterEach(async () => {
  expect(await browsing.end(), 'timers left behind').toBe(0);
});

function portsOf(): readonly number[] {
  return browsing.ether.links.map(({ target }) => target.port);
}

function subscribedAt(port: number): readonly string[] {
  const link = browsing.ether.links.findLast(({ target, isOver }) => target.port === port && !isOver);
  return link?.session.questions.map(({ name }) => name.toString()) ?? [];
}

test('SD-09: an instance in another zone is asked of the server of that zone', async () => {
  browsing = new Browsing(OFFICE, SHOP);
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp.shop.test.');
  await browsing.watch('office.test');

  expect(portsOf()).toEqual([853, 8853]);
  expect(subscribedAt(853).some((name) => name.endsWith('shop.test.'))).toBe(false);
  expect(browsing.services.map(({ host, port, addresses }) => [host, port, addresses])).toEqual([
    ['laser.office.test', 631, ['192.0.2.10']],
    ['laser.shop.test', 631, ['192.0.2.10']],
  ]);
  expect(browsing.domain()).toMatchObject({ state: 'live', server: 'push.office.test:853' });

  browsing.change('remove', 'Laser._ipp._tcp SRV 0 0 631 laser', 'shop.test');
  browsing.change('add', 'Laser._ipp._tcp SRV 0 0 6310 laser', 'shop.test');
  await browsing.ether.pass(1_000);
  expect(browsing.services[1]).toMatchObject({ port: 6310 });
});

test('SD-09: a host in another zone is asked of the server of that zone', async () => {
  browsing = new Browsing(OFFICE, SHOP);
  await browsing.watch('office.test');
  browsing.change('add', '_ipp._tcp PTR Ink._ipp._tcp\nInk._ipp._tcp SRV 0 0 631 laser.shop.test.');
  await browsing.ether.pass(1_000);

  expect(portsOf()).toEqual([853, 8853]);
  expect(subscribedAt(8853)).toEqual(['laser.shop.test.', 'laser.shop.test.']);
  expect(browsing.services[1]).toMatchObject({ host: 'laser.shop.test', addresses: ['192.0.2.10'] });
});

test('EST-07: another zone on the same server shares the session', async () => {
  browsing = new Browsing(OFFICE, LAB);
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp.lab.test.');
  await browsing.watch('office.test');

  expect(portsOf()).toEqual([853]);
  expect(browsing.services[1]).toMatchObject({ host: 'laser.lab.test', addresses: ['192.0.2.10'] });
});

test('a zone below the home zone is found when the server says NOTAUTH, and holds back nothing of the home zone', async () => {
  browsing = new Browsing(OFFICE, ATTIC);
  await browsing.watch('office.test');
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp.attic');
  await browsing.ether.flow();
  browsing.change('add', '_ipp._tcp PTR Ink._ipp._tcp\nInk._ipp._tcp SRV 0 0 631 laser');
  await browsing.ether.pass(1_000);

  expect(portsOf()).toEqual([853, 8855]);
  expect(browsing.services.map(({ host, addresses }) => [host, addresses])).toEqual([
    ['laser.office.test', ['192.0.2.10']],
    ['laser.attic.office.test', ['192.0.2.10']],
    ['laser.office.test', ['192.0.2.10']],
  ]);
});

test('whoever asks again for a name that its server declined looks elsewhere at once', async () => {
  browsing = new Browsing(OFFICE, ATTIC);
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp.attic');
  await browsing.watch('office.test');
  browsing.workspace.execute({ kind: 'remove-domain', id: 'office.test' });
  await browsing.watch('office.test');

  expect(browsing.services[1]).toMatchObject({ host: 'laser.attic.office.test' });
});

test('the session with a guest goes with the last that needs it, in good order', async () => {
  browsing = new Browsing(OFFICE, SHOP);
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp.shop.test.');
  await browsing.watch('office.test');
  browsing.change('remove', '_ipp._tcp PTR Laser._ipp._tcp.shop.test.');
  await browsing.ether.pass(1_000);

  expect(browsing.ether.links.map(({ clientEnd }) => clientEnd)).toEqual([undefined, 'close']);
  await browsing.ether.pass(120_000); // its records have aged out
  expect(browsing.ether.clock.waiting).toBe(1); // the Keepalive of the home zone's session
});

test('a guest that fails hurts neither the state of the domain nor its other services, and is tried again', async () => {
  browsing = new Browsing(OFFICE, SHOP);
  browsing.ether.silentNames.add('_dns-push-tls._tcp.shop.test.');
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp.shop.test.');
  await browsing.watch('office.test');
  expect(browsing.domain()).toMatchObject({ state: 'live', reason: null, services: 2 });
  expect(browsing.services.map(({ host }) => host)).toEqual(['laser.office.test', null]);

  browsing.ether.silentNames.clear();
  await browsing.ether.pass(3_000);
  expect(browsing.services.map(({ host }) => host)).toEqual(['laser.office.test', 'laser.shop.test']);
});

test('whoever waits to try a server again joins the session that another has with it meanwhile', async () => {
  browsing = new Browsing(OFFICE, SHOP);
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp.shop.test.');
  await browsing.watch('office.test');
  browsing.ether.link.cut(); // so soon that it is not tried again at once
  await browsing.ether.flow();
  expect(browsing.domain('office.test')).toMatchObject({ state: 'live', unconfirmed: 1 });

  await browsing.watch('shop.test');
  expect(browsing.domain('office.test')).toMatchObject({ state: 'live', unconfirmed: 0 });
  expect(portsOf()).toEqual([853, 8853, 8853]);
});

test('what a guest told stays for as long as its records live when its session is lost', async () => {
  browsing = new Browsing(OFFICE, SHOP);
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp.shop.test.');
  await browsing.watch('office.test');
  await browsing.ether.pass(60_000);
  browsing.ether.silentNames.add('_dns-push-tls._tcp.shop.test.');
  browsing.ether.link.cut();
  await browsing.ether.pass(119_000);
  expect(browsing.services[1]).toMatchObject({ host: 'laser.shop.test' });

  await browsing.ether.pass(1_000);
  expect(browsing.services[1]).toMatchObject({ host: null, addresses: null });
});

test('names that lie in no zone are looked for one at a time, ever later, and found when there is one', async () => {
  browsing = new Browsing(OFFICE, SHOP);
  const names = ['shop', '_tcp.shop', '_ipp._tcp.shop', 'Laser._ipp._tcp.shop', 'laser.shop'];
  for (const name of names) browsing.ether.silentNames.add(`${name}.test.`);
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp.shop.test.\n_ipp._tcp PTR Ink._ipp._tcp.shop.test.');
  await browsing.watch('office.test');
  const before = browsing.ether.asked.length;
  await browsing.ether.pass(1_900);
  expect(browsing.ether.asked).toHaveLength(before);
  await browsing.ether.pass(200);
  expect(browsing.ether.asked).toHaveLength(before + 1);

  browsing.ether.silentNames.clear();
  await browsing.ether.pass(4_900);
  await browsing.ether.flow();
  expect(browsing.services.map(({ host }) => host)).toContain('laser.shop.test');
});

test('a pause ends the sessions of guests too, and a resume brings them back', async () => {
  browsing = new Browsing(OFFICE, SHOP);
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp.shop.test.');
  await browsing.watch('office.test');
  void browsing.workspace.pause('No window shows it.');
  await browsing.ether.pass(200_000);
  expect(browsing.ether.links.map(({ clientEnd }) => clientEnd)).toEqual(['close', 'close']);

  browsing.workspace.resume();
  await browsing.ether.pass(1_000);
  expect(portsOf()).toEqual([853, 8853, 853, 8853]);
  expect(browsing.services.map(({ host }) => host)).toEqual(['laser.office.test', 'laser.shop.test']);
});

test('DISC-11: ten subscriptions in a zone make one climb', async () => {
  browsing = new Browsing(OFFICE);
  const instances = Array.from({ length: 10 }, (_, at) => `_ipp._tcp PTR P${at}._ipp._tcp`);
  browsing.change('add', instances.join('\n'));
  await browsing.watch('office.test');

  expect(subscribedAt(853).length).toBeGreaterThan(20);
  expect(browsing.ether.asked.filter(({ type }) => type === RecordType.SOA)).toHaveLength(1);
});

test('DISC-11: once discovery has expired the next subscription runs it again, and a new SRV record is followed', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  browsing.change('remove', '_dns-push-tls._tcp SRV 0 0 853 push');
  browsing.change('add', '_dns-push-tls._tcp SRV 0 0 8853 push');
  await browsing.ether.pass(9_999); // the zone's negative answers live for 10 s
  browsing.change('add', '_ipp._tcp PTR Ink._ipp._tcp');
  await browsing.ether.pass(0);
  expect(portsOf()).toEqual([853]);

  await browsing.ether.pass(1);
  browsing.change('add', '_ipp._tcp PTR Third._ipp._tcp');
  await browsing.ether.pass(0);
  expect(portsOf()).toEqual([853, 8853]);
  await browsing.ether.pass(0);
  expect(browsing.domain()).toMatchObject({ state: 'live', server: 'push.office.test:8853', services: 3 });
});

test('DISC-11: a server that the zone still names keeps its session when discovery is run again', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  browsing.change('add', '_dns-push-tls._tcp SRV 0 0 8853 push');
  await browsing.ether.pass(60_000);
  browsing.change('add', '_ipp._tcp PTR Ink._ipp._tcp');
  await browsing.ether.pass(0);

  expect(browsing.ether.asked.filter(({ type }) => type === RecordType.SOA)).toHaveLength(2);
  expect(portsOf()).toEqual([853]);
});
