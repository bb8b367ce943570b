import type { Procedure } from '../discovery/procedure.ts';
import type { Security } from '../discovery/security.ts';
import { weakest } from '../discovery/security.ts';
import { allSideBySide } from '../discovery/side-by-side.ts';
import { spokenName } from '../discovery/spoken-name.ts';
import type { DnsMessage } from '../wire/message.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import { Rcode, RecordClass, rcodeName, RecordType, typeName } from '../wire/registry.ts';
import { aliasChain, isDenial } from './alias-chain.ts';
import type { Checked } from './answer-check.ts';
import { AnswerCheck } from './answer-check.ts';
import type { SignedSet } from './signed-set.ts';
import { setOf, signedSets } from './signed-set.ts';
import type { SigningZone } from './signing-zone.ts';
import { denyingZone, signingZone } from './signing-zone.ts';
import type { ValidationContext } from './trust-chain.ts';
import { findTrust } from './trust-chain.ts';
import type { ZoneTrust } from './zone-trust.ts';

/** An answer and what DNSSEC says of it. */
export interface Verdict {
  readonly security: Security;
  /**
   * The answer. A secure one holds, besides the Additional section, nothing that was not checked: records that it does not
   * rest on are gone, and TTLs are no longer than was signed (RFC 4035 §5.3.3). Any other is as it came.
   */
  readonly message: DnsMessage;
  /** Nothing could be checked because the resolver takes signatures out of its answers. */
  readonly isStripped: boolean;
}

/**
 * Validates the answer of a resolver, or of an authoritative server, to a question with the DO bit (RFC 4035 §5): every alias
 * on the way, the records at its end or the proof that there are none. Asks for the DS and DNSKEY records that it takes,
 * which must come from where the answer came from, also with DO, and with CD so that bogus ones come at all.
 */
export function* validate(
  question: Question,
  message: DnsMessage,
  context: ValidationContext,
): Procedure<Verdict> {
  const refusal = notCheckable(question, message);
  if (refusal !== undefined)
    return { security: { kind: 'indeterminate', reason: refusal }, message, isStripped: false };
  const authorities = signedSets(message.authorities);
  const chain = aliasChain(question, signedSets(message.answers));
  const isNoName = message.rcode === Rcode.NXDOMAIN;
  const isDenied = isDenial(chain, question, message, isNoName);
  const { end, links } = chain;
  const signing = links.map(signingZone);
  const denying = isDenied ? denyingZone(end, question.type, authorities) : undefined;
  const zones = denying === undefined ? signing : [...signing, denying];
  const trustOf = yield* trusts(zones, context);
  const check = new AnswerCheck(authorities, context);
  const checks = links.map((link, at) => check.set(link, signing[at]!, trustOf(signing[at]!)));
  const denial = denying && check.denial(end, question.type, isNoName, denying, trustOf(denying));
  const parts = denial === undefined ? checks : [...checks, denial];
  const security = weakest({ kind: 'secure' }, ...parts.map((part) => part.security));
  if (security.kind !== 'secure') return { security, message, isStripped: isStripped(zones, trustOf) };
  const answers = [...links.flatMap((link, at) => shortened(link, checks[at]!)), ...chain.synthesised];
  const soa = denying && setOf(authorities, denying.name, RecordType.SOA);
  const checked: DnsMessage = {
    ...message,
    rcode: chain.isAnswered ? Rcode.NOERROR : message.rcode,
    answers,
    authorities: soa && denial ? shortened(soa, denial) : [],
  };
  return { security, message: checked, isStripped: false };
}

type TrustOf = (zone: SigningZone) => ZoneTrust;

/** Finds what is known of several zones side by side. */
function* trusts(zones: readonly SigningZone[], context: ValidationContext): Procedure<TrustOf> {
  const distinct = new Map(zones.map((zone) => [zoneKey(zone), zone]));
  const found = yield* allSideBySide(
    Array.from(distinct.values(), ({ name, isNamed }) => findTrust(name, isNamed, context)),
  );
  const byKey = new Map([...distinct.keys()].map((key, at) => [key, found[at]!]));
  return (zone) => byKey.get(zoneKey(zone))!;
}

function zoneKey({ name, isNamed }: SigningZone): string {
  return `${isNamed} ${name.key}`;
}

function isStripped(zones: readonly SigningZone[], trustOf: TrustOf): boolean {
  return zones.map(trustOf).some((trust) => trust.kind === 'indeterminate' && trust.isStripped);
}

/** Why an answer says nothing that signatures could vouch for; undefined for one that does. */
function notCheckable(question: Question, { rcode }: DnsMessage): string | undefined {
  const { name, type } = question;
  if (rcode !== Rcode.NOERROR && rcode !== Rcode.NXDOMAIN)
    return `The resolver failed to look up ${spokenName(name)} (${rcodeName(rcode)}), which nothing vouches for.`;
  if (question.class !== RecordClass.IN || type === RecordType.ANY || type === RecordType.RRSIG)
    return `Answers to questions for ${typeName(type)} records of this class are not checked.`;
  return undefined;
}

/** The records of a set and its signatures, none to be used longer than was signed. */
function shortened(
  { records, signatureRecords }: SignedSet,
  { ttlSeconds }: Checked,
): readonly ResourceRecord[] {
  return [...records, ...signatureRecords].map((record) => ({
    ...record,
    ttlSeconds: Math.min(record.ttlSeconds, ttlSeconds),
  }));
}
