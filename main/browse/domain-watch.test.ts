import { afterEach, expect, test } from 'vitest';
import { octetsOf } from '../../protocol/wire/text.ts';
import { Browsing, OFFICE } from './testing/browsing.ts';

const LAB = OFFICE.replaceAll('office.test', 'lab.test').replace('SRV 0 0 853', 'SRV 0 0 8853');

let browsing: Browsing;

afterEach(async () => {
  expect(await browsing.end(), 'timers left behind').toBe(0);
});

test('a domain that does not exist says so, and is looked for again', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('nowhere.office.test');

  expect(browsing.domain('nowhere.office.test')).toMatchObject({
    state: 'failed',
    step: 'zone',
    reason: expect.stringContaining('nowhere.office.test does not exist'),
  });

  browsing.change('add', 'nowhere TXT "here now"');
  await browsing.ether.pass(3_000);
  expect(browsing.domain('nowhere.office.test')).toMatchObject({ state: 'live' });
});

test('DISC-08: a zone without an SRV record for push is not connected to', async () => {
  browsing = new Browsing(OFFICE.replace('_dns-push-tls._tcp SRV 0 0 853 push', ''));
  await browsing.watch('office.test');

  expect(browsing.domain()).toMatchObject({
    state: 'polling',
    step: 'srv',
    reason: expect.stringContaining('offers no push'),
  });
  expect(browsing.ether.links).toEqual([]);
});

test('a resolver that does not answer fails the domain, and a user can have it tried again at once', async () => {
  browsing = new Browsing(OFFICE);
  browsing.ether.silentNames.add('_services._dns-sd._udp.office.test.');
  await browsing.watch('office.test');
  expect(browsing.domain()).toMatchObject({
    state: 'failed',
    step: 'zone',
    reason: expect.stringContaining('No answer'),
  });

  browsing.ether.silentNames.clear();
  browsing.workspace.execute({ kind: 'retry-domain', id: 'office.test' });
  await browsing.ether.flow();

  expect(browsing.domain()).toMatchObject({ state: 'live', reason: null });
});

test('DISC-10: when the first server cannot be reached, the next one is tried', async () => {
  browsing = new Browsing(
    OFFICE.replace('SRV 0 0 853 push', 'SRV 0 0 853 push\n_dns-push-tls._tcp SRV 1 0 8530 push'),
  );
  browsing.ether.deadPorts.add(853);
  await browsing.watch('office.test');

  expect(browsing.ether.links.map(({ target }) => target.port)).toEqual([853, 8530]);
  expect(browsing.domain()).toMatchObject({ state: 'live', server: 'push.office.test:8530' });
});

test('a server that cannot be reached has its domain polled, with the reason of the connection', async () => {
  browsing = new Browsing(OFFICE);
  browsing.ether.deadPorts.add(853);
  await browsing.watch('office.test');

  expect(browsing.domain()).toMatchObject({
    state: 'polling',
    step: 'tcp',
    reason: 'Nothing listens at port 853.',
  });
});

test('garbage from a server ends its session by an abort and hurts no other domain', async () => {
  browsing = new Browsing(OFFICE, LAB);
  await browsing.watch('office.test');
  await browsing.watch('lab.test');
  const [office, lab] = browsing.ether.links;

  office!.inject(octetsOf('HTTP/1.1 400 Bad Request\r\n\r\n'.repeat(1000)));
  await browsing.ether.flow();

  expect(office!.clientEnd).toBe('abort');
  expect(lab!.clientEnd).toBeUndefined();
  expect(browsing.domain('lab.test')).toMatchObject({ state: 'live', services: 1 });
});

test('END-10, CHG-22: after a cut everything is subscribed to again, and what went meanwhile is dropped once that has settled', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  browsing.change(
    'add',
    '_ipp._tcp PTR Ink._ipp._tcp\nInk._ipp._tcp SRV 0 0 631 laser\nInk._ipp._tcp TXT ""',
  );
  await browsing.ether.pass(60_000);
  const [first] = browsing.ether.links;

  first!.cut();
  browsing.change('remove', '_ipp._tcp PTR Ink._ipp._tcp');
  await browsing.ether.flow();
  await browsing.ether.pass(0);

  expect(browsing.ether.links).toHaveLength(2);
  expect(browsing.domain()).toMatchObject({ state: 'live' });
  expect(browsing.services.map(({ instance, host }) => [instance, host])).toEqual([
    ['Laser', 'laser.office.test'],
    ['Ink', 'laser.office.test'],
  ]);

  await browsing.ether.pass(2_500);
  expect(browsing.services.map(({ instance }) => instance)).toEqual(['Laser']);
});

test('rows of a domain that cannot be reached at all are kept for as long as their records live', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  await browsing.ether.pass(60_000);

  for (const name of ['_services._dns-sd._udp', '_ipp._tcp', 'Laser._ipp._tcp', 'laser']) {
    browsing.ether.silentNames.add(`${name}.office.test.`);
  }
  browsing.ether.deadPorts.add(853);
  browsing.ether.link.cut();
  await browsing.ether.flow();
  await browsing.ether.pass(100_000);
  expect(browsing.services).toHaveLength(1);
  expect(browsing.domain()).toMatchObject({ state: 'failed', step: 'zone' });

  await browsing.ether.pass(30_000); // their TTL is 120 s
  expect(browsing.services).toEqual([]);
});

test.each([5_000, 100_000])(
  'END-05: after a Retry Delay of %i ms the server is left alone until then, and tried right then',
  async (ms) => {
    browsing = new Browsing(OFFICE);
    await browsing.watch('office.test');
    await browsing.ether.pass(60_000);

    browsing.ether.link.sendAway(ms);
    await browsing.ether.flow();
    await browsing.ether.pass(ms - 1);
    expect(browsing.ether.links).toHaveLength(1);
    expect(browsing.ether.link.clientEnd).toBe('close');
    expect(browsing.domain()).toMatchObject({
      state: ms > 30_000 ? 'polling' : 'failed',
      step: 'session',
      reason: expect.stringContaining('stay away'),
    });

    await browsing.ether.pass(1);
    expect(browsing.ether.links).toHaveLength(2);
    expect(browsing.domain()).toMatchObject({ state: 'live' });
  },
);

test('END-05: a server that sends its client away at the door is tried again right when it said, however long it was down', async () => {
  browsing = new Browsing(OFFICE);
  browsing.ether.deadPorts.add(853);
  await browsing.watch('office.test');
  for (let second = 0; second < 100; second++) await browsing.ether.pass(1_000);
  browsing.ether.deadPorts.clear();
  browsing.ether.turnAwayMs = () => 5_000;
  browsing.workspace.execute({ kind: 'retry-domain', id: 'office.test' });
  await browsing.ether.flow();
  const tries = browsing.ether.links.length;
  browsing.ether.turnAwayMs = () => undefined;

  await browsing.ether.pass(4_999);
  expect(browsing.ether.links).toHaveLength(tries);
  await browsing.ether.pass(1);
  expect(browsing.ether.links).toHaveLength(tries + 1);
  expect(browsing.domain()).toMatchObject({ state: 'live' });
});

test('END-06: while one server asks to be left alone, another of the zone is used at once', async () => {
  browsing = new Browsing(
    OFFICE.replace('SRV 0 0 853 push', 'SRV 0 0 853 push\n_dns-push-tls._tcp SRV 1 0 8530 push'),
  );
  await browsing.watch('office.test');
  await browsing.ether.pass(60_000);

  browsing.ether.link.sendAway(600_000);
  await browsing.ether.flow();
  await browsing.ether.pass(0);

  expect(browsing.ether.links.map(({ target }) => target.port)).toEqual([853, 8530]);
  expect(browsing.domain()).toMatchObject({ state: 'live', server: 'push.office.test:8530' });
});

test('PUSH-05, PUSH-06: a server that is not authoritative is not asked about the zone for five minutes, and asked right then', async () => {
  browsing = new Browsing(OFFICE);
  browsing.ether.foreignPorts.add(853);
  await browsing.watch('office.test');
  expect(browsing.domain()).toMatchObject({
    state: 'polling',
    step: 'subscribe',
    reason: expect.stringContaining('declined the subscription (NOTAUTH)'),
  });

  browsing.ether.foreignPorts.clear();
  await browsing.ether.pass(299_999);
  expect(browsing.ether.links).toHaveLength(1);

  await browsing.ether.pass(1);
  expect(browsing.domain()).toMatchObject({ state: 'live' });
});

test('PUSH-07: when a server declines, the next one of the zone is asked at once', async () => {
  browsing = new Browsing(
    OFFICE.replace('SRV 0 0 853 push', 'SRV 0 0 853 push\n_dns-push-tls._tcp SRV 1 0 8530 push'),
  );
  browsing.ether.foreignPorts.add(853);
  await browsing.watch('office.test');

  expect(browsing.ether.links.map(({ target }) => target.port)).toEqual([853, 8530]);
  expect(browsing.domain()).toMatchObject({ state: 'live', server: 'push.office.test:8530' });
});

test('PUSH-06: on a live session, questions wait that the server declined a while ago, and others go', async () => {
  browsing = new Browsing(OFFICE, LAB.replace('SRV 0 0 8853 push', 'SRV 0 0 853 push.office.test.'));
  await browsing.watch('office.test');
  browsing.ether.foreignPorts.add(853);
  browsing.change('add', '_services._dns-sd._udp PTR _http._tcp');
  await browsing.ether.flow();
  browsing.ether.foreignPorts.clear();
  browsing.change('add', '_services._dns-sd._udp PTR _ssh._tcp\n_ssh._tcp PTR door._ssh._tcp');
  await browsing.ether.pass(1_000);
  expect(browsing.services.map(({ instance }) => instance)).toEqual(['Laser']);

  await browsing.watch('lab.test');
  expect(browsing.domain('lab.test')).toMatchObject({ state: 'live' });
  expect(browsing.ether.links).toHaveLength(1);

  await browsing.ether.pass(300_000);
  expect(browsing.services.map(({ instance }) => instance)).toContain('door');
});

test('END-03: a server that broke a rule is left alone for an hour, says why, and is tried at once when a person asks', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  await browsing.ether.pass(60_000);

  browsing.ether.link.inject(Uint8Array.of(0, 3, 1, 2, 3));
  await browsing.ether.flow();
  await browsing.ether.pass(3_599_000);
  expect(browsing.ether.links).toHaveLength(1);
  expect(browsing.domain()).toMatchObject({
    state: 'polling',
    reason: expect.stringContaining('RFC 8490 §5.4'),
  });

  browsing.workspace.execute({ kind: 'retry-domain', id: 'office.test' });
  await browsing.ether.flow();
  expect(browsing.domain()).toMatchObject({ state: 'live' });
});
