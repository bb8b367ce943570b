import type { DnsMessage } from '../../protocol/wire/message.ts';
import type { Question } from '../../protocol/wire/record.ts';
import { Rcode, RecordType } from '../../protocol/wire/registry.ts';
import type { Clock } from './clock.ts';
import type { DnsQuery } from './dns-query.ts';
import { makeQuery } from './dns-query.ts';
import type { Endpoint } from './endpoint.ts';
import { capitalised, spokenEndpoint } from './endpoint.ts';
import type { Random } from './random.ts';
import type { Resolved } from './resolved.ts';
import { exchangeTcp } from './tcp-exchange.ts';
import type { Exchange } from './udp-exchange.ts';
import { exchangeUdp } from './udp-exchange.ts';

/** A discovery proxy takes up to 6 s to say no (RFC 8766 §5.6), and its first answer may be lost. */
const TIMEOUT_MS = 10_000;
/** When an unanswered question is asked for the second time, and for the last; earlier askings are still listened to. */
const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 5000;
const MIN_ATTEMPTS = 3;

/** What a resolution needs. */
export interface ResolutionContext {
  /** Asked in turns, the first one first. */
  readonly servers: readonly Endpoint[];
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * One question put to resolvers until one answers, all have failed, or the time is over. Asks over UDP and, when the
 * answer does not fit, over TCP. A server that refuses or fails is given up for this question, the next asked at once.
 */
export class Resolution {
  readonly #context: ResolutionContext;
  readonly #question: Question;
  readonly #onReply: (reply: Resolved) => void;
  readonly #startMs: number;
  /** The exchanges under way, by what ends each. */
  readonly #exchanges = new Set<() => void>();
  /** What is wrong with the servers given up, one clause each. */
  readonly #problems = new Map<Endpoint, string>();
  readonly #askings = new Map<Endpoint, number>();
  #attempts = 0;
  #errorAnswer: Resolved | undefined;
  #stopRetry = (): void => undefined;
  readonly #stopTimeout: () => void;

  /** Starts at once. `onReply` is called once, and not within this call. */
  constructor(context: ResolutionContext, question: Question, onReply: (reply: Resolved) => void) {
    this.#context = context;
    this.#question = question;
    this.#onReply = onReply;
    const { clock } = context;
    this.#startMs = clock.nowMs();
    this.#stopTimeout = clock.at(this.#startMs + TIMEOUT_MS, () => this.#finish());
    this.#attempt();
  }

  /** Ends it without a reply. */
  cancel(): void {
    this.#stopTimeout();
    this.#stopRetry();
    for (const stop of this.#exchanges) stop();
    this.#exchanges.clear();
  }

  #attempt(): void {
    this.#stopRetry();
    const server = this.#nextServer();
    if (server === undefined) return;
    this.#attempts++;
    this.#askings.set(server, this.#askingsOf(server) + 1);
    this.#ask(server, makeQuery(this.#question, this.#context.random));
    this.#scheduleRetry();
  }

  /** The first of those that were asked least and not given up. */
  #nextServer(): Endpoint | undefined {
    const usable = this.#context.servers.filter((server) => !this.#problems.has(server));
    const fewest = Math.min(...usable.map((server) => this.#askingsOf(server)));
    return usable.find((server) => this.#askingsOf(server) === fewest);
  }

  #askingsOf(server: Endpoint): number {
    return this.#askings.get(server) ?? 0;
  }

  #scheduleRetry(): void {
    const planned = Math.max(MIN_ATTEMPTS, this.#context.servers.length);
    if (this.#attempts >= planned) return;
    const stepMs = (LAST_RETRY_MS - FIRST_RETRY_MS) / (planned - 2);
    const retryMs = this.#startMs + FIRST_RETRY_MS + (this.#attempts - 1) * stepMs;
    this.#stopRetry = this.#context.clock.at(retryMs, () => this.#attempt());
  }

  #ask(server: Endpoint, query: DnsQuery): void {
    const stop = exchangeUdp(server, query, this.#context.random, (end) => {
      this.#exchanges.delete(stop);
      if (end.kind === 'response' && end.message.isTruncated) this.#askOverTcp(server, query);
      else this.#take(server, query, end);
    });
    this.#exchanges.add(stop);
  }

  #askOverTcp(server: Endpoint, query: DnsQuery): void {
    const stop = exchangeTcp(server, query, (end) => {
      this.#exchanges.delete(stop);
      this.#take(server, query, end);
    });
    this.#exchanges.add(stop);
  }

  #take(server: Endpoint, query: DnsQuery, end: Exchange): void {
    if (end.kind === 'failed') {
      this.#giveUp(server, end.problem);
      return;
    }
    const { message } = end;
    if (query.hasEdns && chokesOnEdns(message)) {
      this.#ask(server, makeQuery(this.#question, this.#context.random, false));
    } else if (saysNothing(message)) {
      this.#errorAnswer ??= { kind: 'answer', message, from: server };
      this.#giveUp(server, '');
    } else {
      this.#reply({ kind: 'answer', message, from: server });
    }
  }

  #giveUp(server: Endpoint, problem: string): void {
    this.#problems.set(server, problem);
    if (this.#problems.size < this.#context.servers.length) this.#attempt();
    else this.#finish();
  }

  /** No server is left, or no time. An error that a resolver reported is worth more than silence. */
  #finish(): void {
    this.#reply(this.#errorAnswer ?? { kind: 'failed', reason: this.#reason() });
  }

  #reply(reply: Resolved): void {
    this.cancel();
    this.#onReply(reply);
  }

  #reason(): string {
    const silence = `did not answer within ${TIMEOUT_MS / 1000} seconds`;
    const clauses = this.#context.servers.map(
      (server) => this.#problems.get(server) ?? `${spokenEndpoint(server)} ${silence}`,
    );
    const isSilent = this.#problems.size < this.#context.servers.length;
    const meaning = isSilent
      ? 'the resolver is down, or something on the way drops DNS. Check the network, or choose another resolver.'
      : 'no DNS resolver can be used there. Check its address and port, or choose another resolver.';
    return `${capitalised(clauses.join('; '))}: ${meaning}`;
  }
}

/** RFC 6891 §7: a server from before EDNS answers FORMERR, or NOTIMP, without an OPT record. */
function chokesOnEdns({ rcode, additionals }: DnsMessage): boolean {
  const isError = rcode === Rcode.FORMERR || rcode === Rcode.NOTIMP;
  return isError && !additionals.some((record) => record.type === RecordType.OPT);
}

/** RCODEs that speak of the server, not of the name: another server may know. */
function saysNothing({ rcode }: DnsMessage): boolean {
  return rcode !== Rcode.NOERROR && rcode !== Rcode.NXDOMAIN;
}
