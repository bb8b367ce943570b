import { afterEach, expect, test } from 'vitest';
import { Name } from '../../protocol/wire/name.ts';
import type { Whereabouts } from '../net/surroundings.ts';
import { NO_PLACE } from './place-rule.ts';
import type { DomainPlace } from './place-rule.ts';
import { Places } from './places.ts';
import { Browsing, OFFICE } from './testing/browsing.ts';

const at = (mark: string): Whereabouts => ({ kind: 'network', mark, routes: [] });
const UNSURE: Whereabouts = { kind: 'unsure', routes: [] };

/** Places kept in memory, on a machine that is carried about. */
class Journey {
  whereabouts: Whereabouts = at('home');
  keepsApart = true;
  /** Whether the resolvers know nothing of any domain. */
  isStranger = false;
  readonly kept = new Map<string, DomainPlace>();
  readonly moves: string[] = [];
  readonly places: Places;
  readonly browsing: Browsing;

  constructor(...zones: readonly string[]) {
    const book = {
      isKeptApart: () => this.keepsApart,
      placeOf: (id: string) => this.kept.get(id) ?? NO_PLACE,
      join: (id: string, mark: string) => {
        const place = book.placeOf(id);
        this.kept.set(id, { ...place, networks: [...place.networks, mark] });
      },
    };
    this.places = new Places({
      book: {
        get keepsApart() {
          return book.isKeptApart();
        },
        placeOf: book.placeOf,
        join: book.join,
      },
      surroundings: { look: () => Promise.resolve(this.whereabouts) },
      moved: () => {
        this.moves.push(this.whereabouts.kind);
        this.browsing.workspace.review();
      },
    });
    this.browsing = new Browsing(...zones, {
      gateOf: (domain) => this.places.gateOf(domain),
      resolverAt: () => ({
        query: (question, signal) =>
          this.isStranger
            ? Promise.resolve({ kind: 'failed', reason: 'Nobody knows it here.' })
            : this.browsing.ether.resolver.query(question, signal),
        forget: () => undefined,
      }),
      keepsMemory: true,
    });
  }

  /** Carries the machine to another network, which it notices at once or only when something is asked. */
  async carry(whereabouts: Whereabouts, isNoticed = true): Promise<void> {
    this.whereabouts = whereabouts;
    if (isNoticed) await this.places.look();
    await this.browsing.ether.flow();
  }

  networks(id = 'office.test'): readonly string[] {
    return this.kept.get(id)?.networks ?? [];
  }

  /** How many questions about a domain the resolver got since the last time. */
  questions(within = 'office.test'): number {
    const asked = this.browsing.ether.asked.splice(0);
    return asked.filter(({ name }) => name.isWithin(Name.of(within))).length;
  }
}

let journey: Journey;

afterEach(async () => {
  expect(await journey.browsing.end(), 'timers left behind').toBe(0);
});

async function atHome(): Promise<Journey> {
  journey = new Journey(OFFICE);
  await journey.places.look();
  await journey.browsing.watch('office.test');
  expect(journey.browsing.domain()).toMatchObject({ state: 'live', services: 1 });
  expect(journey.questions()).toBeGreaterThan(0);
  return journey;
}

test('a domain without networks takes the first one that it is found on', async () => {
  await atHome();
  expect(journey.networks()).toEqual(['home']);
});

test('a network that does not know a domain does not become its own', async () => {
  journey = new Journey(OFFICE);
  const { browsing } = journey;
  journey.whereabouts = at('café');
  journey.isStranger = true;
  await journey.places.look();
  await browsing.watch('office.test');
  await browsing.ether.pass(60_000);
  expect(journey.networks()).toEqual([]);
  journey.isStranger = false;
  await journey.carry(at('home'));
  await browsing.ether.pass(300_000);
  expect(browsing.domain()).toMatchObject({ state: 'live' });
  expect(journey.networks()).toEqual(['home']);
});

test('a network that suggested a domain is its own at once', async () => {
  journey = new Journey(OFFICE);
  const { browsing } = journey;
  journey.kept.set('office.test', { ...NO_PLACE, isSuggested: true });
  journey.isStranger = true;
  await journey.places.look();
  await browsing.watch('office.test');
  expect(journey.networks()).toEqual(['home']);
});

test('on another network its session is left, nothing is asked, and its rows stay as remembered', async () => {
  const { browsing } = await atHome();
  await journey.carry(at('café'));
  browsing.workspace.suspect();
  await browsing.ether.pass(3_600_000);

  expect(browsing.domain()).toMatchObject({ state: 'elsewhere', step: null, services: 1, unconfirmed: 1 });
  expect(browsing.domain()?.reason).toMatch(/^Not asked here: office\.test belongs to another network\. /);
  expect(browsing.services.map(({ standing }) => standing)).toEqual(['cached']);
  expect(journey.questions()).toBe(0);
  expect(browsing.ether.links.map(({ clientEnd }) => clientEnd)).toEqual(['close']);
  expect(browsing.workspace.snapshot().tables.sessions).toEqual([]);
});

test('back on its network it is asked by itself', async () => {
  const { browsing } = await atHome();
  await journey.carry(at('café'));
  await journey.carry(at('home'));
  expect(browsing.domain()).toMatchObject({ state: 'live', reason: null });
  expect(journey.networks()).toEqual(['home']);
});

test('“Look here too” asks at once, and this network is one of the domain’s from then on', async () => {
  const { browsing } = await atHome();
  await journey.carry(at('café'));
  expect(browsing.workspace.execute({ kind: 'look-here', id: 'office.test' })).toEqual({ ok: true });
  await browsing.ether.flow();
  expect(browsing.domain()).toMatchObject({ state: 'live' });
  await journey.carry(at('train'));
  expect(browsing.domain()).toMatchObject({ state: 'elsewhere' });
  await journey.carry(at('café'));
  expect(browsing.domain()).toMatchObject({ state: 'live' });
  expect(journey.networks()).toEqual(['home', 'café']);
});

test('a question is held back on a network that nobody was told of yet, and the domain is then held', async () => {
  const { browsing } = await atHome();
  await journey.carry(at('café'), false);
  browsing.workspace.suspect();
  await browsing.ether.flow();
  expect(journey.questions()).toBe(0);
  expect(browsing.domain()).toMatchObject({ state: 'elsewhere' });
});

test('a lost session leads to no question and no connection on another network', async () => {
  const { browsing } = await atHome();
  await journey.carry(at('café'), false);
  for (const link of browsing.ether.links) link.cut();
  await browsing.ether.pass(3_600_000);
  expect(journey.questions()).toBe(0);
  expect(browsing.ether.links).toHaveLength(1);
  expect(browsing.domain()).toMatchObject({ state: 'elsewhere' });
});

test('a polled domain is polled no more on another network', async () => {
  journey = new Journey(OFFICE.replace(/^_dns-push.*$/m, ''));
  await journey.places.look();
  await journey.browsing.watch('office.test');
  await journey.browsing.ether.pass(60_000);
  expect(journey.browsing.domain()).toMatchObject({ state: 'polling' });
  journey.questions();
  await journey.carry(at('café'));
  await journey.browsing.ether.pass(3_600_000);
  expect(journey.questions()).toBe(0);
  expect(journey.browsing.domain()).toMatchObject({ state: 'elsewhere' });
});

test('elsewhere a service is not looked for, and trying again is refused with the reason', async () => {
  const { browsing } = await atHome();
  await journey.carry(at('café'));
  const [service] = browsing.services;
  const refused = { ok: false, code: 'elsewhere', message: browsing.domain()?.reason };
  expect(await browsing.workspace.execute({ kind: 'verify-service', id: service!.id })).toEqual(refused);
  expect(browsing.workspace.execute({ kind: 'retry-domain', id: 'office.test' })).toEqual(refused);
  expect(browsing.ether.tried).toEqual([]);
});

test('a domain that is elsewhere stays so over a pause, and a paused one is not asked for being home', async () => {
  const { browsing } = await atHome();
  await journey.carry(at('café'));
  await browsing.workspace.pause('No window shows it.');
  expect(browsing.domain()).toMatchObject({ state: 'elsewhere' });
  await journey.carry(at('home'));
  expect(browsing.domain()).toMatchObject({ state: 'paused' });
  expect(journey.questions()).toBe(0);
  browsing.workspace.resume();
  await browsing.ether.flow();
  expect(browsing.domain()).toMatchObject({ state: 'live' });
});

test('without any network, and with the setting off, a domain is asked for as ever', async () => {
  const { browsing } = await atHome();
  await journey.carry({ kind: 'nowhere' });
  expect(browsing.domain()).toMatchObject({ state: 'live' });
  await journey.carry(at('café'));
  expect(browsing.domain()).toMatchObject({ state: 'elsewhere' });
  journey.keepsApart = false;
  browsing.workspace.review();
  await browsing.ether.flow();
  expect(browsing.domain()).toMatchObject({ state: 'live' });
  expect(journey.networks()).toEqual(['home']);
});

test('while a router is silent sessions stay, and no question leaves', async () => {
  const { browsing } = await atHome();
  await journey.carry(UNSURE);
  expect(browsing.domain()).toMatchObject({ state: 'live' });
  for (const link of browsing.ether.links) link.cut();
  await browsing.ether.pass(60_000);
  expect(browsing.domain()?.reason).toMatch(/^Not asked at the moment: this network has not shown yet/);
  expect(journey.questions()).toBe(0);
  await journey.carry(at('home'));
  await browsing.ether.pass(300_000);
  expect(browsing.domain()).toMatchObject({ state: 'live' });
});

test('where the router is silent from the start, a person can have a domain asked for, which joins when it is not', async () => {
  journey = new Journey(OFFICE);
  journey.kept.set('office.test', { ...NO_PLACE, networks: ['home'] });
  journey.whereabouts = UNSURE;
  const { browsing } = journey;
  await browsing.watch('office.test');
  expect(browsing.domain()).toMatchObject({ state: 'elsewhere' });
  expect(browsing.workspace.execute({ kind: 'look-here', id: 'office.test' })).toEqual({ ok: true });
  await browsing.ether.flow();
  expect(browsing.domain()).toMatchObject({ state: 'live' });
  expect(journey.networks()).toEqual(['home']);
  await journey.carry(at('café'));
  expect(browsing.domain()).toMatchObject({ state: 'live' });
  expect(journey.networks()).toEqual(['home', 'café']);
});

test('a look that shows the same network tells nobody', async () => {
  await atHome();
  await journey.places.look();
  await journey.carry(at('home'));
  expect(journey.moves).toEqual(['network']);
});

test('a domain is not asked before the first look at the network', async () => {
  journey = new Journey(OFFICE);
  journey.kept.set('office.test', { ...NO_PLACE, networks: ['home'] });
  journey.whereabouts = at('café');
  await journey.browsing.watch('office.test');
  expect(journey.questions()).toBe(0);
  expect(journey.browsing.domain()).toMatchObject({ state: 'elsewhere' });
});
