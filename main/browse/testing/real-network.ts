import { onTestFinished } from 'vitest';
import type { DomainRow, Update } from '../../contract/api.ts';
import type { LadderRow, LadderStep, Step } from '../../contract/ladder.ts';
import { DnsServer } from '../../demo/dns-server.ts';
import { PushListener } from '../../demo/push-listener.ts';
import { Responder } from '../../demo/responder.ts';
import { zones } from '../../demo/testing/zone-fixture.ts';
import type { Zones } from '../../demo/zones.ts';
import type { Endpoint } from '../../net/endpoint.ts';
import { cryptoRandom } from '../../net/random.ts';
import type { Resolver } from '../../net/resolver.ts';
import type { SecureAddress } from '../../net/resolver-address.ts';
import { StubResolver } from '../../net/resolver.ts';
import type { Identity } from '../../net/testing/certificates.ts';
import { AUTHORITY, IDENTITY } from '../../net/testing/recorded-transport.ts';
import { checkTcp } from '../../net/tcp-check.ts';
import type { TransportTarget } from '../../net/tls-opening.ts';
import { connectTls } from '../../net/tls-transport.ts';
import { VirtualClock } from '../../net/virtual-clock.ts';
import type { DomainTrust } from '../../net/domain-trust.ts';
import type { Security } from '../../../protocol/discovery/security.ts';
import { typeName } from '../../../protocol/wire/registry.ts';
import { Workspace } from '../workspace.ts';

/** What became of a domain. */
export interface Outcome {
  readonly domain: DomainRow;
  readonly ladder: LadderRow;
  /** The step of the ladder with this name. */
  readonly step: (step: Step) => LadderStep;
  /** Verdicts as one character each, in order: `+` passed, `x` failed, `.` under way, `-` not tried. */
  readonly verdicts: string;
}

const SIGNS = { passed: '+', failed: 'x', 'under-way': '.', 'not-tried': '-' } as const;

/** Starts a DNS server on loopback for `office.test`, with these lines of a zone, that ends with the test. */
export async function startZone(
  text: string,
): Promise<{ readonly endpoint: Endpoint; readonly store: Zones }> {
  return startZones({ 'office.test.': text });
}

/** The same for several zones, by their names. */
export async function startZones(
  texts: Readonly<Record<string, string>>,
): Promise<{ readonly endpoint: Endpoint; readonly store: Zones }> {
  const store = zones(texts);
  const clock = new VirtualClock();
  const server = await DnsServer.listen(new Responder(store, [], clock), 0, clock);
  onTestFinished(() => server.close());
  return { endpoint: { host: '127.0.0.1', port: server.port }, store };
}

/** Starts a push server on loopback that ends with the test. */
export async function startPush(store: Zones, identity: Identity = IDENTITY): Promise<PushListener> {
  const clock = new VirtualClock();
  const responder = new Responder(store, [], clock);
  const listener = await PushListener.listen({
    port: 0,
    certificate: { caPem: AUTHORITY.ca, certPem: identity.cert, keyPem: identity.key },
    zones: {
      isAuthoritative: (name) => store.isAuthoritative(name),
      matching: (question) => store.matching(question),
      answer: (query) => responder.respond(query, true),
    },
    clock,
  });
  onTestFinished(() => listener.close());
  return listener;
}

/** A workspace on real sockets, with one resolver and a clock that the test moves; it ends with the test. */
export class Watcher {
  readonly clock = new VirtualClock(0, Date.now()); // certificates are made for today
  readonly workspace: Workspace;

  /** Every question that was asked: `SRV _dns-push-tls._tcp.office.test.` */
  readonly asked: string[] = [];
  /** Everybody who was connected to, by name and port. */
  readonly targets: TransportTarget[] = [];

  /** The resolver as it is to be asked for push itself, where it is not that of the endpoint; lookups go there all the same. */
  secureAddress: SecureAddress | undefined;

  /** Stands for the authorities of the system, as PEM; undefined leaves those. */
  systemCa: string | undefined;

  /** `security` says what DNSSEC makes of each answer; without it nobody looks. */
  constructor(endpoint: Endpoint, security: (asked: string) => Security | undefined = () => undefined) {
    const { clock } = this;
    const stub = new StubResolver({ servers: [endpoint], clock, random: cryptoRandom });
    const resolver: Resolver = {
      query: async (question, signal) => {
        const asked = `${typeName(question.type)} ${question.name.toString()}`;
        this.asked.push(asked);
        const reply = await stub.query(question, signal);
        const known = security(asked);
        return reply.kind === 'failed' || known === undefined ? reply : { ...reply, security: known };
      },
      forget: () => stub.forget(),
    };
    Object.defineProperty(resolver, 'secureAddress', { get: () => this.secureAddress ?? stub.secureAddress });
    this.workspace = new Workspace({
      clock,
      connect: (target, events) => {
        this.targets.push(target);
        return connectTls({ ca: this.systemCa, ...target, clock }, events);
      },
      checkTcp: checkTcp(clock),
      random: () => 0.5,
      resolverAt: () => resolver,
      enumerationBases: () => Promise.resolve([]),
      updateIntervalMs: 0,
    });
    onTestFinished(async () => {
      const closed = this.workspace.close();
      clock.advance(1000);
      await closed;
      stub.close();
    });
  }

  /** Watches a domain; resolves when it has failed, is polled, or is live and some of its data has come. */
  watch(domain = 'office.test', trust: DomainTrust = {}): Promise<Outcome> {
    const outcome = this.next(({ domain: row, step }) => {
      return (
        row.state === 'failed' ||
        row.state === 'polling' ||
        (row.state === 'live' && step('data').verdict === 'passed')
      );
    });
    const result = this.workspace.watch({
      domain,
      trust: () => ({ ok: true, trust: { caPem: AUTHORITY.ca, ...trust } }),
    });
    if (!result.ok) throw new Error(result.message);
    return outcome;
  }

  /** The first outcome from now on that is as wanted. */
  next(isWanted: (outcome: Outcome) => boolean): Promise<Outcome> {
    return new Promise((resolve) => {
      const domains = new Map<string, DomainRow>();
      const ladders = new Map<string, LadderRow>();
      const stop = this.workspace.onUpdate((update: Update) => {
        for (const row of update.tables.domains?.put ?? []) domains.set(row.id, row);
        for (const row of update.tables.ladders?.put ?? []) ladders.set(row.id, row);
        for (const [id, domain] of domains) {
          const ladder = ladders.get(id);
          const outcome = ladder === undefined ? undefined : outcomeOf(domain, ladder);
          if (outcome === undefined || !isWanted(outcome)) continue;
          stop();
          resolve(outcome);
          return;
        }
      });
    });
  }
}

function outcomeOf(domain: DomainRow, ladder: LadderRow): Outcome {
  return {
    domain,
    ladder,
    step: (step) => ladder.steps.find((one) => one.step === step)!,
    verdicts: ladder.steps.map(({ verdict }) => SIGNS[verdict]).join(''),
  };
}
