import { lifetimeSeconds, ttlSecondsOf } from '../../protocol/discovery/lifetime.ts';
import type { AnswerPath } from '../../protocol/dnssec/believed-ad.ts';
import type { DnsMessage } from '../../protocol/wire/message.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import { questionKey } from '../../protocol/wire/record.ts';
import { RecordType } from '../../protocol/wire/registry.ts';
import type { Clock } from './clock.ts';

/** More answers than a long day of browsing brings; a name that changes with every query must not fill the memory. */
const MAX_ENTRIES = 4096;

/** An answer, and the way that it came. */
export interface CachedAnswer {
  readonly message: DnsMessage;
  readonly path: AnswerPath;
}

interface Entry extends CachedAnswer {
  readonly lifetimeSeconds: number;
  readonly storedMs: number;
  readonly storedWallMs: number;
}

/** Answers for as long as they may be used (RFC 1035 §3.2.1), denials included (RFC 2308 §5). */
export class DnsCache {
  readonly #clock: Clock;
  /** By question, the oldest first. */
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The answer to a question, its TTLs lowered by the time it lay here; undefined when it has to be asked. */
  get(question: Question): CachedAnswer | undefined {
    const key = questionKey(question);
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    const ageSeconds = this.#ageSeconds(entry);
    if (ageSeconds < entry.lifetimeSeconds)
      return { message: aged(entry.message, ageSeconds), path: entry.path };
    this.#entries.delete(key);
    return undefined;
  }

  /** Keeps an answer that may be kept. */
  put(question: Question, answer: CachedAnswer): void {
    const lifetime = lifetimeSeconds(answer.message, question);
    if (lifetime === 0) return;
    const key = questionKey(question);
    this.#entries.delete(key);
    const stored = { storedMs: this.#clock.nowMs(), storedWallMs: this.#clock.wallMs() };
    this.#entries.set(key, { ...answer, lifetimeSeconds: lifetime, ...stored });
    if (this.#entries.size > MAX_ENTRIES) this.#entries.delete(this.#entries.keys().next().value!);
  }

  /** Forgets everything: on another network other answers hold. */
  clear(): void {
    this.#entries.clear();
  }

  /** One of the clocks stands still while the machine sleeps, and the other may be set back: the greater age counts. */
  #ageSeconds({ storedMs, storedWallMs }: Entry): number {
    const ageMs = Math.max(this.#clock.nowMs() - storedMs, this.#clock.wallMs() - storedWallMs);
    return Math.floor(ageMs / 1000);
  }
}

function aged(message: DnsMessage, ageSeconds: number): DnsMessage {
  const age = (record: ResourceRecord): ResourceRecord => ({
    ...record,
    ttlSeconds: Math.max(0, ttlSecondsOf(record) - ageSeconds),
  });
  const isOpt = (record: ResourceRecord): boolean => record.type === RecordType.OPT; // its TTL is none (RFC 6891 §6.1.3)
  return {
    ...message,
    answers: message.answers.map(age),
    authorities: message.authorities.map(age),
    additionals: message.additionals.map((record) => (isOpt(record) ? record : age(record))),
  };
}
