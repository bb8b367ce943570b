import type { Random } from '../../protocol/testing/fuzz/random.ts';
import { Name } from '../../protocol/wire/name.ts';
import { Workspace } from '../../main/browse/workspace.ts';
import { ZONES } from '../../main/browse/testing/history-steps.ts';
import { DnsServer } from '../../main/demo/dns-server.ts';
import { Responder } from '../../main/demo/responder.ts';
import { throwAwayKey } from '../../main/demo/tsig-key.ts';
import type { Zones } from '../../main/demo/zones.ts';
import { cryptoRandom } from '../../main/net/random.ts';
import { StubResolver } from '../../main/net/resolver.ts';
import { checkTcp } from '../../main/net/tcp-check.ts';
import { connectTls } from '../../main/net/tls-transport.ts';
import type { ChaosStep, SiteName } from './step.ts';
import { SITES } from './step.ts';
import { chaosZones, SERVER_NAMES, SERVER_ZONES } from './zone-texts.ts';
import { CountingClock } from './counting-clock.ts';
import { DnsGate } from './dns-gate.ts';
import type { Certificates } from './push-site.ts';
import { PushSite } from './push-site.ts';
import { sendUpdate } from './update-client.ts';
import { WorldLog } from './world-log.ts';
import type { Mismatch, SiteState, WorldTruth } from './world-truth.ts';
import { mismatchOf, worldTruth } from './world-truth.ts';
import { changesOf, reloadChanges } from './zone-texts.ts';

const KEY = throwAwayKey(Name.of('herald-demo'));

interface WorldParts {
  readonly zones: Zones;
  readonly sites: Readonly<Record<SiteName, PushSite>>;
  readonly dns: DnsServer;
  readonly gate: DnsGate;
  readonly certificates: Certificates;
  readonly random: Random;
}

/** A network on loopback with its zones and servers, faults in front of them, and a client of the application's own that watches. */
export class World {
  readonly zones: Zones;
  readonly sites: WorldParts['sites'];
  readonly log = new WorldLog();
  readonly workspace: Workspace;
  readonly watched = new Set<string>();
  readonly #dns: DnsServer;
  readonly #gate: DnsGate;
  readonly #clock = new CountingClock();
  readonly #resolver: StubResolver;
  readonly #caPem: string;
  /** What the zones come to; undefined when they have changed since it was worked out. */
  #truth: WorldTruth | undefined;
  /** What takes its time and is not waited for at once: restarts. */
  readonly #underWay = new Set<Promise<void>>();

  private constructor({ zones, sites, dns, gate, certificates, random }: WorldParts) {
    this.zones = zones;
    this.sites = sites;
    this.#dns = dns;
    this.#gate = gate;
    this.#caPem = certificates.good.caPem;
    const clock = this.#clock;
    this.#resolver = new StubResolver({
      servers: [{ host: '127.0.0.1', port: gate.port }],
      clock,
      random: cryptoRandom,
    });
    this.workspace = new Workspace({
      clock,
      connect: (target, events) => connectTls({ ...target, clock }, events),
      checkTcp: checkTcp(clock),
      random: () => random.u32() / 2 ** 32,
      resolverAt: () => this.#resolver,
      enumerationBases: () => Promise.resolve([]),
      updateIntervalMs: 50,
    });
    this.workspace.onUpdate((update) => this.log.noteUpdate(update));
    zones.onChange(() => (this.#truth = undefined));
  }

  /** Starts everything, and watches the zones. */
  static async start(certificates: Certificates, random: Random): Promise<World> {
    let zones = chaosZones({ office: 1, attic: 1, shop: 1, spare: 1 });
    const start = (name: SiteName): Promise<PushSite> =>
      PushSite.start({ zones: () => zones, origins: SERVER_ZONES[name] }, certificates, random);
    const sites = {
      office: await start('office'),
      attic: await start('attic'),
      shop: await start('shop'),
      spare: await start('spare'),
    };
    const port = (name: SiteName): number => sites[name].gate.port;
    zones = chaosZones({
      office: port('office'),
      attic: port('attic'),
      shop: port('shop'),
      spare: port('spare'),
    });
    zones.onChange((changes) => {
      for (const site of SITES) sites[site].publish(changes);
    });
    const dns = await DnsServer.listen(
      new Responder(zones, [KEY], new CountingClock()),
      0,
      new CountingClock(),
    );
    const gate = await DnsGate.open(dns.port, random);
    const world = new World({ zones, sites, dns, gate, certificates, random });
    for (const zone of ZONES) world.#watch(zone);
    return world;
  }

  /** How many connections were ever made to each server. */
  get connectionCounts(): readonly number[] {
    return SITES.map((site) => this.sites[site].gate.count);
  }

  /** What is not as it should be; undefined when all is. */
  get mismatch(): Mismatch | undefined {
    this.#truth ??= worldTruth(this.watched, this.zones);
    return mismatchOf(this.workspace.snapshot().tables, this.#truth, this.#siteStates);
  }

  /** Does one thing. What is under way when it returns is over at the next `heal`. */
  async perform(step: Exclude<ChaosStep, { readonly kind: 'rest' }>): Promise<void> {
    if ('site' in step) {
      this.#hit(step, this.sites[step.site]);
      return;
    }
    switch (step.kind) {
      case 'edit': {
        const changes = changesOf(step.edits, step.zone);
        if (step.via === 'update') await sendUpdate(this.#dns.port, step.zone, changes, KEY);
        else this.zones.zone(Name.of(step.zone))?.apply(changes);
        return;
      }
      case 'reload':
        this.zones.zone(Name.of(step.zone))?.apply(reloadChanges(this.zones, step.zone, step.lines));
        return;
      case 'dns':
        this.#gate.weather = step.weather;
        return;
      case 'watch':
        this.#watch(step.domain);
        return;
      case 'remove':
        if (this.watched.size > 1) this.#remove(step.domain);
        return;
      case 'again':
        if (!this.watched.has(step.domain)) return;
        this.#remove(step.domain);
        this.#watch(step.domain);
        return;
      case 'pause':
        void this.workspace.pause('Nobody looks.'); // over when connections are gone, which a stall may keep
        return;
      case 'resume':
        this.workspace.resume();
        return;
      case 'suspect':
        this.workspace.suspect();
        return;
      case 'wait':
        await new Promise((resolve) => setTimeout(resolve, step.ms));
        return;
    }
  }

  /** Makes everything work again, and somebody look at it. */
  async heal(): Promise<void> {
    this.#gate.weather = 'clear';
    await Promise.all(this.#underWay);
    for (const site of SITES) this.sites[site].heal();
    this.workspace.resume();
  }

  /** A person who sees that a domain is not live asks for another try. */
  tryAgain(): void {
    for (const { id, state } of this.workspace.snapshot().tables.domains)
      if (state !== 'live') this.workspace.execute({ kind: 'retry-domain', id });
  }

  /** For how long every domain has been live: 0 when one is not. */
  get liveMs(): number {
    const nowMs = this.#clock.wallMs();
    const { domains } = this.workspace.snapshot().tables;
    return Math.min(...domains.map(({ state, sinceMs }) => (state === 'live' ? nowMs - sinceMs : 0)));
  }

  /** What is left open and waited for on the client's side and at the servers: nothing, some time after `closeClient`. */
  get leftovers(): readonly string[] {
    const { waiting } = this.#clock;
    const sites = this.#siteStates.filter(({ sessions, connections }) => sessions + connections > 0);
    return [
      ...(waiting === 0 ? [] : [`${waiting} timers of the client`]),
      ...sites.map(
        ({ server, sessions, subscriptions, connections }) =>
          `${server}: ${connections} connections, ${sessions} sessions, ${subscriptions} subscriptions`,
      ),
    ];
  }

  /** The client goes. */
  async closeClient(): Promise<void> {
    await this.workspace.close();
    this.#resolver.close();
  }

  /** Ends the network. */
  async close(): Promise<void> {
    await Promise.all(this.#underWay);
    for (const site of SITES) await this.sites[site].close();
    await this.#gate.close();
    await this.#dns.close();
  }

  get #siteStates(): readonly SiteState[] {
    return SITES.map((name) => {
      const { gate, held } = this.sites[name];
      const server = `${SERVER_NAMES[name]}:${gate.port}`;
      return { server, zones: SERVER_ZONES[name], connections: gate.open, ...held };
    });
  }

  #hit(step: Extract<ChaosStep, { readonly site: SiteName }>, site: PushSite): void {
    switch (step.kind) {
      case 'weather':
        site.gate.weather = step.weather;
        return;
      case 'cutting':
        site.front.cutting = step.cutting;
        return;
      case 'reset':
        site.gate.reset();
        return;
      case 'shut':
        site.gate.isShut = true;
        return;
      case 'half-close':
        site.gate.halfClose(step.direction);
        return;
      case 'flip':
        site.gate.flip(step.direction);
        return;
      case 'restart':
        this.#begin(site.restart(step.how));
        return;
      case 'certificate':
        this.#begin(site.show(step.which));
        return;
    }
  }

  #begin(work: Promise<void>): void {
    this.#underWay.add(work);
    void work.finally(() => this.#underWay.delete(work)); // a server that does not start ends the run
  }

  #watch(domain: string): void {
    this.workspace.watch({ domain, caPem: this.#caPem });
    this.watched.add(domain);
    this.#truth = undefined;
  }

  #remove(domain: string): void {
    this.workspace.execute({ kind: 'remove-domain', id: domain });
    this.watched.delete(domain);
    this.#truth = undefined;
  }
}
