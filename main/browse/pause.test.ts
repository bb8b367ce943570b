import { afterEach, expect, test } from 'vitest';
import { Browsing, OFFICE } from './testing/browsing.ts';

const LAB = OFFICE.replaceAll('office.test', 'lab.test').replace('SRV 0 0 853', 'SRV 0 0 8853');
const HIDDEN = 'No window shows it.';

let browsing: Browsing;

afterEach(async () => {
  expect(await browsing.end(), 'timers left behind').toBe(0);
});

test('LIFE-01: a pause closes every session in good order, without unsubscribing first, and says why', async () => {
  browsing = new Browsing(OFFICE, LAB);
  await browsing.watch('office.test');
  await browsing.watch('_ipp._tcp.office.test');
  await browsing.watch('lab.test');
  const writes = browsing.ether.links.map(({ clientWrites }) => clientWrites);

  const paused = browsing.workspace.pause(HIDDEN);
  await browsing.ether.flow();
  await paused;

  expect(browsing.ether.links.map(({ clientEnd }) => clientEnd)).toEqual(['close', 'close']);
  expect(browsing.ether.links.map(({ clientWrites }) => clientWrites)).toEqual(writes);
  const { domains, sessions } = browsing.workspace.snapshot().tables;
  expect(domains.map(({ state, reason }) => [state, reason])).toEqual(Array(3).fill(['paused', HIDDEN]));
  expect(sessions).toEqual([]);
});

test('LIFE-01: a pause is complete when the last connection is gone, and no sooner', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  browsing.ether.delaysMs = { opening: 0, ending: 300 };
  let isOver = false;

  void browsing.workspace.pause(HIDDEN).then(() => (isOver = true));
  await browsing.ether.pass(299);
  expect(isOver).toBe(false);

  await browsing.ether.pass(1);
  expect(isOver).toBe(true);
});

test('CHG-21: what is known when a pause begins stays for as long as its records live', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  void browsing.workspace.pause(HIDDEN);
  await browsing.ether.pass(119_000); // the TTL is 120 s
  expect(browsing.services).toHaveLength(1);

  await browsing.ether.pass(1_000);
  expect(browsing.services).toEqual([]);
  expect(browsing.domain()).toMatchObject({ state: 'paused', services: 0 });
  expect(browsing.ether.clock.waiting).toBe(0);
});

test('a pause calls off discovery that is under way, and a connection that is being made', async () => {
  browsing = new Browsing(OFFICE, LAB);
  browsing.ether.delaysMs = { opening: 300, ending: 0 };
  await browsing.watch('office.test');
  browsing.workspace.watch({ domain: 'lab.test' });
  const paused = browsing.workspace.pause(HIDDEN);
  await browsing.ether.pass(10_000);
  await paused;

  expect(browsing.ether.links).toHaveLength(1);
  expect(browsing.ether.link.clientEnd).toBe('close');
  expect(browsing.workspace.snapshot().tables.sessions).toEqual([]);
  expect(browsing.domain('lab.test')).toMatchObject({ state: 'paused', reason: HIDDEN });
});

test('after a pause each server is connected to once, at once and without a penalty', async () => {
  browsing = new Browsing(OFFICE, LAB);
  await browsing.watch('office.test');
  await browsing.watch('_ipp._tcp.office.test');
  await browsing.watch('lab.test');
  for (let times = 0; times < 3; times++) {
    void browsing.workspace.pause(HIDDEN);
    await browsing.ether.pass(60_000);
    browsing.workspace.resume();
    browsing.workspace.resume();
    expect(browsing.domain()).toMatchObject({ state: 'discovering', reason: null });

    await browsing.ether.pass(0);
    expect(browsing.ether.links).toHaveLength(4 + 2 * times);
    const { domains } = browsing.workspace.snapshot().tables;
    expect(domains.map(({ state }) => state)).toEqual(['live', 'live', 'live']);
  }
});

test('a wait that a server asked for goes on through a pause', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  browsing.ether.link.sendAway(60_000);
  await browsing.ether.flow();
  void browsing.workspace.pause(HIDDEN);
  await browsing.ether.pass(30_000);
  browsing.workspace.resume();
  await browsing.ether.pass(29_999);
  expect(browsing.ether.links).toHaveLength(1);

  await browsing.ether.pass(1);
  expect(browsing.domain()).toMatchObject({ state: 'live' });
});

test('who resumes while sessions are still closing gets new ones at once, and the pause ends with the old ones', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  browsing.ether.delaysMs = { opening: 0, ending: 5_000 };
  let isOver = false;
  void browsing.workspace.pause(HIDDEN).then(() => (isOver = true));
  browsing.workspace.resume();
  await browsing.ether.pass(1_000);
  expect(browsing.domain()).toMatchObject({ state: 'live' });

  await browsing.ether.pass(4_000);
  expect(isOver).toBe(true);
  expect(browsing.domain()).toMatchObject({ state: 'live' });
  browsing.ether.delaysMs = { opening: 0, ending: 0 };
});

test('a second pause changes nothing but the reason', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  void browsing.workspace.pause(HIDDEN);
  await browsing.ether.pass(10_000);
  const before = browsing.domain()!;
  await browsing.workspace.pause('The machine sleeps.');

  expect(browsing.domain()).toEqual({ ...before, reason: 'The machine sleeps.' });
});

test('a domain that is added during a pause waits for its end, as one that a person wants tried does', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.workspace.pause(HIDDEN);
  await browsing.watch('office.test');
  await browsing.ether.pass(10_000);
  expect(browsing.domain()).toMatchObject({ state: 'paused', reason: HIDDEN });
  expect(browsing.workspace.execute({ kind: 'retry-domain', id: 'office.test' })).toMatchObject({
    ok: false,
    code: 'paused',
    message: expect.stringContaining(HIDDEN),
  });

  browsing.workspace.resume();
  await browsing.ether.pass(1_000);
  expect(browsing.domain()).toMatchObject({ state: 'live', services: 1 });
});

test('LIFE-02: a session that the network took along is given up within seconds and begun again at once', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  await browsing.ether.pass(60_000);
  browsing.ether.link.strand();
  browsing.workspace.suspect();
  await browsing.ether.pass(3_000);
  browsing.workspace.suspect();
  await browsing.ether.pass(1_999);
  expect(browsing.ether.links).toHaveLength(1);

  await browsing.ether.pass(1);
  await browsing.ether.pass(0);
  expect(browsing.ether.links.map(({ clientEnd }) => clientEnd)).toEqual(['abort', undefined]);
  expect(browsing.domain()).toMatchObject({ state: 'live' });
});

test('LIFE-02: a session that outlives a change of the network is kept', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  const writes = browsing.ether.link.clientWrites;
  browsing.workspace.suspect();
  await browsing.ether.pass(60_000);

  expect(browsing.ether.link.clientWrites).toBe(writes + 1);
  expect(browsing.ether.links).toHaveLength(1);
  expect(browsing.domain()).toMatchObject({ state: 'live' });
});

test('after a change of the network a session is left whose server the zone no longer names', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  browsing.change('remove', '_dns-push-tls._tcp SRV 0 0 853 push');
  browsing.change('add', '_dns-push-tls._tcp SRV 0 0 8853 push');
  browsing.workspace.suspect();
  await browsing.ether.pass(3_000);

  expect(browsing.ether.links.map(({ target }) => target.port)).toEqual([853, 8853]);
  expect(browsing.domain()).toMatchObject({ state: 'live', server: 'push.office.test:8853' });
});

test('after a change of the network a domain that failed, or is being looked for, is looked for anew', async () => {
  browsing = new Browsing(OFFICE, LAB);
  browsing.ether.delaysMs = { opening: 300, ending: 0 };
  browsing.ether.silentNames.add('_services._dns-sd._udp.office.test.');
  await browsing.watch('office.test');
  await browsing.watch('lab.test');
  browsing.ether.silentNames.clear();
  browsing.ether.link.strand();
  browsing.workspace.suspect();
  await browsing.ether.pass(0);
  await browsing.ether.pass(300);

  const { domains } = browsing.workspace.snapshot().tables;
  expect(domains.map(({ state }) => state)).toEqual(['live', 'live']);
  await browsing.ether.pass(5_000); // the connection that leads nowhere is gone
});

test('a change of the network during a pause ends nothing and begins nothing', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  await Promise.all([browsing.workspace.pause(HIDDEN), browsing.ether.flow()]);
  browsing.workspace.suspect();
  await browsing.ether.pass(60_000);

  expect(browsing.ether.links).toHaveLength(1);
  expect(browsing.domain()).toMatchObject({ state: 'paused' });
});
