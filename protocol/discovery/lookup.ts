import type { DnsMessage } from '../wire/message.ts';
import type { Name } from '../wire/name.ts';
import { nameRdata } from '../wire/rdata.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import { Rcode, RecordClass, rcodeName, RecordType } from '../wire/registry.ts';
import { lifetimeSeconds, ttlSecondsOf } from './lifetime.ts';
import type { Procedure, Reply } from './procedure.ts';
import type { Security } from './security.ts';
import { bogusReason, UNCHECKED, weakest } from './security.ts';
import { spokenName } from './spoken-name.ts';

/** What there is of one type at one name, at the end of its aliases. */
export type Lookup =
  | {
      readonly kind: 'records';
      /** The records' owner: the asked name, or the end of its chain of CNAMEs. */
      readonly owner: Name;
      /** At least one, each with RDATA. */
      readonly records: readonly ResourceRecord[];
      /** What else the last answer held, unasked. */
      readonly additionals: readonly ResourceRecord[];
      readonly ttlSeconds: number;
      /** Of the records and of every alias on the way to them; never bogus. */
      readonly security: Security;
    }
  /** There is nothing of this type, says the zone; NXDOMAIN when there is no such name either. */
  | {
      readonly kind: 'nothing';
      readonly owner: Name;
      readonly rcode: number;
      readonly ttlSeconds: number;
      /** Of the denial and of every alias on the way to it; never bogus. */
      readonly security: Security;
    }
  /** It could not be learned whether there is; or an answer is bogus, which is as good as none (RFC 4035 §5.5). */
  | { readonly kind: 'failed'; readonly reason: string; readonly rcode?: number };

const SECURE: Security = { kind: 'secure' };

/** RFC 1034 §3.6.2 wants chains followed and loops signalled; no honest chain is longer. */
const MAX_ALIASES = 8;

/** Looks up several types of one name at the same time, following CNAMEs within an answer and beyond it. One result a type. */
export function* lookUp(name: Name, types: readonly number[]): Procedure<readonly Lookup[]> {
  const results = new Map<number, Lookup>();
  let open: readonly Chain[] = types.map((type) => startOfChain(name, type));
  while (open.length > 0) {
    const replies = yield open.map(({ question }) => question);
    const steps = open.map((chain, at) => follow(chain, replies[at]));
    for (const step of steps) if (step.kind === 'end') results.set(step.type, step.result);
    open = steps.flatMap((step) => (step.kind === 'ask' ? [step.chain] : []));
  }
  return types.map((type) => results.get(type)!);
}

/** How far the aliases of one question were followed. */
interface Chain {
  readonly question: Question;
  readonly aliases: number;
  readonly ttlSeconds: number;
  readonly security: Security;
}

type Step =
  | { readonly kind: 'ask'; readonly chain: Chain }
  | { readonly kind: 'end'; readonly type: number; readonly result: Lookup };

function startOfChain(name: Name, type: number): Chain {
  return {
    question: { name, type, class: RecordClass.IN },
    aliases: 0,
    ttlSeconds: Infinity,
    security: SECURE,
  };
}

function follow(chain: Chain, reply: Reply | undefined): Step {
  if (reply === undefined)
    throw new TypeError('a procedure is resumed with a reply to each of its questions');
  const { question } = chain;
  const { type } = question;
  const end = (result: Lookup): Step => ({ kind: 'end', type, result });
  if (reply.kind === 'failed') return end(reply);
  const { message } = reply;
  const security = weakest(chain.security, reply.security ?? UNCHECKED);
  if (security.kind === 'bogus')
    return end({ kind: 'failed', reason: bogusReason(question.name, security.reason) });
  const { rcode } = message;
  if (rcode !== Rcode.NOERROR && rcode !== Rcode.NXDOMAIN)
    return end({ kind: 'failed', reason: errorReason(question.name, rcode), rcode });
  const { owner, aliases } = endOfAliases(question.name, message, chain.aliases);
  if (aliases > MAX_ALIASES) return end(tooManyAliases(question.name));
  const ttlSeconds = Math.min(chain.ttlSeconds, lifetimeSeconds(message, question));
  const records = message.answers.filter((record) => isOf(record, owner, type) && record.rdata.length > 0);
  if (records.length > 0) {
    return end({ kind: 'records', owner, records, additionals: message.additionals, ttlSeconds, security });
  }
  const isDenied = rcode === Rcode.NXDOMAIN || message.authorities.some((record) => denies(record, owner));
  if (owner.equals(question.name) || isDenied)
    return end({ kind: 'nothing', owner, rcode, ttlSeconds, security });
  // The answer stops at an alias: its end lies in a zone that this server does not know.
  const aliasTtlSeconds = Math.min(chain.ttlSeconds, ...message.answers.map(ttlSecondsOf));
  return {
    kind: 'ask',
    chain: { question: { ...question, name: owner }, aliases, ttlSeconds: aliasTtlSeconds, security },
  };
}

/** Follows the CNAMEs that an answer holds from a name on; more than the limit stand for a loop as well. */
function endOfAliases(
  name: Name,
  message: DnsMessage,
  before: number,
): { readonly owner: Name; readonly aliases: number } {
  let owner = name;
  let aliases = before;
  for (; aliases <= MAX_ALIASES; aliases++) {
    const alias = message.answers.find(
      (record) => isOf(record, owner, RecordType.CNAME) && record.rdata.length > 0,
    );
    if (alias === undefined) break;
    owner = nameRdata(alias.rdata);
  }
  return { owner, aliases };
}

function isOf(record: ResourceRecord, owner: Name, type: number): boolean {
  return record.type === type && record.class === RecordClass.IN && record.name.equals(owner);
}

function denies(record: ResourceRecord, owner: Name): boolean {
  return record.type === RecordType.SOA && owner.isWithin(record.name);
}

/** What an answer with this RCODE means, which is neither NOERROR nor NXDOMAIN, and what to do. */
export function errorReason(name: Name, rcode: number): string {
  return (
    `The resolver failed to look up ${spokenName(name)} (${rcodeName(rcode)}): it or the servers of the domain ` +
    'have a fault. Try again later, or choose another resolver for this domain.'
  );
}

function tooManyAliases(name: Name): Lookup {
  const reason =
    `${spokenName(name)} is an alias that leads to more than ${MAX_ALIASES} others, or in a circle: ` +
    'the domain is set up wrong. Ask who runs it.';
  return { kind: 'failed', reason };
}
