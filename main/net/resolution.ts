import type { DnsMessage } from '../../protocol/wire/message.ts';
import type { Question } from '../../protocol/wire/record.ts';
import { Rcode, RecordType } from '../../protocol/wire/registry.ts';
import type { Clock } from './clock.ts';
import type { DnsQuery, DnssecWish, QueryForm } from './dns-query.ts';
import { makeQuery } from './dns-query.ts';
import type { DotConnection } from './dot-connection.ts';
import { capitalised, spokenEndpoint } from './endpoint.ts';
import type { Random } from './random.ts';
import type { Resolved } from './resolved.ts';
import { pathOf } from './resolved.ts';
import type { ResolverAddress, SecureAddress } from './resolver-address.ts';
import { isSecure } from './resolver-address.ts';
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
  readonly servers: readonly ResolverAddress[];
  readonly clock: Clock;
  readonly random: Random;
  readonly dnssec?: DnssecWish | undefined;
  /** The connection to a resolver over TLS. */
  readonly dot: (address: SecureAddress) => DotConnection;
}

/** What is wrong with a server: a clause, or a sentence that stands by itself. */
type Problem = Extract<Exchange, { readonly kind: 'failed' | 'unreached' }>;

/**
 * One question put to resolvers until one answers, all have failed, or the time is over. Asks over UDP and, when the
 * answer does not fit, over TCP; one that shows who it is, over TLS and no other way (RFC 8310 §5.1). A server that refuses or fails is given up for this question, the next asked at once.
 */
export class Resolution {
  readonly #context: ResolutionContext;
  readonly #question: Question;
  readonly #onReply: (reply: Resolved) => void;
  readonly #startMs: number;
  /** The exchanges under way, by what ends each. */
  readonly #exchanges = new Set<() => void>();
  /** What is wrong with the servers given up. */
  readonly #problems = new Map<ResolverAddress, Problem>();
  readonly #askings = new Map<ResolverAddress, number>();
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
    this.#ask(server, isSecure(server) ? 'padded' : 'plain');
    this.#scheduleRetry();
  }

  /** The first of those that were asked least and not given up. What went over TLS does not get lost on the way. */
  #nextServer(): ResolverAddress | undefined {
    const usable = this.#context.servers.filter(
      (server) => !this.#problems.has(server) && !(isSecure(server) && this.#askings.has(server)),
    );
    const fewest = Math.min(...usable.map((server) => this.#askingsOf(server)));
    return usable.find((server) => this.#askingsOf(server) === fewest);
  }

  #askingsOf(server: ResolverAddress): number {
    return this.#askings.get(server) ?? 0;
  }

  #scheduleRetry(): void {
    const planned = Math.max(MIN_ATTEMPTS, this.#context.servers.length);
    if (this.#attempts >= planned) return;
    const stepMs = (LAST_RETRY_MS - FIRST_RETRY_MS) / (planned - 2);
    const retryMs = this.#startMs + FIRST_RETRY_MS + (this.#attempts - 1) * stepMs;
    this.#stopRetry = this.#context.clock.at(retryMs, () => this.#attempt());
  }

  #ask(server: ResolverAddress, edns: QueryForm['edns']): void {
    const form = { edns, dnssec: this.#context.dnssec };
    if (isSecure(server)) return this.#askOverTls(server, form);
    const query = makeQuery(this.#question, this.#context.random, form);
    this.#start(
      (onEnd) => exchangeUdp(server, query, this.#context.random, onEnd),
      (end) => {
        const isCut = end.kind === 'response' && end.message.isTruncated;
        if (isCut || end.kind === 'flooded') this.#askOverTcp(server, query);
        else this.#take(server, form, end);
      },
    );
  }

  #askOverTcp(server: ResolverAddress, query: DnsQuery): void {
    this.#start(
      (onEnd) => exchangeTcp(server, query, onEnd),
      (end) => this.#take(server, query.form, end),
    );
  }

  #askOverTls(server: SecureAddress, form: QueryForm): void {
    const connection = this.#context.dot(server);
    this.#start(
      (onEnd) => connection.ask(this.#question, form, onEnd),
      (end) => this.#take(server, form, end),
    );
  }

  #start(exchange: (onEnd: (end: Exchange) => void) => () => void, onEnd: (end: Exchange) => void): void {
    const stop = exchange((end) => {
      this.#exchanges.delete(stop);
      onEnd(end);
    });
    this.#exchanges.add(stop);
  }

  #take(server: ResolverAddress, { edns }: QueryForm, end: Exchange): void {
    if (end.kind === 'flooded') throw new TypeError('what was flooded over UDP is asked over TCP');
    if (end.kind !== 'response') return this.#giveUp(server, end);
    const { message } = end;
    const reply: Resolved = { kind: 'answer', message, from: server, path: pathOf(server) };
    if (edns !== 'none' && chokesOnEdns(message)) {
      this.#ask(server, 'none');
    } else if (saysNothing(message)) {
      this.#errorAnswer ??= reply;
      this.#giveUp(server, { kind: 'failed', problem: '' });
    } else {
      this.#reply(reply);
    }
  }

  #giveUp(server: ResolverAddress, problem: Problem): void {
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
    const problems = [...this.#problems.values()];
    const sentences = problems.flatMap((problem) => (problem.kind === 'unreached' ? [problem.reason] : []));
    const clauses = this.#context.servers.flatMap((server) => this.#clause(server) ?? []);
    if (clauses.length === 0) return sentences.join(' ');
    const isSilent = this.#problems.size < this.#context.servers.length;
    const meaning = isSilent
      ? 'the resolver is down, or something on the way drops DNS. Check the network, or choose another resolver.'
      : 'no DNS resolver can be used there. Check its address and port, or choose another resolver.';
    return [`${capitalised(clauses.join('; '))}: ${meaning}`, ...sentences].join(' ');
  }

  /** What is wrong with a server, if it can be said in a clause. */
  #clause(server: ResolverAddress): string | undefined {
    const problem = this.#problems.get(server);
    if (problem === undefined)
      return `${spokenEndpoint(server)} did not answer within ${TIMEOUT_MS / 1000} seconds`;
    return problem.kind === 'failed' ? problem.problem : undefined;
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
