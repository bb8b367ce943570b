import type { Resolved } from '../../../main/net/resolved.ts';
import type { Resolver } from '../../../main/net/resolver.ts';
import { makeQuery, responseTo } from '../../../main/net/dns-query.ts';
import type { EndingResolver } from '../../../main/net/validating-resolver.ts';
import type { Received } from '../../../main/net/testing/fake-dns.ts';
import { emptyMessage, writeMessage } from '../../../protocol/wire/message.ts';
import type { DnsMessage } from '../../../protocol/wire/message.ts';
import type { Question } from '../../../protocol/wire/record.ts';
import { questionKey } from '../../../protocol/wire/record.ts';

/** What UDP carries of an answer; all beyond comes over TCP (RFC 9715 §3). */
const UDP_OCTETS = 1232;

/** True answers by question, each asked for once. */
export class TrueAnswers {
  readonly #resolver: Resolver;
  readonly #answers = new Map<string, Promise<DnsMessage | undefined>>();

  /** `resolver` asks for signatures. */
  constructor(resolver: Resolver) {
    this.#resolver = resolver;
  }

  /** The answer; undefined where nobody answered. */
  get(question: Question): Promise<DnsMessage | undefined> {
    const key = questionKey(question);
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = this.#resolver
      .query(question)
      .then((reply) => (reply.kind === 'answer' ? { ...reply.message, id: 0 } : undefined));
    this.#answers.set(key, answer);
    return answer;
  }
}

/**
 * A liar of a resolver: answers some questions with the octets that it is told to, and all others with the truth. Herald asks it
 * directly; other programs through a server that has `serve`.
 */
export class ScriptedAnswers implements EndingResolver {
  readonly #truth: TrueAnswers;
  #lies: ReadonlyMap<string, Uint8Array> = new Map();
  /** What it was asked since it was told last. */
  readonly asked = new Map<string, Question>();

  constructor(truth: TrueAnswers) {
    this.#truth = truth;
  }

  /** What to answer from now on, by `questionKey`: messages with any ID. */
  tell(lies: ReadonlyMap<string, Uint8Array>): void {
    this.#lies = lies;
    this.asked.clear();
  }

  /** The answer as a stub resolver would take it: octets that are not the response to the question are as good as silence. */
  async query(question: Question): Promise<Resolved> {
    const query = makeQuery(question, () => 0, { edns: 'plain', dnssec: 'signatures' });
    const octets = await this.#octets(question);
    const message = octets === undefined ? undefined : responseTo(query, withId(octets, query.id));
    if (message === undefined) return { kind: 'failed', reason: 'No response came.' };
    return { kind: 'answer', message, path: 'open' };
  }

  /** Answers a query that came over the network. */
  serve({ query, over, send }: Received): void {
    const question = query.questions[0];
    if (question === undefined) return;
    const reply = async (): Promise<void> => {
      const octets = (await this.#octets(question)) ?? writeMessage(failure(question));
      const isTooLong = over === 'udp' && octets.length > UDP_OCTETS;
      send(withId(isTooLong ? writeMessage(truncated(question)) : octets, query.id));
    };
    void reply(); // who asked waits for it, or asks again
  }

  forget(): void {
    this.asked.clear();
  }

  close(): void {
    this.forget();
  }

  async #octets(question: Question): Promise<Uint8Array | undefined> {
    const key = questionKey(question);
    this.asked.set(key, question);
    const lie = this.#lies.get(key);
    if (lie !== undefined) return lie;
    const message = await this.#truth.get(question);
    return message === undefined ? undefined : writeMessage({ ...message, questions: [question] });
  }
}

function failure(question: Question): DnsMessage {
  return { ...emptyMessage(0), isResponse: true, rcode: 2, questions: [question] };
}

function truncated(question: Question): DnsMessage {
  return { ...emptyMessage(0), isResponse: true, isTruncated: true, questions: [question] };
}

function withId(octets: Uint8Array, id: number): Uint8Array {
  const copy = Uint8Array.from(octets);
  copy[0] = id >>> 8;
  copy[1] = id & 0xff;
  return copy;
}
