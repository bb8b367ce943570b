import { afterEach, beforeEach, expect, test } from 'vitest';
import { Browsing, OFFICE } from './testing/browsing.ts';
import { FakeServiceMemory } from './testing/service-memory.ts';

const INK = '_ipp._tcp PTR Ink._ipp._tcp\nInk._ipp._tcp SRV 0 0 631 laser\nInk._ipp._tcp TXT "note=Hall"';
const LASER = ['Laser._ipp._tcp SRV 0 0 631 laser', 'Laser._ipp._tcp SRV 0 0 6310 laser'] as const;
const PORT = 853;

let browsing: Browsing;
let told: string[];

beforeEach(() => {
  told = [];
});

afterEach(async () => {
  expect(await browsing.end(), 'timers left behind').toBe(0);
});

/** A workspace as a window has it; what it tells is kept as text, with how long ago it may have been. */
async function watched(
  fields: { readonly serviceMemory?: FakeServiceMemory; readonly isPassing?: boolean } = {},
) {
  const { isPassing, ...parts } = fields;
  browsing = new Browsing(OFFICE, {
    keepsMemory: true,
    ...parts,
    told: (news, { text, isPassing: isUnkept }) => {
      for (const { event, row, changed, atMs, sinceMs } of news) {
        const words = [isUnkept ? 'demo' : text, event, row.instance, ...changed];
        told.push([...words, ...(sinceMs === null ? [] : [`within ${(atMs - sinceMs) / 1000} s`])].join(' '));
      }
    },
  });
  browsing.workspace.watch({ domain: 'office.test', ...(isPassing === undefined ? {} : { isPassing }) });
  await browsing.ether.pass(5_000);
}

/** Nobody answers for so long. */
async function lose(ms: number): Promise<void> {
  browsing.ether.deadPorts.add(PORT);
  browsing.ether.links.at(-1)?.cut();
  await browsing.ether.pass(ms);
}

async function restore(): Promise<void> {
  browsing.ether.deadPorts.clear();
  browsing.workspace.execute({ kind: 'retry-domain', id: 'office.test' });
  await browsing.ether.pass(5_000);
}

function departed(): readonly string[] {
  const { departed: rows } = browsing.workspace.snapshot().tables;
  return rows.map(({ instance }) => instance);
}

const digests = () => browsing.workspace.snapshot().tables.digests;

test('the first look at a domain is no news, and what follows is told as it happens', async () => {
  await watched();
  expect(told).toEqual([]);
  browsing.change('add', INK);
  await browsing.ether.pass(1_000);
  browsing.change('remove', LASER[0]);
  browsing.change('add', LASER[1]);
  browsing.change('remove', INK);
  await browsing.ether.pass(1_000);
  expect(told).toEqual([
    'office.test appeared Ink',
    'office.test changed Laser port',
    'office.test left Ink',
  ]);
  expect(digests()).toEqual([]);
});

test('what is as before within a second has not changed', async () => {
  await watched();
  browsing.change('remove', LASER[0]);
  browsing.change('add', LASER[1]);
  await browsing.ether.pass(500);
  browsing.change('remove', LASER[1]);
  browsing.change('add', LASER[0]);
  await browsing.ether.pass(5_000);
  expect(told).toEqual([]);
});

test('what has changed since a domain was lost is told when it has settled, and with a loss of seconds shown once as a whole', async () => {
  await watched();
  browsing.change('add', INK);
  await browsing.ether.pass(1_000);
  told = [];
  const lostMs = browsing.ether.clock.wallMs();
  await lose(20_000);
  browsing.change('remove', INK);
  browsing.change('add', INK.replaceAll('Ink', 'New'));
  browsing.change('remove', LASER[0]);
  browsing.change('add', LASER[1]);
  expect(told).toEqual([]);
  await restore();
  expect(told.toSorted()).toEqual([
    'office.test appeared New within 22 s',
    'office.test changed Laser port within 22 s',
    'office.test left Ink within 22 s',
  ]);
  expect(digests()).toMatchObject([
    { id: 'office.test', fromMs: lostMs, untilMs: lostMs + 20_000, appeared: 1, changed: 1, left: 1 },
  ]);
  expect(digests()[0]!.items.map(({ event, instance, text }) => [event, instance, text])).toEqual([
    ['appeared', 'New', 'appeared'],
    ['left', 'Ink', 'left'],
    ['changed', 'Laser', 'changed its port'],
  ]);
});

test('a loss after which all is as before is not spoken of', async () => {
  await watched();
  await lose(20_000);
  await restore();
  expect(told).toEqual([]);
  expect(digests()).toEqual([]);
});

test('what changed within a loss of a moment is told, and is no digest', async () => {
  await watched();
  await lose(4_000);
  browsing.change('add', INK);
  await restore();
  expect(told).toEqual(['office.test appeared Ink within 6 s']);
  expect(digests()).toEqual([]);
});

test('a new start tells what has changed since the last run', async () => {
  const serviceMemory = new FakeServiceMemory();
  await watched({ serviceMemory });
  await browsing.end();
  told = [];
  serviceMemory.kept.set('office.test', {
    ...serviceMemory.kept.get('office.test')!,
    asOfMs: browsing.ether.clock.wallMs() - 600_000,
  });
  browsing = new Browsing(OFFICE, { keepsMemory: true, serviceMemory });
  browsing.change('add', INK);
  await browsing.watch('office.test');
  await browsing.ether.pass(5_000);
  expect(digests()).toMatchObject([{ appeared: 1, changed: 0, left: 0 }]);
});

test('what happens while nobody has taken note adds up, and what is undone is nothing', async () => {
  await watched();
  await lose(20_000);
  browsing.change('add', INK);
  await restore();
  await lose(20_000);
  browsing.change('remove', LASER[0]);
  browsing.change('add', LASER[1]);
  await restore();
  expect(digests()).toMatchObject([{ appeared: 1, changed: 1, left: 0 }]);
  await lose(20_000);
  browsing.change('remove', INK);
  await restore();
  expect(digests()).toMatchObject([{ appeared: 0, changed: 1, left: 0 }]);

  browsing.workspace.execute({ kind: 'dismiss-digest', id: 'office.test' });
  expect(digests()).toEqual([]);
});

test('a service that left stays in view for ten minutes, and counts nowhere', async () => {
  await watched();
  const laser = browsing.services[0]!;
  browsing.change('remove', '_ipp._tcp PTR Laser._ipp._tcp');
  await browsing.ether.pass(1_000);
  expect(browsing.services).toEqual([]);
  expect(browsing.domain()?.services).toBe(0);
  expect(browsing.workspace.snapshot().tables.departed).toEqual([
    { ...laser, leftMs: browsing.ether.clock.wallMs() - 1_000, unwatchedSinceMs: null },
  ]);
  await browsing.ether.pass(598_999);
  expect(departed()).toEqual(['Laser']);
  await browsing.ether.pass(1);
  expect(departed()).toEqual([]);
});

test('a service that comes back is itself again', async () => {
  await watched();
  browsing.change('remove', '_ipp._tcp PTR Laser._ipp._tcp');
  await browsing.ether.pass(1_000);
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp');
  await browsing.ether.pass(1_000);
  expect(departed()).toEqual([]);
  expect(browsing.services).toMatchObject([{ instance: 'Laser', standing: 'live' }]);
});

test('two hundred that left stay in view, the last of them; one or all are cleared when somebody asks', async () => {
  await watched();
  const pointers = Array.from({ length: 205 }, (_, at) => `_ipp._tcp PTR p${at}._ipp._tcp`).join('\n');
  browsing.change('add', pointers);
  await browsing.ether.pass(1_000);
  browsing.change('remove', pointers);
  await browsing.ether.pass(1_000);
  expect(departed()).toHaveLength(200);
  expect(departed()).not.toContain('p4');
  const [first] = browsing.workspace.snapshot().tables.departed;
  browsing.workspace.execute({ kind: 'clear-departed', id: first!.id });
  expect(departed()).toHaveLength(199);
  browsing.workspace.execute({ kind: 'clear-departed' });
  expect(departed()).toEqual([]);
});

test('what goes with a domain that is not watched any longer has not left', async () => {
  await watched();
  browsing.change('remove', '_ipp._tcp PTR Laser._ipp._tcp');
  browsing.change('add', INK);
  await browsing.ether.pass(1_000);
  told = [];
  browsing.workspace.execute({ kind: 'remove-domain', id: 'office.test' });
  expect(departed()).toEqual([]);
  expect(told).toEqual([]);
});

test('of a domain that is there for this run only it is shown what left, and told that nothing is to be kept', async () => {
  await watched({ isPassing: true });
  browsing.change('remove', '_ipp._tcp PTR Laser._ipp._tcp');
  await browsing.ether.pass(1_000);
  expect(departed()).toEqual(['Laser']);
  expect(told).toEqual(['demo left Laser']);
});

test('a command line has no memory of what left', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  await browsing.ether.pass(5_000);
  browsing.change('remove', '_ipp._tcp PTR Laser._ipp._tcp');
  await browsing.ether.pass(1_000);
  expect(departed()).toEqual([]);
});

test('what comes and goes within a second is no news, and what is taken apart and put together is one change', async () => {
  await watched();
  browsing.change('add', INK);
  await browsing.ether.pass(500);
  browsing.change('remove', INK);
  for (const how of ['remove', 'add'] as const) {
    browsing.change(how, '_ipp._tcp PTR Laser._ipp._tcp');
    await browsing.ether.pass(100);
  }
  browsing.change('remove', LASER[0]);
  await browsing.ether.pass(100);
  browsing.change('add', LASER[1]);
  await browsing.ether.pass(2_000);
  expect(told).toEqual(['office.test changed Laser port']);
});

test('SD-09: what changed in another zone while that was lost is told when it is certain, and its loss is no change', async () => {
  const shop = OFFICE.replaceAll('office.test', 'shop.test').replace('SRV 0 0 853', 'SRV 0 0 8853');
  browsing = new Browsing(OFFICE, shop, {
    keepsMemory: true,
    told: (news) =>
      told.push(
        ...news.map(({ row, changed, sinceMs }) => `${row.host} ${changed.join()} ${sinceMs !== null}`),
      ),
  });
  browsing.change('add', '_ipp._tcp PTR Laser._ipp._tcp.shop.test.');
  await browsing.watch('office.test');
  await browsing.ether.elapse(5_000);
  browsing.ether.deadPorts.add(8853);
  browsing.ether.links.findLast(({ target }) => target.port === 8853)?.cut();
  await browsing.ether.elapse(5_000);
  expect(told).toEqual([]);
  browsing.change('remove', LASER[0], 'shop.test');
  browsing.change('add', LASER[1], 'shop.test');
  browsing.ether.deadPorts.clear();
  await browsing.ether.elapse(60_000);
  expect(told).toEqual(['laser.shop.test port true']);
});

test('what is found out before a domain has settled for the first time is no news, even if it is lost in between', async () => {
  browsing = new Browsing(OFFICE, {
    keepsMemory: true,
    told: (news) => told.push(...news.map(({ event }) => event)),
  });
  await browsing.watch('office.test');
  await lose(20_000);
  browsing.change('add', INK);
  await restore();
  expect(browsing.services).toHaveLength(2);
  expect(told).toEqual([]);
  expect(digests()).toEqual([]);
});
