import type { Timeouts } from '../dso/base-tlvs.ts';
import { RECOMMENDED_KEEPALIVE_MS } from '../dso/base-tlvs.ts';
import type { Phase } from '../dso/session-phase.ts';
import { AnsweredNotice } from '../dso/operations.ts';
import { DsoSession } from '../dso/session.ts';
import type { CloseOutput, EndCause, SessionEvent, SessionOutput } from '../dso/session-output.ts';
import { unreachable } from '../errors.ts';
import type { Question } from '../wire/record.ts';
import { Rcode } from '../wire/registry.ts';
import type { Change } from './change.ts';
import type { Refusal } from './refusal.ts';
import { refusalOf } from './refusal.ts';
import type { Subscription } from './subscriptions.ts';
import { Subscriptions } from './subscriptions.ts';
import type { DoubtedRecord, PushTlv } from './tlvs.ts';
import { PUSH_TLV_RULES, reconfirmTlv, subscribeTlv, unsubscribeTlv } from './tlvs.ts';

/** What a client asks for in every Keepalive: 15 s of idleness, and a keepalive every hour (RFC 8490 §6.2, §6.5.2). */
const WISHES: Timeouts = { inactivityMs: 15_000, keepaliveMs: RECOMMENDED_KEEPALIVE_MS };
/** Bounded, so that no zone can make a client ask for ever more (RFC 8765 §3); a quarter of the MESSAGE IDs stay free. */
export const MAX_SUBSCRIPTIONS = 49_152;

/** What a push client wants done, and what it has to tell. */
export type ClientOutput =
  | SessionOutput
  | { readonly kind: 'established' }
  /** From here on the server tells of every change; what is there now comes first. */
  | { readonly kind: 'accepted'; readonly question: Question }
  /** The server declined. The subscription is gone; others are untouched (RFC 8765 §6.2.2). */
  | { readonly kind: 'refused'; readonly question: Question; readonly refusal: Refusal }
  /** The server ended a live subscription (RFC 8490 §5.6). */
  | { readonly kind: 'cancelled'; readonly question: Question; readonly refusal: Refusal }
  /** There are too many subscriptions already; nothing was sent. */
  | { readonly kind: 'over-limit'; readonly question: Question }
  /** Changes that at least one live subscription covers, in the order of the server. */
  | { readonly kind: 'changes'; readonly changes: readonly Change[] };

/** The client end of a push session: subscriptions on a DSO session (RFC 8765 §6). */
export class PushClient {
  readonly #session: DsoSession<PushTlv>;
  readonly #subscriptions = new Subscriptions();
  #hasReconfirmed = false;
  #wasReconfirmAnswered = false;

  constructor(nowMs: number) {
    this.#session = new DsoSession({ role: 'client', rules: PUSH_TLV_RULES, timeouts: () => WISHES }, nowMs);
  }

  get phase(): Phase {
    return this.#session.phase;
  }

  /** The timeouts in force. */
  get timeouts(): Timeouts {
    return this.#session.timeouts;
  }

  /** Whether the session ended because the server answered a RECONFIRM, for the `ReconfirmPolicy`. */
  get wasReconfirmAnswered(): boolean {
    return this.#wasReconfirmAnswered;
  }

  /** How many subscriptions there are, pending ones included. */
  get subscriptionCount(): number {
    return this.#subscriptions.size;
  }

  /** When `tick` has something to do; undefined while nothing is awaited. */
  get deadlineMs(): number | undefined {
    return this.#session.deadlineMs;
  }

  /** Opens the session, once TLS has authenticated the server. */
  open(nowMs: number): readonly ClientOutput[] {
    return [this.#session.open(nowMs)];
  }

  /** Subscribes to a question, unless it is subscribed to. It may be called before the session is established. */
  subscribe(question: Question, nowMs: number): readonly ClientOutput[] {
    const known = this.#subscriptions.find(question);
    if (known?.state === 'withdrawn') this.#subscriptions.put({ ...known, state: 'pending' });
    if (known !== undefined || this.#session.phase.name === 'ended') return [];
    const isOver = this.#subscriptions.size >= MAX_SUBSCRIPTIONS;
    const request = isOver ? undefined : this.#session.request(subscribeTlv(question), nowMs);
    if (request === undefined) return [{ kind: 'over-limit', question }];
    this.#subscriptions.put({ question, id: request.id, state: 'pending' });
    return [request.output];
  }

  /** Ends the subscription to a question, if there is one; PUSHes for it that are under way will be dropped. */
  unsubscribe(question: Question, nowMs: number): readonly ClientOutput[] {
    const known = this.#subscriptions.find(question);
    if (known === undefined) return [];
    if (this.#session.phase.name === 'established') return [this.#unsubscribe(known, nowMs)];
    this.#subscriptions.put({ ...known, state: 'withdrawn' });
    return [];
  }

  /** Asks the server to check a record that proved stale; only an established session can (RFC 8765 §6.5). */
  reconfirm(record: DoubtedRecord, nowMs: number): readonly ClientOutput[] {
    if (this.#session.phase.name !== 'established') return [];
    this.#hasReconfirmed = true;
    return [this.#session.notify(reconfirmTlv(record), nowMs)];
  }

  /** Takes octets of the server. */
  receive(chunk: Uint8Array, nowMs: number): readonly ClientOutput[] {
    const outputs: ClientOutput[] = [];
    for (const output of this.#session.receive(chunk, nowMs)) {
      if (output.kind === 'send') outputs.push(output);
      else if (output.kind === 'close') outputs.push(this.#ended(output));
      else outputs.push(...this.#event(output, nowMs));
    }
    return outputs;
  }

  /** Does what is due at `nowMs`. */
  tick(nowMs: number): readonly ClientOutput[] {
    return this.#session.tick(nowMs);
  }

  /** The network or the machine has changed: asks the server for a sign of life, soon (RFC 8490 §6.5). */
  probe(nowMs: number): readonly ClientOutput[] {
    return this.#session.probe(nowMs);
  }

  /** Ends the session in good order, all subscriptions with it (RFC 8765 §6.7). */
  close(cause: EndCause, reason: string): readonly ClientOutput[] {
    return this.#session.phase.name === 'ended' ? [] : [this.#session.close(cause, reason)];
  }

  /** Says of a session that a server ended by answering RECONFIRM why it did; UNSUBSCRIBEs nobody answers. */
  #ended(close: CloseOutput): CloseOutput {
    this.#wasReconfirmAnswered = this.#hasReconfirmed && close.fault instanceof AnsweredNotice;
    return this.#wasReconfirmAnswered
      ? { ...close, reason: `the server answered RECONFIRM: ${close.reason}` }
      : close;
  }

  #event(event: SessionEvent<PushTlv>, nowMs: number): readonly ClientOutput[] {
    switch (event.kind) {
      case 'established':
        return [event, ...this.#subscriptions.withdrawn.map((given) => this.#unsubscribe(given, nowMs))];
      case 'response':
        return this.#answered(event.id, event.rcode, event.retryDelayMs);
      case 'cancelled': {
        const subscription = this.#subscriptions.withId(event.id);
        if (subscription === undefined) return [];
        this.#subscriptions.remove(subscription);
        const refusal = refusalOf(event.rcode, event.retryDelayMs);
        return [{ kind: 'cancelled', question: subscription.question, refusal }];
      }
      case 'notice':
        return event.value.kind === 'push' ? this.#pushed(event.value.changes) : [];
      case 'request': // no TLV of the rules is a request of a server
      case 'ordinary': // this client sends no queries on the session
        return [];
      default:
        return unreachable(event);
    }
  }

  #answered(id: number, rcode: number, retryDelayMs: number | undefined): readonly ClientOutput[] {
    const subscription = this.#subscriptions.withId(id);
    if (subscription === undefined) return [];
    const { question, state } = subscription;
    if (rcode !== Rcode.NOERROR) {
      this.#subscriptions.remove(subscription);
      return state === 'withdrawn'
        ? []
        : [{ kind: 'refused', question, refusal: refusalOf(rcode, retryDelayMs) }];
    }
    this.#subscriptions.put({ ...subscription, state: 'live' });
    return [{ kind: 'accepted', question }];
  }

  #pushed(changes: readonly Change[]): readonly ClientOutput[] {
    const covered = this.#subscriptions.covered(changes);
    return covered.length === 0 ? [] : [{ kind: 'changes', changes: covered }];
  }

  #unsubscribe(subscription: Subscription, nowMs: number): SessionOutput {
    this.#subscriptions.remove(subscription);
    this.#session.release(subscription.id, nowMs);
    return this.#session.notify(unsubscribeTlv(subscription.id), nowMs);
  }
}
