import type { DnsMessage } from '../../../protocol/wire/message.ts';
import { Name } from '../../../protocol/wire/name.ts';
import type { ResourceRecord } from '../../../protocol/wire/record.ts';
import { Rcode, RecordType } from '../../../protocol/wire/registry.ts';
import type { Random } from '../../../protocol/testing/fuzz/random.ts';
import type { StaleSignatures } from './stale-signatures.ts';

/** What altered answers are made of, besides themselves. */
export interface Material {
  readonly random: Random;
  /** True answers to other questions. */
  readonly others: readonly DnsMessage[];
  /** Signatures that were true once. */
  readonly stale: StaleSignatures;
}

/** One way in which somebody who sits between a zone and a validator may alter an answer. */
export interface Mutation {
  readonly name: string;
  readonly alter: (message: DnsMessage, material: Material) => DnsMessage;
}

type Records = readonly ResourceRecord[];
type Section = 'answers' | 'authorities' | 'additionals';
const SECTIONS: readonly Section[] = ['answers', 'authorities', 'additionals'];

export const MESSAGE_MUTATIONS: readonly Mutation[] = [
  { name: 'no signatures', alter: (message) => filtered(message, ({ type }) => type !== RecordType.RRSIG) },
  {
    name: 'no signature over one type',
    alter: (message, { random }) => {
      const covered = records(message).filter(isSignature).map(coveredType);
      if (covered.length === 0) return message;
      const one = random.pick(covered);
      return filtered(message, (record) => !isSignature(record) || coveredType(record) !== one);
    },
  },
  { name: 'a record less', alter: (message, { random }) => without(message, pickRecord(message, random)) },
  {
    name: 'a set less, with its signatures',
    alter: (message, { random }) => {
      const gone = pickRecord(message, random);
      if (gone === undefined) return message;
      const type = isSignature(gone) ? coveredType(gone) : gone.type;
      return filtered(
        message,
        (record) =>
          !record.name.equals(gone.name) ||
          (isSignature(record) ? coveredType(record) : record.type) !== type,
      );
    },
  },
  { name: 'no denial', alter: (message) => filtered(message, ({ type }) => !isDenial(type)) },
  {
    name: 'one denial less',
    alter: (message, { random }) => {
      const denials = records(message).filter(({ type }) => isDenial(type));
      return denials.length === 0 ? message : without(message, random.pick(denials));
    },
  },
  { name: 'nothing at all', alter: (message) => ({ ...message, answers: [], authorities: [] }) },
  {
    name: 'nothing but a SOA record',
    alter: (message, { random, others }) => ({
      ...message,
      answers: [],
      authorities: random.pick(others).authorities.filter(({ type }) => type === RecordType.SOA),
    }),
  },
  { name: 'the data of two records swapped', alter: swapped },
  {
    name: 'a record of another answer, as it is',
    alter: (message, { random, others }) => {
      const foreign = pickRecord(random.pick(others), random);
      return foreign === undefined ? message : added(message, random, foreign);
    },
  },
  {
    name: 'a record of another answer under the name of this',
    alter: (message, { random, others }) => {
      const [foreign, own] = [pickRecord(random.pick(others), random), pickRecord(message, random)];
      if (foreign === undefined || own === undefined) return message;
      return added(message, random, { ...foreign, name: own.name });
    },
  },
  {
    name: 'the sections of another answer',
    alter: (message, { random, others }) => {
      const { answers, authorities, rcode } = random.pick(others);
      return random.pick([
        { ...message, answers, authorities, rcode },
        { ...message, authorities },
        { ...message, answers },
        { ...message, answers: [], authorities, rcode },
      ]);
    },
  },
  {
    name: 'the signatures of another answer',
    alter: (message, { random, others }) => {
      const signatures = records(random.pick(others)).filter(isSignature);
      if (signatures.length === 0) return message;
      return mapped(message, (record) =>
        isSignature(record) ? { ...record, rdata: random.pick(signatures).rdata } : record,
      );
    },
  },
  {
    name: 'signatures of before',
    alter: (message, { stale }) => mapped(message, (record) => stale.insteadOf(record) ?? record),
  },
  { name: 'another RCODE', alter: (message, { random }) => ({ ...message, rcode: random.pick(RCODES) }) },
  {
    name: 'other flags',
    alter: (message, { random }) => ({
      ...message,
      isAuthoritative: random.oneIn(2),
      isAuthenticData: random.oneIn(2),
      recursionAvailable: random.oneIn(2),
      checkingDisabled: random.oneIn(2),
    }),
  },
  {
    name: 'another owner',
    alter: (message, { random }) => {
      const names = [...records(message).map(({ name }) => name), Name.root, Name.of('lab')];
      return changed(message, random, (record) => ({ ...record, name: random.pick(names) }));
    },
  },
  {
    name: 'a child of the owner',
    alter: (message, { random }) =>
      changed(message, random, (record) => ({ ...record, name: record.name.prepend('x') })),
  },
  {
    name: 'another type',
    alter: (message, { random }) => {
      const types = records(message).map(({ type }) => type);
      return changed(message, random, (record) => ({ ...record, type: random.pick(types) }));
    },
  },
  {
    name: 'other data',
    alter: (message, { random }) =>
      changed(message, random, (record) => {
        const rdata = Uint8Array.from(record.rdata);
        if (rdata.length > 0) rdata[random.below(rdata.length)]! ^= 1 << random.below(8);
        return { ...record, rdata };
      }),
  },
  {
    name: 'one more record of a set',
    alter: (message, { random }) => {
      const own = pickRecord(message, random);
      if (own === undefined || own.rdata.length === 0) return message;
      const rdata = Uint8Array.from(own.rdata);
      rdata[rdata.length - 1]! ^= 1;
      return added(message, random, { ...own, rdata });
    },
  },
  {
    name: 'a record in another section',
    alter: (message, { random }) => {
      const record = pickRecord(message, random);
      if (record === undefined) return message;
      const less = without(message, record);
      const section = random.pick(SECTIONS);
      return { ...less, [section]: [...less[section], record] };
    },
  },
  {
    name: 'another order',
    alter: (message) => ({
      ...message,
      answers: message.answers.toReversed(),
      authorities: message.authorities.toReversed(),
    }),
  },
  {
    name: 'a record twice',
    alter: (message, { random }) => {
      const record = pickRecord(message, random);
      return record === undefined ? message : added(message, random, record);
    },
  },
  {
    name: 'other TTLs',
    alter: (message, { random }) =>
      mapped(message, (record) => ({
        ...record,
        ttlSeconds: random.pick([0, 1, 86_400, 0x7fffffff, 0xffffffff]),
      })),
  },
];

const RCODES: readonly number[] = [Rcode.NOERROR, Rcode.NXDOMAIN, Rcode.SERVFAIL, Rcode.REFUSED];

/** Of OPT records nothing is touched: they are between the two ends of a question. */
function records({ answers, authorities, additionals }: DnsMessage): Records {
  return [...answers, ...authorities, ...additionals].filter(({ type }) => type !== RecordType.OPT);
}

function pickRecord(message: DnsMessage, random: Random): ResourceRecord | undefined {
  const all = records(message);
  return all.length === 0 ? undefined : random.pick(all);
}

function isSignature({ type }: ResourceRecord): boolean {
  return type === RecordType.RRSIG;
}

/** RFC 4034 §3.1: a RRSIG record begins with the type that it covers. */
function coveredType({ rdata }: ResourceRecord): number {
  return (rdata[0]! << 8) | rdata[1]!;
}

function isDenial(type: number): boolean {
  return type === RecordType.NSEC || type === RecordType.NSEC3;
}

function filtered(message: DnsMessage, keep: (record: ResourceRecord) => boolean): DnsMessage {
  const kept = (section: Records): Records =>
    section.filter((record) => record.type === RecordType.OPT || keep(record));
  return {
    ...message,
    answers: kept(message.answers),
    authorities: kept(message.authorities),
    additionals: kept(message.additionals),
  };
}

function mapped(message: DnsMessage, change: (record: ResourceRecord) => ResourceRecord): DnsMessage {
  const made = (section: Records): Records =>
    section.map((record) => (record.type === RecordType.OPT ? record : change(record)));
  return {
    ...message,
    answers: made(message.answers),
    authorities: made(message.authorities),
    additionals: made(message.additionals),
  };
}

function without(message: DnsMessage, gone: ResourceRecord | undefined): DnsMessage {
  return filtered(message, (record) => record !== gone);
}

function changed(
  message: DnsMessage,
  random: Random,
  change: (record: ResourceRecord) => ResourceRecord,
): DnsMessage {
  const one = pickRecord(message, random);
  return mapped(message, (record) => (record === one ? change(record) : record));
}

function added(message: DnsMessage, random: Random, record: ResourceRecord): DnsMessage {
  const section = random.pick(['answers', 'authorities'] as const);
  return { ...message, [section]: [...message[section], record] };
}

/** Two records of one type, of whatever name, exchange what they hold. */
function swapped(message: DnsMessage, { random }: Material): DnsMessage {
  const one = pickRecord(message, random);
  if (one === undefined) return message;
  const partners = records(message).filter((record) => record !== one && record.type === one.type);
  if (partners.length === 0) return message;
  const other = random.pick(partners);
  return mapped(message, (record) => {
    if (record === one) return { ...record, rdata: other.rdata };
    return record === other ? { ...record, rdata: one.rdata } : record;
  });
}
