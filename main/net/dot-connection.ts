import { framed, Framer } from '../../protocol/dso/framer.ts';
import type { Question } from '../../protocol/wire/record.ts';
import type { Clock } from './clock.ts';
import type { DnsQuery, QueryForm } from './dns-query.ts';
import { makeQuery, MAX_STRAYS, responseTo } from './dns-query.ts';
import { spokenEndpoint } from './endpoint.ts';
import type { Random } from './random.ts';
import type { SecureAddress } from './resolver-address.ts';
import type { TransportTarget } from './tls-opening.ts';
import type { Connect, Transport, TransportEnd } from './tls-transport.ts';
import type { Exchange } from './udp-exchange.ts';

/** A connection without questions is closed by us after this; a server may find it idle sooner (RFC 7766 §6.2.3). */
const IDLE_MS = 30_000;
/** A connection that ends without any answer is tried once more (RFC 7766 §6.2.4); a server that does it twice does it always. */
const MAX_SENDINGS = 2;

/** What a connection to a resolver is made of. */
export interface DotParts {
  readonly address: SecureAddress;
  readonly clock: Clock;
  readonly random: Random;
  /** Makes the TLS connection. */
  readonly connect: Connect;
}

/** A question under way. */
interface Pending {
  readonly query: DnsQuery;
  readonly onEnd: (end: Exchange) => void;
  readonly sendings: number;
}

type State =
  | { readonly name: 'idle' }
  | { readonly name: 'opening'; readonly transport: Transport }
  | { readonly name: 'open'; readonly transport: Transport; readonly framer: Framer };

/**
 * The way to one resolver over TLS (RFC 7858): one connection, made when there is something to ask, over which questions
 * follow one another without waiting (RFC 7766 §6.2.1.1). Answers come in any order and are told apart by ID and question
 * (§7). What a lost connection left unanswered goes over the next one. There is no way around TLS (RFC 8310 §5.1).
 */
export class DotConnection {
  readonly #parts: DotParts;
  /** `192.0.2.53 port 853` */
  readonly #place: string;
  /** By message ID. */
  readonly #pending = new Map<number, Pending>();
  /** IDs of questions that nobody waits for any more, whose answers may still come. */
  readonly #abandoned = new Set<number>();
  #state: State = { name: 'idle' };
  /** Whether anything was answered over this connection. */
  #isUseful = false;
  #strays = 0;
  #stopIdle = (): void => undefined;

  constructor(parts: DotParts) {
    this.#parts = parts;
    this.#place = spokenEndpoint(parts.address);
  }

  /** Asks a question; the returned function ends the waiting. `onEnd` is called once at most, and not within this call. */
  ask(question: Question, form: QueryForm, onEnd: (end: Exchange) => void): () => void {
    const isInUse = (id: number): boolean => this.#pending.has(id) || this.#abandoned.has(id);
    const query = makeQuery(question, this.#parts.random, form, isInUse);
    const pending = { query, onEnd, sendings: 0 };
    this.#stopIdle();
    this.#pending.set(query.id, pending);
    if (this.#state.name === 'idle') this.#open();
    else if (this.#state.name === 'open') this.#send(this.#state.transport, pending);
    return () => this.#abandon(query);
  }

  /** Closes the connection; questions under way are not answered any more, and the next one makes another. */
  close(): void {
    this.#pending.clear();
    this.#leave('close');
  }

  #open(): void {
    const { identity, host, port } = this.#parts.address;
    const target: TransportTarget = {
      serverName: identity.name ?? host,
      port,
      addresses: [host],
      ...(identity.pins.length === 0 ? {} : { pins: identity.pins }),
      role: 'resolver',
    };
    const isCurrent = (): boolean => this.#state.name !== 'idle' && this.#state.transport === transport;
    const transport = this.#parts.connect(target, {
      onPhase: () => undefined,
      onSecure: () => {
        if (!isCurrent()) return;
        this.#state = { name: 'open', transport, framer: new Framer() };
        for (const pending of [...this.#pending.values()]) this.#send(transport, pending);
      },
      onData: (chunk) => {
        if (isCurrent()) this.#receive(chunk);
      },
      onEnd: (end) => {
        if (isCurrent()) this.#ended(end);
      },
    });
    this.#state = { name: 'opening', transport };
  }

  #send(transport: Transport, pending: Pending): void {
    const { query, onEnd, sendings } = pending;
    this.#pending.set(query.id, { query, onEnd, sendings: sendings + 1 });
    transport.send(framed(query.bytes));
  }

  #receive(chunk: Uint8Array): void {
    const state = this.#state;
    if (state.name !== 'open') return;
    for (const bytes of state.framer.receive(chunk)) {
      this.#take(bytes);
      if (this.#state !== state) return; // what took an answer may have closed this
    }
    this.#rest();
  }

  #take(bytes: Uint8Array): void {
    const id = bytes.length < 2 ? -1 : (bytes[0]! << 8) | bytes[1]!;
    const pending = this.#pending.get(id);
    const message = pending === undefined ? undefined : responseTo(pending.query, bytes);
    if (pending !== undefined && message !== undefined) {
      this.#isUseful = true;
      this.#pending.delete(id);
      pending.onEnd({ kind: 'response', message });
    } else if (!this.#abandoned.delete(id) && ++this.#strays > MAX_STRAYS) {
      this.#leave('abort');
      this.#fail({ kind: 'failed', problem: `${this.#place} sends answers to what nobody asked` });
    }
  }

  /** The connection is no more. Its questions go over another one, unless it never was, or two in turn have been useless. */
  #ended(end: TransportEnd): void {
    const { name } = this.#state;
    const isUseful = this.#isUseful;
    this.#forget();
    if (name === 'opening') this.#fail({ kind: 'unreached', reason: end.reason });
    else if (!isUseful) {
      const problem = `${this.#place} closes its TLS connections without an answer`;
      this.#fail({ kind: 'failed', problem }, MAX_SENDINGS);
    }
    if (this.#pending.size > 0 && this.#state.name === 'idle') this.#open();
  }

  /** Ends the questions that were sent so often. */
  #fail(end: Exchange, minSendings = 0): void {
    for (const pending of [...this.#pending.values()]) {
      const { id } = pending.query;
      if (pending.sendings < minSendings || this.#pending.get(id) !== pending) continue;
      this.#pending.delete(id);
      pending.onEnd(end);
    }
  }

  #abandon(query: DnsQuery): void {
    const pending = this.#pending.get(query.id);
    if (pending?.query !== query) return;
    this.#pending.delete(query.id);
    if (pending.sendings > 0) this.#abandoned.add(query.id);
    this.#rest();
  }

  /** Without questions the connection is kept for a while; one that is not secure yet is of no use. */
  #rest(): void {
    this.#stopIdle();
    if (this.#pending.size > 0 || this.#state.name === 'idle') return;
    if (this.#state.name === 'opening') return this.#leave('abort');
    const { clock } = this.#parts;
    this.#stopIdle = clock.at(clock.nowMs() + IDLE_MS, () => this.#leave('close'));
  }

  #leave(how: 'close' | 'abort'): void {
    const state = this.#state;
    this.#forget();
    if (state.name !== 'idle') state.transport[how]();
  }

  #forget(): void {
    this.#stopIdle();
    this.#state = { name: 'idle' };
    this.#abandoned.clear();
    this.#isUseful = false;
    this.#strays = 0;
  }
}
