import type { LookedAt } from '../../../protocol/dnssd/browser.ts';
import { unreachable } from '../../../protocol/errors.ts';
import { Name } from '../../../protocol/wire/name.ts';
import type { ServiceRow, TableName, Tables, Update } from '../../contract/api.ts';
import { typesOfFavourites } from '../followed-types.ts';
import { Browsing, OFFICE } from './browsing.ts';
import { expectSame } from './expect-same.ts';
import { truthOf } from './history-model.ts';
import { garbage } from './history-garbage.ts';
import { favouriteKey, favouriteRow, viewOf } from './history-looks.ts';
import type { HistoryStep, Kept } from './history-steps.ts';
import { DOMAINS, PORTS, RESOLVER } from './history-steps.ts';
import { expectKept, expectLive, expectPolled, heldBy } from './history-truth.ts';
import { expectHonesty } from './honesty.ts';

const LAB = OFFICE.replaceAll('office.test', 'lab.test')
  .replace('push A 192.0.2.2\n', '')
  .replace('853 push', '853 push.office.test.');
const SHOP = OFFICE.replaceAll('office.test', 'shop.test').replace(
  'SRV 0 0 853 push',
  'SRV 0 0 8853 push\n_dns-push-tls._tcp SRV 1 0 8854 push',
);
const ATTIC = OFFICE.replaceAll('office.test', 'attic.office.test').replace('853 push', '8855 push');
/** Longer than any server is left alone, any attempt waits, and any record of the histories ages. */
const PATIENCE_MS = 3 * 3_600_000;
/** Longer than two rounds of polls are apart, the longest there are. */
const RESIGNED_MS = 2_400_000;
/** Longer than a server takes to be found and a subscription to settle. */
const SETTLED_MS = 15_000;
/** For so long a server is not asked again what it declined (RFC 8765 §6.2.2); no person asks for that on a live session. */
const DECLINED_MS = 300_000;

/** Longer than a connection takes to end, one among them that leads nowhere, and than one to nowhere is tried. */
const LONGEST_END_MS = 11_000;

/**
 * How a history comes to its end. `patient`: so much time passes that everybody has tried again. `impatient`: a person asks
 * for another try. `confident`: nothing was ever wrong, so that nobody has to wait for anything. `resigned`: everything works
 * again but the push servers, which are gone for good.
 */
export type Rest = 'patient' | 'impatient' | 'confident' | 'resigned';

type Mirror = { readonly [T in TableName]: Map<string, Tables[T]> };

/** A workspace, a network and its zones, and what happens to them. */
export class History {
  readonly browsing: Browsing;
  readonly #keepsMemory: boolean;
  readonly #watched = new Set<string>();
  /** What a window knows that takes in every update. */
  readonly #mirror: Mirror = {
    activity: new Map(),
    domains: new Map(),
    ladders: new Map(),
    certificates: new Map(),
    services: new Map(),
    sessions: new Map(),
    departed: new Map(),
    digests: new Map(),
    favourites: new Map(),
    callouts: new Map(),
  };
  /** For how many rounds the network delivers behind the next step. */
  #rounds = Infinity;
  #wasDeclined = false;
  #lookedAt: LookedAt;

  /** `keepsMemory`: what was shown stays until it is certain that it is gone, and only what is looked at is asked for, as in a window. */
  constructor(keepsMemory = false) {
    this.#keepsMemory = keepsMemory;
    this.#lookedAt = keepsMemory ? new Set() : 'everything';
    this.browsing = new Browsing(OFFICE, LAB, SHOP, ATTIC, { keepsMemory, followsViews: keepsMemory });
    this.browsing.workspace.onUpdate((update) => this.#mirrored(update));
    this.#perform({ kind: 'watch', domain: DOMAINS[0] });
  }

  /** Lets one thing happen, and all that follows from it at once, unless haste was asked for. */
  async play(step: HistoryStep): Promise<void> {
    const rounds = this.#rounds;
    this.#rounds = step.kind === 'haste' ? step.rounds : Infinity;
    this.#perform(step);
    if (step.kind === 'wait') await this.browsing.ether.elapse(step.ms);
    else if (step.kind !== 'haste') await this.browsing.ether.flow(rounds);
    if (rounds === Infinity && step.kind !== 'haste')
      expectHonesty(this.browsing.workspace.snapshot().tables, heldBy(this.browsing));
    if (step.kind === 'again') await this.play({ kind: 'watch', domain: step.domain });
  }

  /** Everything works again, and so much time passes that it can have come right. */
  async comeToRest(how: Rest): Promise<void> {
    const { ether, workspace } = this.browsing;
    ether.deadPorts.clear();
    ether.silentPorts.clear();
    if (how === 'resigned') this.#endPush();
    ether.foreignPorts.clear();
    ether.silentNames.clear();
    workspace.resume();
    await this.browsing.ether.elapse(LONGEST_END_MS); // nobody asks for another try of what still looks live
    if (how === 'impatient') for (const id of this.#watched) workspace.execute({ kind: 'retry-domain', id });
    await this.browsing.ether.elapse(this.#restMs(how));
  }

  #endPush(): void {
    const { deadPorts, links } = this.browsing.ether;
    for (const port of PORTS) deadPorts.add(port);
    for (const link of links) link.cut();
  }

  #restMs(how: Rest): number {
    if (how === 'patient') return PATIENCE_MS;
    if (how === 'resigned') return RESIGNED_MS;
    return SETTLED_MS + (this.#wasDeclined ? DECLINED_MS : 0);
  }

  /** Fails unless every domain is polled, and what is shown is what the zones hold all the same. */
  expectPolledTruth(): void {
    expectPolled(this.browsing, this.#watched, this.#lookedAt);
  }

  /** Fails unless what is shown is what the zones hold, and what is open and subscribed to is what that needs. */
  expectTruth(): void {
    expectLive(this.browsing, this.#watched, this.#lookedAt);
    const { tables } = this.browsing.workspace.snapshot();
    for (const name of ['domains', 'services', 'sessions'] as const) {
      const mirrored = [...this.#mirror[name].values()].map((row) => JSON.stringify(row));
      expectSame(
        `the ${name} of a window`,
        mirrored,
        tables[name].map((row) => JSON.stringify(row)),
      );
    }
  }

  /** Fails unless every domain is with the first of its servers, which no other need take the place of. */
  expectFirstServers(): void {
    const { domains } = this.browsing.workspace.snapshot().tables;
    const later = domains.filter(({ server }) => server === 'push.shop.test:8854').map(({ id }) => id);
    expectSame('the domains with a later server', later, []);
  }

  /** Fails unless all that is waited for is the next Keepalive of each session and the zone of names that lie in none. */
  expectNoLeak(): void {
    const { ether } = this.browsing;
    const { domains, services: rows, sessions } = this.browsing.workspace.snapshot().tables;
    const looks = { lookedAt: this.#lookedAt, rows };
    const lost = domains.filter(({ id }) => truthOf(id, ether.zones, looks).refused.size > 0);
    expectSame('what is waited for', [String(ether.clock.waiting)], [String(sessions.length + lost.length)]);
  }

  /** Pauses, and fails unless nothing is open, asked or waited for then, but what is known ages. */
  async expectPause(): Promise<void> {
    const { ether, workspace } = this.browsing;
    let isComplete = false;
    void workspace.pause('The person has paused it.').then(() => (isComplete = true));
    await this.browsing.ether.elapse(LONGEST_END_MS);
    const { domains, sessions } = workspace.snapshot().tables;
    expectSame('the end of the pause', [String(isComplete)], ['true']);
    expectSame(
      'the sessions',
      sessions.map(({ id }) => id),
      [],
    );
    expectSame(
      'the open connections',
      ether.links.filter(({ isOver }) => !isOver).map(({ target }) => target.serverName),
      [],
    );
    expectSame(
      'the paused domains',
      domains.filter(({ state }) => state === 'paused').map(({ id }) => id),
      [...this.#watched],
    );
    await this.browsing.ether.elapse(PATIENCE_MS);
    const { services } = workspace.snapshot().tables;
    const isExpected = ({ standing }: ServiceRow): boolean => this.#keepsMemory && standing === 'cached';
    expectSame(
      'the services',
      services.filter((row) => !isExpected(row)).map(({ id }) => id),
      [],
    );
    expectSame('what is waited for', [String(ether.clock.waiting)], ['0']);
  }

  /** Keeps these and nothing else in the background; fails unless that alone is subscribed to then. */
  async expectNarrow(favourites: readonly Kept[]): Promise<void> {
    this.#perform({ kind: 'narrow', favourites });
    await this.browsing.ether.elapse(SETTLED_MS);
    const lookedAt = this.#lookedAt === 'everything' ? this.#lookedAt : new Set(favourites.map(favouriteKey));
    expectKept(this.browsing, typesOfFavourites(favourites.map(favouriteRow)), lookedAt);
  }

  /** Nobody watches anything any more; fails if something is left of it. */
  async end(): Promise<void> {
    for (const domain of this.#watched) this.#perform({ kind: 'remove', domain });
    await this.browsing.ether.elapse(1_000);
    const { tables } = this.browsing.workspace.snapshot();
    const rows = [...tables.domains, ...tables.services, ...tables.sessions].map(({ id }) => id);
    expectSame('what is left in the tables', rows, []);
    expectSame('what is waited for', [String(this.browsing.ether.clock.waiting)], ['0']);
    expectSame('what is left behind', [String(await this.browsing.end())], ['0']);
  }

  #perform(step: HistoryStep): void {
    const { ether, workspace } = this.browsing;
    switch (step.kind) {
      case 'edit':
        for (const { how, line } of step.edits) this.browsing.change(how, line, step.zone);
        return;
      case 'cut':
        ether.links.at(-1 - step.link)?.cut();
        return;
      case 'garbage':
        ether.links.at(-1 - step.link)?.inject(garbage(step.what));
        return;
      case 'retry-delay':
        ether.links.at(-1 - step.link)?.sendAway(step.ms);
        return;
      case 'port':
        ether.deadPorts.delete(step.port);
        ether.foreignPorts.delete(step.port);
        ether.silentPorts.delete(step.port);
        if (step.state === 'silent') ether.silentPorts.add(step.port);
        if (step.state === 'dead') ether.deadPorts.add(step.port);
        if (step.state === 'foreign') ether.foreignPorts.add(step.port);
        this.#wasDeclined ||= step.state === 'foreign';
        return;
      case 'pause':
        void workspace.pause('The person has paused it.'); // what is left of it shows at the end
        return;
      case 'resume':
        workspace.resume();
        return;
      case 'narrow':
        workspace.showFavourites(step.favourites.map(favouriteRow));
        workspace.narrow('Nobody looks.');
        return;
      case 'move':
        for (const link of ether.links) link.strand();
        workspace.suspect();
        return;
      case 'suspect':
        workspace.suspect();
        return;
      case 'resolver-pushes':
        ether.resolver.secureAddress = step.is ? RESOLVER : undefined;
        return;
      case 'delays':
        ether.delaysMs = step;
        return;
      case 'resolver':
        for (const name of [`_dns-push-tls._tcp.${step.zone}.`, `_services._dns-sd._udp.${step.zone}.`]) {
          if (step.isSilent) ether.silentNames.add(name);
          else ether.silentNames.delete(name);
        }
        return;
      case 'watch':
        workspace.watch({ domain: step.domain });
        this.#watched.add(step.domain);
        return;
      case 'again':
      case 'remove':
        workspace.execute({ kind: 'remove-domain', id: step.domain });
        this.#watched.delete(step.domain);
        return;
      case 'retry':
        workspace.execute({ kind: 'retry-domain', id: step.domain });
        return;
      case 'look':
        this.#look(step.names);
        return;
      case 'haste':
      case 'wait':
        return;
      default:
        unreachable(step);
    }
  }

  #look(names: readonly string[]): void {
    if (this.#lookedAt === 'everything') return;
    this.#lookedAt = new Set(names.map((name) => Name.of(name).key));
    this.browsing.workspace.look(1, viewOf(names));
  }

  #mirrored({ tables }: Update): void {
    take(this.#mirror.domains, tables.domains);
    take(this.#mirror.services, tables.services);
    take(this.#mirror.sessions, tables.sessions);
  }
}

function take<Row extends { readonly id: string }>(
  rows: Map<string, Row>,
  update: { readonly put: readonly Row[]; readonly drop: readonly string[] } | undefined,
): void {
  for (const id of update?.drop ?? []) rows.delete(id);
  for (const row of update?.put ?? []) rows.set(row.id, row);
}
