import { afterEach, beforeEach, expect, test } from 'vitest';
import { Browsing, OFFICE } from './testing/browsing.ts';
import { FakeServiceMemory } from './testing/service-memory.ts';

const INK = '_ipp._tcp PTR Ink._ipp._tcp\nInk._ipp._tcp SRV 0 0 631 laser\nInk._ipp._tcp TXT "note=Hall"';

let serviceMemory: FakeServiceMemory;
let browsing: Browsing;

beforeEach(() => {
  serviceMemory = new FakeServiceMemory();
});

afterEach(async () => {
  expect(await browsing.end(), 'timers left behind').toBe(0);
});

function opened(office = OFFICE): Browsing {
  browsing = new Browsing(office, { keepsMemory: true, serviceMemory });
  return browsing;
}

/** A run in which two printers were seen, and when it ended. */
async function firstRun(): Promise<number> {
  opened();
  browsing.change('add', INK);
  await browsing.watch('office.test');
  await browsing.ether.pass(60_000);
  const endedMs = browsing.ether.clock.wallMs();
  await browsing.end();
  return endedMs;
}

/** The services as `Laser cached`, in order. */
function standings(): readonly string[] {
  return browsing.services.map(({ instance, standing }) => `${instance} ${standing}`).toSorted();
}

const keptNames = (): readonly string[] | undefined =>
  serviceMemory.kept
    .get('office.test')
    ?.services.map(({ instance }) => instance)
    .toSorted();

test('the list of the last run shows before anybody has answered, as of when that run ended, and counts as what it is', async () => {
  const endedMs = await firstRun();
  const { silentNames } = opened().ether;
  for (const name of ['_dns-push-tls._tcp', '_services._dns-sd._udp'])
    silentNames.add(`${name}.office.test.`);
  const watched = browsing.watch('office.test');
  expect(standings()).toEqual(['Ink cached', 'Laser cached']);
  expect(browsing.domain()).toMatchObject({ services: 2, unconfirmed: 2, asOfMs: endedMs, settledMs: null });
  expect(browsing.services[0]).toMatchObject({ typeName: 'Printer (IPP)', host: 'laser.office.test' });

  await watched;
  await browsing.ether.pass(600_000);
  expect(standings()).toEqual(['Ink cached', 'Laser cached']);
});

test('a long list shows its first services at once and the others a second later, or when the domain answers', async () => {
  await firstRun();
  serviceMemory.pieceSize = 1;
  opened().ether.silentNames.add('_dns-push-tls._tcp.office.test.');
  void browsing.workspace.pause('The window is hidden.');
  await browsing.watch('office.test');
  expect(standings()).toEqual(['Laser cached']);
  expect(browsing.domain()).toMatchObject({ services: 1, unconfirmed: 1 });
  await browsing.ether.pass(1_000);
  expect(standings()).toEqual(['Ink cached', 'Laser cached']);
  expect(browsing.domain()).toMatchObject({ services: 2, unconfirmed: 2 });
  await browsing.end();

  opened();
  await browsing.watch('office.test');
  expect(standings()).toEqual(['Ink cached', 'Laser live']);
});

test('a run that ends while a long list is shown loses none of it', async () => {
  await firstRun();
  serviceMemory.pieceSize = 1;
  opened();
  void browsing.workspace.pause('The window is hidden.');
  await browsing.watch('office.test');
  await browsing.end();
  expect(keptNames()).toEqual(['Ink', 'Laser']);
});

test('it shows while Herald is paused from the start', async () => {
  await firstRun();
  void opened().workspace.pause('You have paused it.');
  await browsing.watch('office.test');
  expect(standings()).toEqual(['Ink cached', 'Laser cached']);
});

test('live services take the place of those of the last run one by one, and what has left goes when the domain has settled', async () => {
  await firstRun();
  opened();
  const sinceMs = serviceMemory.kept.get('office.test')!.services.map((row) => row.sinceMs);
  await browsing.watch('office.test');
  expect(standings()).toEqual(['Ink cached', 'Laser live']);
  expect(browsing.services.find(({ instance }) => instance === 'Laser')?.sinceMs).toBe(sinceMs[0]);

  await browsing.ether.pass(5_000);
  expect(standings()).toEqual(['Laser live']);
  expect(browsing.domain()).toMatchObject({ services: 1, unconfirmed: 0, asOfMs: null });
});

test('what is kept is what is shown, never a list that is half confirmed', async () => {
  await firstRun();
  const kept = serviceMemory.kept.get('office.test');
  opened();
  browsing.change('add', '_ipp._tcp PTR New._ipp._tcp');
  await browsing.watch('office.test');
  await serviceMemory.flush();
  expect(serviceMemory.kept.get('office.test')?.asOfMs).toBe(kept?.asOfMs);
  expect(keptNames()).toEqual(['Ink', 'Laser']);

  await browsing.ether.pass(5_000);
  await serviceMemory.flush();
  expect(keptNames()).toEqual(['Laser', 'New']);
});

test('a pause keeps what was shown when it began, and so does a lost connection', async () => {
  opened();
  await browsing.watch('office.test');
  await browsing.ether.pass(5_000);
  const pausedMs = browsing.ether.clock.wallMs();
  void browsing.workspace.pause('The window is hidden.');
  expect(serviceMemory.kept.get('office.test')).toMatchObject({
    asOfMs: pausedMs,
    services: [{ port: 631 }],
  });
  await browsing.ether.pass(600_000);
  await browsing.end();
  expect(serviceMemory.kept.get('office.test')).toMatchObject({
    asOfMs: pausedMs,
    services: [{ port: 631 }],
  });
});

test('nothing is kept of a domain that is removed, or that is there for this run only', async () => {
  await firstRun();
  opened();
  await browsing.watch('office.test');
  browsing.workspace.execute({ kind: 'remove-domain', id: 'office.test' });
  browsing.workspace.watch({ domain: 'office.test', isPassing: true });
  await browsing.ether.pass(5_000);
  await browsing.end();
  expect(serviceMemory.kept.size).toBe(0);
});
