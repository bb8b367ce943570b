import type { Timeouts } from '../dso/base-tlvs.ts';
import { MIN_KEEPALIVE_MS, RECOMMENDED_KEEPALIVE_MS, retryDelayTlv } from '../dso/base-tlvs.ts';
import type { Phase } from '../dso/session-phase.ts';
import { DsoSession } from '../dso/session.ts';
import type { PeerRequest, SessionEvent, SessionOutput } from '../dso/session-output.ts';
import { unreachable } from '../errors.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import { recordKey } from '../wire/record.ts';
import { Rcode, typeName } from '../wire/registry.ts';
import type { Change } from './change.ts';
import { pushMessages } from './push-messages.ts';
import { refusalOf } from './refusal.ts';
import { compacted } from './removals.ts';
import { Subscriptions } from './subscriptions.ts';
import type { DoubtedRecord, PushTlv } from './tlvs.ts';
import { PUSH_TLV_RULES, TOLERANT_PUSH_TLV_RULES } from './tlvs.ts';

/** The zones that a push server speaks for. */
export interface PushZones {
  /** Whether the name lies in one of the zones, existing or not. */
  isAuthoritative(name: Question['name']): boolean;
  /** The records that a subscription to the question is told of now: TYPE and CLASS 255 take all, CNAME matches any TYPE. */
  matching(question: Question): readonly ResourceRecord[];
  /**
   * Hears of a record that a client doubts (RFC 8765 §6.5). A server that knows its own zones has no use for it and leaves
   * it out; one that learns of them from elsewhere may look again. Nothing is answered (erratum 8560).
   */
  doubted?(record: DoubtedRecord): void;
  /** The answer to an ordinary message that came over a stream; undefined when it deserves none. */
  answer(query: Uint8Array): Uint8Array | undefined;
}

/** What a server decides for all its sessions. */
export interface PushServerOptions {
  /** More than these on one session are refused, so that no client can take all the memory. */
  readonly maxSubscriptions: number;
  /** The longest idleness granted, in milliseconds. */
  readonly maxInactivityMs: number;
  /** Whether an UNSUBSCRIBE that is not two octets long ends the session, or means nothing (see `TOLERANT_PUSH_TLV_RULES`). */
  readonly malformedUnsubscribe: 'abort' | 'ignore';
  /** The client is not let in and sent away for so long, in milliseconds, as soon as it can be told (see `Admission`). */
  readonly turnAwayMs?: number | undefined;
}

/** How a client is sent away: for so many milliseconds, and why. */
export interface Dismissal {
  readonly retryDelayMs: number;
  readonly rcode: number;
}

/** What suits a server with few clients. */
export const DEFAULT_SERVER_OPTIONS: PushServerOptions = {
  maxSubscriptions: 100_000,
  maxInactivityMs: 3_600_000,
  malformedUnsubscribe: 'abort',
};

/** The server end of one push session (RFC 8765 §6): the other half of `PushClient`. */
export class PushServerSession {
  readonly #zones: PushZones;
  readonly #options: PushServerOptions;
  readonly #session: DsoSession<PushTlv>;
  readonly #subscriptions = new Subscriptions();
  /** Records that new subscriptions are owed, each once, until the octets at hand are read (RFC 8765 §6.3.1). */
  readonly #owed = new Map<string, ResourceRecord>();
  /** How the client is sent away as soon as it can be told; undefined while it may stay. */
  #dismissal: Dismissal | undefined;

  constructor(zones: PushZones, options: PushServerOptions, nowMs: number) {
    this.#zones = zones;
    this.#options = options;
    const { turnAwayMs } = options;
    if (turnAwayMs !== undefined) this.#dismissal = { retryDelayMs: turnAwayMs, rcode: Rcode.SERVFAIL };
    const timeouts = (wishes: Timeouts | undefined): Timeouts => granted(wishes, options);
    const rules = options.malformedUnsubscribe === 'abort' ? PUSH_TLV_RULES : TOLERANT_PUSH_TLV_RULES;
    this.#session = new DsoSession({ role: 'server', rules, timeouts }, nowMs);
  }

  get phase(): Phase {
    return this.#session.phase;
  }

  /** How many subscriptions are live; none outlives the session (RFC 8765 §7.4). */
  get subscriptionCount(): number {
    return this.#session.phase.name === 'ended' ? 0 : this.#subscriptions.size;
  }

  /** What is subscribed to. */
  get questions(): readonly Question[] {
    return this.subscriptionCount === 0 ? [] : this.#subscriptions.questions;
  }

  /** When `tick` has something to do; undefined while nothing is awaited. */
  get deadlineMs(): number | undefined {
    return this.#session.deadlineMs;
  }

  /** Takes octets of the client. The first PUSH of its new subscriptions follows all the responses, in one batch. */
  receive(chunk: Uint8Array, nowMs: number): readonly SessionOutput[] {
    const outputs: SessionOutput[] = [];
    for (const output of this.#session.receive(chunk, nowMs)) {
      if (output.kind === 'send' || output.kind === 'close') outputs.push(output);
      else if (output.kind === 'established' && this.#dismissal !== undefined)
        outputs.push(...this.shutdown(this.#dismissal, nowMs));
      else outputs.push(...this.#event(output, nowMs));
    }
    const owed = [...this.#owed.values()].map((record): Change => ({ kind: 'add', record }));
    this.#owed.clear();
    return [...outputs, ...this.publish(owed, nowMs)];
  }

  /** Does what is due at `nowMs`. */
  tick(nowMs: number): readonly SessionOutput[] {
    return this.#session.tick(nowMs);
  }

  /**
   * Tells the client of those changes that a subscription of its covers, each once and in the fewest octets
   * (RFC 8765 §6.3.1). They have come true in the zones already.
   */
  publish(changes: readonly Change[], nowMs: number): readonly SessionOutput[] {
    if (this.#session.phase.name !== 'established') return [];
    const covered = this.#subscriptions.covered(changes);
    const compact = compacted(covered, (question) => this.#zones.matching(question));
    return pushMessages(compact).map((message) => this.#session.ordinary(message, nowMs));
  }

  /**
   * Asks the client to leave, and not to come back for a while (RFC 8490 §6.6.1). It is told behind the answer to its opener:
   * cut off before, it would take the server for one without DSO, for an hour (RFC 8490 §5.1.1). May be called twice.
   */
  shutdown(dismissal: Dismissal, nowMs: number): readonly SessionOutput[] {
    const { name } = this.#session.phase;
    if (name === 'ended' || name === 'draining') return [];
    this.#dismissal = dismissal;
    if (name === 'establishing') return [];
    return [this.#session.sendAway(dismissal.retryDelayMs, dismissal.rcode, nowMs)];
  }

  #event(event: SessionEvent<PushTlv>, nowMs: number): readonly SessionOutput[] {
    switch (event.kind) {
      case 'request':
        return event.value.kind === 'subscribe' ? [this.#subscribe(event, event.value.question, nowMs)] : [];
      case 'notice':
        if (event.value.kind === 'unsubscribe') this.#unsubscribe(event.value.id);
        else if (event.value.kind === 'reconfirm') this.#zones.doubted?.(event.value.record);
        return [];
      case 'ordinary': {
        const answer = this.#zones.answer(event.bytes);
        return answer === undefined ? [] : [this.#session.ordinary(answer, nowMs)];
      }
      case 'established':
      case 'response': // this server sends no requests
      case 'cancelled':
        return [];
      default:
        return unreachable(event);
    }
  }

  #subscribe(request: PeerRequest<PushTlv>, question: Question, nowMs: number): SessionOutput {
    if (this.#subscriptions.find(question) !== undefined) {
      const what = `${question.name.toString()} ${typeName(question.type)}`;
      return this.#session.abort('fault', `${what} is subscribed to already (RFC 8765 §6.2.1)`);
    }
    const rcode = this.#verdict(question);
    if (rcode !== Rcode.NOERROR) {
      const { delayMs } = refusalOf(rcode, this.#dismissal?.retryDelayMs);
      return this.#session.respond(request, rcode, [retryDelayTlv(delayMs)], nowMs);
    }
    this.#subscriptions.put({ question, id: request.id, state: 'live' });
    for (const record of this.#zones.matching(question)) this.#owed.set(recordKey(record), record);
    return this.#session.respond(request, rcode, [], nowMs);
  }

  #verdict(question: Question): number {
    if (this.#dismissal !== undefined) return Rcode.SERVFAIL;
    if (!this.#zones.isAuthoritative(question.name)) return Rcode.NOTAUTH;
    return this.#subscriptions.size < this.#options.maxSubscriptions ? Rcode.NOERROR : Rcode.REFUSED;
  }

  #unsubscribe(id: number | undefined): void {
    const subscription = id === undefined ? undefined : this.#subscriptions.withId(id);
    if (subscription === undefined) return; // it may have crossed an error response (RFC 8765 §6.4.1)
    this.#subscriptions.remove(subscription);
    this.#session.releasePeer(subscription.id);
  }
}

/** What a client is granted: its wishes within bounds, or the recommended values when it has none (RFC 8490 §6.5.2). */
function granted(wishes: Timeouts | undefined, options: PushServerOptions): Timeouts {
  return {
    inactivityMs: Math.min(wishes?.inactivityMs ?? options.maxInactivityMs, options.maxInactivityMs),
    keepaliveMs: Math.min(Math.max(wishes?.keepaliveMs ?? 0, MIN_KEEPALIVE_MS), RECOMMENDED_KEEPALIVE_MS),
  };
}
