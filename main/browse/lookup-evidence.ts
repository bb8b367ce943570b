import type { Evidence } from '../contract/ladder.ts';
import type { Clock } from '../net/clock.ts';
import type { Resolved } from '../net/resolved.ts';
import type { Resolver } from '../net/resolver.ts';
import { spokenResolver } from '../net/resolver-address.ts';
import type { Security } from '../../protocol/discovery/security.ts';
import { unreachable } from '../../protocol/errors.ts';
import type { DnsMessage } from '../../protocol/wire/message.ts';
import { formatRdata } from '../../protocol/wire/rdata-format.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import { RecordType, rcodeName, typeName } from '../../protocol/wire/registry.ts';
import { nameText } from './rows.ts';

/** Evidence shows this many records of an answer; of the others it says how many there are. */
const MAX_RECORDS = 4;

/** A resolver that answers as another does and tells of every lookup that came to an end. */
export function witnessed(resolver: Resolver, clock: Clock, tell: (evidence: Evidence) => void): Resolver {
  return {
    get secureAddress() {
      return resolver.secureAddress;
    },
    query: async (question, signal) => {
      const startMs = clock.nowMs();
      const reply = await resolver.query(question, signal);
      if (signal?.aborted !== true) tell(lookupEvidence(question, reply, clock.nowMs() - startMs));
      return reply;
    },
    forget: () => resolver.forget(),
  };
}

/** A question as people read it: `SOA office.test`. */
export function questionText({ name, type }: Question): string {
  return `${typeName(type)} ${nameText(name)}`;
}

/** What a lookup shows. */
export function lookupEvidence(question: Question, reply: Resolved, tookMs: number): Evidence {
  const isRemembered = reply.from === 'memory';
  return {
    query: questionText(question),
    server: reply.from === undefined || reply.from === 'memory' ? null : spokenResolver(reply.from),
    tookMs: isRemembered ? null : Math.round(tookMs),
    answer:
      reply.kind === 'failed'
        ? 'no answer'
        : `${isRemembered ? 'remembered: ' : ''}${answerText(reply.message)}${securityText(reply.security)}`,
  };
}

function answerText({ rcode, answers, authorities }: DnsMessage): string {
  if (answers.length > 0) return `${rcodeName(rcode)}, ${recordsText(answers)}`;
  const soa = authorities.find(({ type }) => type === RecordType.SOA);
  return soa === undefined
    ? `${rcodeName(rcode)}, no records`
    : `${rcodeName(rcode)}, no records, says the zone ${nameText(soa.name)}`;
}

/** What DNSSEC says of it, in words behind the answer; nothing where nobody looked. */
function securityText(security: Security | undefined): string {
  if (security === undefined) return '';
  switch (security.kind) {
    case 'secure':
      return security.by === undefined ? ', signed and checked' : ', checked by the resolver';
    case 'insecure':
      return ', not signed';
    case 'indeterminate':
      return ', signatures not checked';
    case 'bogus':
      return ', with signatures that do not check out';
    default:
      return unreachable(security);
  }
}

function recordsText(records: readonly ResourceRecord[]): string {
  const shown = records.slice(0, MAX_RECORDS).map(recordText);
  const more = records.length > MAX_RECORDS ? [`${records.length - MAX_RECORDS} more`] : [];
  return [...shown, ...more].join('; ');
}

/** Of a SOA record only its owner matters, which is the name of the zone. */
function recordText({ name, type, rdata }: ResourceRecord): string {
  const data = type === RecordType.SOA ? nameText(name) : formatRdata(type, rdata);
  return `${typeName(type)} ${data}`;
}
