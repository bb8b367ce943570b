/**
 * A network in memory for tests: the demo server's zones, a resolver that asks them, and push sessions between the two real
 * ends of the protocol. Nothing happens by itself: `flow` delivers what is under way, `pass` lets time go by.
 */
import type { DoubtedRecord } from '../../../protocol/push/tlvs.ts';
import { readMessage, writeQuery } from '../../../protocol/wire/message.ts';
import type { Name } from '../../../protocol/wire/name.ts';
import { srvRdata } from '../../../protocol/wire/rdata.ts';
import type { Question } from '../../../protocol/wire/record.ts';
import { RecordType } from '../../../protocol/wire/registry.ts';
import { Responder } from '../../demo/responder.ts';
import type { Zone } from '../../demo/zone.ts';
import { readZoneFile } from '../../demo/zone-file.ts';
import { Zones } from '../../demo/zones.ts';
import type { SecureAddress } from '../../net/resolver-address.ts';
import type { Resolver } from '../../net/resolver.ts';
import type { CheckTcp } from '../../net/tcp-check.ts';
import type { Connect } from '../../net/tls-transport.ts';
import { VirtualClock } from '../../net/virtual-clock.ts';
import { EtherLink } from './ether-link.ts';

/** A network that still moves after so many rounds feeds itself. */
const MAX_ROUNDS = 100_000;
/** The same for so many lookups within one flow, which can follow one another without a round in between. */
const MAX_LOOKUPS = 20_000;

/** The ports of a zone's push servers, as its SRV records have them. */
export function portsOf(zone: Zone): readonly number[] {
  const srvs = zone.recordsAt(zone.origin.prepend('_dns-push-tls', '_tcp'));
  return srvs.filter(({ type }) => type === RecordType.SRV).map(({ rdata }) => srvRdata(rdata).port);
}

/** The network, its clock, its servers and its connections. */
export class Ether {
  readonly clock = new VirtualClock();
  readonly zones: Zones;
  /** Every connection that was ever made, in order. */
  readonly links: EtherLink[] = [];
  /** Names that the resolver has no answer for. */
  readonly silentNames = new Set<string>();
  /** Names that the resolver takes for ever to look up. */
  readonly slowNames = new Set<string>();
  /** Ports whose server is authoritative for nothing, where others are for the zones whose SRV records name them. */
  readonly foreignPorts = new Set<number>();
  /** Ports at which nothing listens. */
  readonly deadPorts = new Set<number>();
  /** Ports at which nothing so much as says that nothing listens. */
  readonly silentPorts = new Set<number>();
  /** Ports whose server cannot show who it is. */
  readonly strangePorts = new Set<number>();
  /** What becomes of the RCODE of each response at a port. */
  readonly rcodesOf = new Map<number, (rcode: number) => number>();
  /** All that the resolver was asked, in order. */
  readonly asked: Question[] = [];
  /** For how long a client that comes is sent away; undefined lets it in. */
  turnAwayMs: () => number | undefined = () => undefined;
  /** Every record that a client asked a server to reconfirm, in order. */
  readonly doubted: DoubtedRecord[] = [];
  /** Every address and port that a client tried whether anything is there, in order. */
  readonly tried: string[] = [];
  /** How long a connection takes to come about, and to end once the client has closed it, in milliseconds. */
  delaysMs = { opening: 0, ending: 0 };
  #lookups = 0;
  readonly #responder: Responder;
  readonly #underWay: (() => void)[] = [];

  /** `texts` are master files. */
  constructor(...texts: readonly string[]) {
    this.zones = new Zones(
      texts.map((text) => {
        const read = readZoneFile(text, 'test.zone');
        if (!read.ok) throw new TypeError(read.message);
        return read.zone;
      }),
    );
    this.#responder = new Responder(this.zones, [], this.clock);
    this.zones.onChange((changes) => {
      for (const link of this.links) link.publish(changes);
    });
  }

  readonly resolver: Resolver & { secureAddress: SecureAddress | undefined } = {
    query: (question, signal) => {
      if (++this.#lookups > MAX_LOOKUPS) return new Promise(() => undefined); // `flow` tells
      this.asked.push(question);
      const asked = question.name.toString();
      if (this.slowNames.has(asked)) {
        return new Promise((resolve) => {
          const cancelled = { kind: 'failed', reason: 'The lookup was cancelled.' } as const;
          signal?.addEventListener('abort', () => resolve(cancelled), { once: true });
        });
      }
      const query = writeQuery(1, question, true, 1232);
      const answer = this.silentNames.has(asked) ? undefined : this.#responder.respond(query, true);
      if (answer === undefined) return Promise.resolve({ kind: 'failed', reason: `No answer for ${asked}` });
      return Promise.resolve({ kind: 'answer', message: readMessage(answer) });
    },
    forget: () => undefined,
    secureAddress: undefined,
  };

  readonly connect: Connect = (target, events) => {
    const served = new Set(this.zones.all.filter((zone) => portsOf(zone).includes(target.port)));
    const zones = {
      isAuthoritative: (name: Name) => {
        const zone = this.zones.zoneOf(name);
        const isServed = zone !== undefined && (target.role === 'resolver' || served.has(zone));
        return isServed && !this.foreignPorts.has(target.port);
      },
      matching: (question: Parameters<Zones['matching']>[0]) => this.zones.matching(question),
      doubted: (record: DoubtedRecord) => this.doubted.push(record),
      answer: (query: Uint8Array) => this.#responder.respond(query, true),
    };
    const state = this.#stateOf(target.port);
    const link = new EtherLink(target, events, {
      zones,
      clock: this.clock,
      later: (task) => this.#underWay.push(task),
      state,
      rcodeOf: (rcode) => this.rcodesOf.get(target.port)?.(rcode) ?? rcode,
      turnAwayMs: state === 'alive' ? this.turnAwayMs() : undefined,
      delaysMs: () => this.delaysMs,
    });
    this.links.push(link);
    return link.transport;
  };

  #stateOf(port: number): 'alive' | 'dead' | 'silent' | 'stranger' {
    if (this.silentPorts.has(port)) return 'silent';
    if (this.strangePorts.has(port)) return 'stranger';
    return this.deadPorts.has(port) ? 'dead' : 'alive';
  }

  /** Something takes connections at every port but those that are dead. */
  readonly checkTcp: CheckTcp = ({ addresses, port }) => {
    const place = `${addresses.join(' ')} port ${port}`;
    this.tried.push(place);
    const isDead = this.deadPorts.has(port);
    return Promise.resolve(
      isDead
        ? { kind: 'failed', text: `Nothing listens at ${place}.` }
        : { kind: 'connected', text: `${place} took the connection.` },
    );
  };

  /** The newest connection. */
  get link(): EtherLink {
    const link = this.links.at(-1);
    if (link === undefined) throw new Error('nothing has connected');
    return link;
  }

  /** Delivers everything that is under way, promises included, until nothing moves any more, or for so many rounds. */
  async flow(rounds = Infinity): Promise<void> {
    this.#lookups = 0;
    for (let round = 0; round < Math.min(rounds, MAX_ROUNDS); round++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#lookups > MAX_LOOKUPS) throw new Error('lookups follow one another without end');
      const tasks = this.#underWay.splice(0);
      if (tasks.length === 0) return;
      for (const task of tasks) task();
    }
    if (rounds > MAX_ROUNDS) throw new Error('the network does not come to rest');
  }

  /** Lets time pass and delivers what that sets off. */
  async pass(ms: number): Promise<void> {
    await this.flow();
    this.clock.advance(ms);
    await this.flow();
  }

  /** Lets time pass, and delivers whatever each thing that falls due meanwhile sets off before the next does. */
  async elapse(ms: number): Promise<void> {
    const { clock } = this;
    const untilMs = clock.nowMs() + ms;
    await this.flow();
    while (clock.nextDeadlineMs <= untilMs) {
      clock.advance(Math.max(0, clock.nextDeadlineMs - clock.nowMs()));
      await this.flow();
    }
    clock.advance(untilMs - clock.nowMs());
  }

  /** Forgets connections that are over and questions that were asked: in a long life they would fill the memory. */
  forget(): void {
    const open = this.links.filter(({ isOver }) => !isOver);
    this.links.splice(0, Infinity, ...open);
    this.asked.length = 0;
  }
}
