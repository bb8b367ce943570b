import { NO_ROWS } from '../contract/testing/rows.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Browsing, OFFICE } from './testing/browsing.ts';

let browsing: Browsing;

beforeEach(() => {
  browsing = new Browsing(OFFICE);
});

afterEach(async () => {
  expect(await browsing.end(), 'timers left behind').toBe(0);
});

test('a domain is live once its server accepted the first subscription, and its services are resolved', async () => {
  await browsing.watch('office.test');

  expect(browsing.domain()).toMatchObject({
    state: 'live',
    step: null,
    reason: null,
    server: 'push.office.test:853',
    services: 1,
  });
  expect(browsing.services).toMatchObject([
    {
      domain: 'office.test',
      type: '_ipp._tcp',
      typeName: 'Printer (IPP)',
      instance: 'Laser',
      host: 'laser.office.test',
      port: 631,
      addresses: ['192.0.2.10'],
      txt: [
        ['txtvers', '1'],
        ['ty', 'Acme Laser'],
      ],
      via: 'push',
    },
  ]);
});

test('a service that is added, changed and removed in the zone does so in the table, in one update each', async () => {
  await browsing.watch('office.test');
  await browsing.ether.pass(1_000);
  browsing.change(
    'add',
    '_ipp._tcp PTR Ink._ipp._tcp\nInk._ipp._tcp SRV 0 0 631 laser\nInk._ipp._tcp TXT "note=Hall"',
  );
  await browsing.ether.pass(1_000);

  expect(browsing.services.map(({ instance, addresses }) => [instance, addresses])).toEqual([
    ['Laser', ['192.0.2.10']],
    ['Ink', ['192.0.2.10']],
  ]);

  browsing.change('remove', 'Ink._ipp._tcp TXT "note=Hall"');
  browsing.change('add', 'Ink._ipp._tcp TXT "note=Room 7"');
  await browsing.ether.pass(1_000);
  expect(browsing.services[1]?.txt).toEqual([['note', 'Room 7']]);

  browsing.change('remove', '_ipp._tcp PTR Ink._ipp._tcp');
  await browsing.ether.pass(1_000);
  expect(browsing.services.map(({ instance }) => instance)).toEqual(['Laser']);
  expect(browsing.domain()?.services).toBe(1);
});

test('a service is sent once for what it says, not once more when the server accepts a question that changes nothing', async () => {
  await browsing.watch('office.test');
  await browsing.ether.pass(1_000);
  const sent: string[] = [];
  browsing.workspace.onUpdate(({ tables: { services } }) => {
    sent.push(...(services?.put ?? []).map(({ instance }) => instance));
  });
  browsing.change('add', '_ipp._tcp PTR Bare._ipp._tcp');
  await browsing.ether.pass(5_000);
  expect(sent).toEqual(['Bare']);
});

test('SD-10: a service that is no longer listed has its SRV, TXT and address subscriptions ended', async () => {
  await browsing.watch('office.test');
  const before = browsing.ether.link.session.subscriptionCount;

  browsing.change('remove', '_ipp._tcp PTR Laser._ipp._tcp');
  await browsing.ether.flow();

  expect(before).toBe(6); // types, instances, SRV, TXT, A, AAAA
  expect(browsing.ether.link.session.subscriptionCount).toBe(2);
});

test('a type of service can be watched by itself, beside its domain and on the same session', async () => {
  await browsing.watch('office.test');
  await browsing.watch('_ipp._tcp.office.test');

  expect(browsing.ether.links).toHaveLength(1);
  expect(browsing.domain('_ipp._tcp.office.test')).toMatchObject({ state: 'live', services: 1 });
  expect(browsing.services.map(({ domain, addresses }) => [domain, addresses])).toEqual([
    ['office.test', ['192.0.2.10']],
    ['_ipp._tcp.office.test', ['192.0.2.10']],
  ]);
});

test('PUSH-02: what two watches ask is subscribed to once, and ended with the last of them', async () => {
  await browsing.watch('office.test');
  await browsing.watch('_IPP._tcp.Office.Test');
  expect(browsing.ether.link.session.subscriptionCount).toBe(6);

  browsing.workspace.execute({ kind: 'remove-domain', id: 'office.test' });
  await browsing.ether.flow();

  expect(browsing.ether.link.session.subscriptionCount).toBe(5);
  expect(browsing.ether.link.serverEnd).toBeUndefined();
  expect(browsing.services).toHaveLength(1);
});

test('removing the last domain of a server closes its session in good order, without unsubscribing first', async () => {
  await browsing.watch('office.test');
  const writes = browsing.ether.link.clientWrites;

  browsing.workspace.execute({ kind: 'remove-domain', id: 'office.test' });
  await browsing.ether.flow();

  expect(browsing.ether.link.clientEnd).toBe('close');
  expect(browsing.ether.link.clientWrites).toBe(writes);
  expect(browsing.workspace.snapshot().tables).toEqual(NO_ROWS);
});

test('the opener and the first subscription leave in one write', async () => {
  await browsing.watch('_ipp._tcp.office.test');

  // Opener and PTR; SRV and TXT; A and AAAA: one write for each round trip.
  expect(browsing.ether.link.clientWrites).toBe(3);
});

test.each([
  ['a name that is none', 'a..b', 'bad-name'],
  ['the root', '.', 'bad-name'],
  ['a domain that is watched', 'Office.TEST.', 'already-watched'],
  ['a domain that is watched, in a pasted address', 'https://office.test/x', 'already-watched'],
  ['the root', '.', 'bad-name'],
])('%s is refused with a sentence', async (_, domain, code) => {
  await browsing.watch('office.test');

  const result = browsing.workspace.execute({ kind: 'add-domain', domain });

  expect(result).toMatchObject({ ok: false, code });
});

test('commands about a domain that is not there are refused', () => {
  for (const kind of ['remove-domain', 'retry-domain'] as const) {
    expect(browsing.workspace.execute({ kind, id: 'nowhere.test' })).toMatchObject({
      ok: false,
      code: 'unknown-domain',
    });
  }
});

test('closing ends every session in good order', async () => {
  await browsing.watch('office.test');

  await browsing.end();

  expect(browsing.ether.link.clientEnd).toBe('close');
});
