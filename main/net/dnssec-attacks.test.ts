import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DnsMessage } from '../../protocol/wire/message.ts';
import { Name } from '../../protocol/wire/name.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import { questionKey, recordKey } from '../../protocol/wire/record.ts';
import { Rcode, RecordType } from '../../protocol/wire/registry.ts';
import { readRrsig } from '../../protocol/dnssec/rrsig.ts';
import { asked, response } from '../../protocol/dnssec/testing/records.ts';
import type { LabVerdict } from './testing/lab-verdict.ts';
import { LAB, labVerdict } from './testing/lab-verdict.ts';

/** Secure answers of every kind. */
const TARGETS = [
  ...[
    'www.nsec.lab. A',
    'www.nsec.lab. AAAA',
    'x.wild.nsec.lab. A',
    'x.wild.nsec.lab. AAAA',
    'nope.nsec.lab. A',
  ],
  ...[
    'www.hash.lab. AAAA',
    'x.wild.hash.lab. A',
    'nope.hash.lab. A',
    'deep.hash.lab. A',
    'www.kid.nsec.lab. A',
  ],
  ...[
    'www.optout.lab. AAAA',
    'www.kept.optout.lab. A',
    'away.nsec.lab. A',
    'gone.nsec.lab. A',
    'www.moved.nsec.lab. A',
  ],
] as const;

const POOL: readonly ResourceRecord[] = LAB.lines.flatMap((line) => {
  const { answers, authorities } = LAB.answer(asked(line));
  return [...answers, ...authorities];
});

interface Change {
  /** Which of the answers that a validation sees, and which of its records. */
  readonly answer: number;
  readonly record: number;
  readonly edit: 'drop' | 'turn' | 'swap' | 'add' | 'rename' | 'retype' | 'rcode' | 'empty' | 'unsign';
  readonly value: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  answer: fc.nat(12),
  record: fc.nat(20),
  edit: fc.constantFrom('drop', 'turn', 'swap', 'add', 'rename', 'retype', 'rcode', 'empty', 'unsign'),
  value: fc.nat(),
});

test('SEC-08: whatever is dropped, turned, swapped or added on the way, an answer is what its owner signed, or it is not secure', () => {
  const changes = fc.array(change, { minLength: 1, maxLength: 3 });
  const holds = fc.property(fc.constantFrom(...TARGETS), changes, (line, edits) => {
    const verdict = labVerdict(line, { change: changer(edits) });
    return isHonest(verdict, line);
  });
  fc.assert(holds, { numRuns: 400, seed: 4035 });
});

test('SEC-08: whatever octets change, an answer is what its owner signed, or it is not secure', () => {
  const bits = fc.array(fc.tuple(fc.nat(), fc.nat(7)), { minLength: 1, maxLength: 3 });
  const holds = fc.property(fc.constantFrom(...TARGETS), fc.nat(8), bits, (line, which, turned) => {
    const seen = new Map<string, number>();
    const verdict = labVerdict(line, {
      change: (message, question) => {
        const order = orderOf(seen, question);
        return order === which ? (LAB.damaged(question, turned) ?? message) : message;
      },
    });
    return isHonest(verdict, line);
  });
  fc.assert(holds, { numRuns: 400, seed: 5155 });
});

test.each(['nsec.lab', 'hash.lab', 'optout.lab'])(
  'an answer without its signatures is bogus and not insecure, however the zone denies (%s)',
  (zone) => {
    const line = `www.${zone}. A`;
    const { security } = labVerdict(line, {
      change: (message, { type }) => (type === RecordType.A ? unsigned(message) : message),
    });
    expect(security).toMatchObject({ kind: 'bogus', reason: expect.stringContaining('without a signature') });
  },
);

test('a resolver that leaves out all signatures is told from one that leaves out some', () => {
  const all = labVerdict('www.nsec.lab. A', { change: unsigned });
  expect(all).toMatchObject({ isStripped: true, security: { kind: 'indeterminate' } });
  const belowRoot = labVerdict('www.nsec.lab. A', {
    change: (message, { name }) => (name.isRoot ? message : unsigned(message)),
  });
  expect(belowRoot).toMatchObject({ isStripped: false, security: { kind: 'bogus' } });
});

test('RFC 6840 §4.1: the zone above a signed delegation cannot deny what is in the zone below', () => {
  const denial = LAB.answer(asked('plain.lab. DS'));
  const { security } = labVerdict('www.nsec.lab. A', {
    change: (message, { type }) =>
      type === RecordType.A ? { ...denial, questions: message.questions, rcode: Rcode.NXDOMAIN } : message,
  });
  expect(security.kind).toBe('bogus');
});

test('RFC 4035 §5.2: the zone itself cannot say that the zone above does not vouch for it', () => {
  const own = LAB.answer(asked('nsec.lab. SOA'));
  const { security } = labVerdict('www.nsec.lab. A', {
    change: (message, { name, type }) =>
      type === RecordType.DS && name.equals(Name.of('nsec.lab'))
        ? {
            ...message,
            answers: [],
            authorities: [...own.answers, ...LAB.answer(asked('wild.nsec.lab. A')).authorities],
          }
        : message,
  });
  expect(security.kind).toBe('bogus');
});

test.each([
  ['nope', 'indeterminate', 'A trust anchor of its own would'], // the root denies it
  ['lan', 'indeterminate', 'A trust anchor of its own would'], // nobody denies it, as resolvers do that serve it
  ['lab', 'bogus', 'does not prove, by signatures of the zone lab'],
])(
  'a name of this network alone is neither secure nor bogus, and any other is bogus unsigned: x.%s',
  (top, kind, reason) => {
    const { security } = labVerdict('www.nsec.lab. A', {
      question: `x.${top}. A`,
      change: (message, { name }) => (name.equals(Name.of('www.nsec.lab')) ? local(`x.${top}.`) : message),
      other: ({ type }) => (type === RecordType.DS ? local() : undefined),
    });
    expect(security).toMatchObject({ kind, reason: expect.stringContaining(reason) });
  },
);

test('RFC 2308 §5: the SOA record of a denial says how long, and is checked as well', () => {
  const turned = (record: ResourceRecord): ResourceRecord =>
    record.type === RecordType.SOA ? { ...record, rdata: record.rdata.with(-1, 9) } : record;
  const { security } = labVerdict('nope.nsec.lab. A', {
    change: (message, { type }) =>
      type === RecordType.A ? { ...message, authorities: message.authorities.map(turned) } : message,
  });
  expect(security).toMatchObject({
    kind: 'bogus',
    reason: expect.stringContaining('the SOA records of nsec.lab'),
  });
});

test('an answer that denies what is at the end of an alias has to prove it', () => {
  const withoutProof = ({ type, name }: ResourceRecord): boolean =>
    type === RecordType.SOA || (type === RecordType.RRSIG && name.equals(Name.of('hash.lab')));
  const { security } = labVerdict('away.nsec.lab. AAAA', {
    change: (message, { type }) =>
      type === RecordType.AAAA
        ? { ...message, authorities: message.authorities.filter(withoutProof) }
        : message,
  });
  expect(security).toMatchObject({ kind: 'bogus', reason: expect.stringContaining('does not prove it') });
});

test('a signature in the name of what is no zone is none', () => {
  const { security } = labVerdict('www.nsec.lab. A', {
    change: (message, { type }) =>
      type === RecordType.A
        ? {
            ...message,
            answers: message.answers.map((record) =>
              record.type === RecordType.RRSIG ? signedBy('www.nsec.lab', record) : record,
            ),
          }
        : message,
  });
  expect(security).toMatchObject({ kind: 'bogus', reason: expect.stringContaining('which is no zone') });
});

/** The signature with another signer. */
function signedBy(signer: string, record: ResourceRecord): ResourceRecord {
  const { signature } = readRrsig(record.rdata);
  return {
    ...record,
    rdata: Uint8Array.of(...record.rdata.subarray(0, 18), ...Name.of(signer).wire, ...signature),
  };
}

/** What a resolver answers that serves names by itself: an address, or that there is nothing; unsigned. */
function local(owner?: string): DnsMessage {
  return response({ answers: owner === undefined ? [] : [host(owner)] });
}

function host(owner: string): ResourceRecord {
  return { ...asked(`${owner} A`), ttlSeconds: 60, rdata: Uint8Array.of(192, 0, 2, 99) };
}

function unsigned(message: DnsMessage): DnsMessage {
  const without = (records: readonly ResourceRecord[]) =>
    records.filter(({ type }) => type !== RecordType.RRSIG);
  return { ...message, answers: without(message.answers), authorities: without(message.authorities) };
}

const ORIGINALS = new Map(TARGETS.map((line) => [line as string, contentOf(labVerdict(line))]));

/**
 * Whether a verdict on a changed answer is right: what is secure says what was signed, all of it, or as far as an alias for who
 * asked to go on from, denying nothing. Nor may a change make a signed zone one that is not: it would be a way around signatures.
 */
function isHonest(verdict: LabVerdict, line: string): boolean {
  if (verdict.security.kind !== 'secure') return verdict.security.kind !== 'insecure';
  const original = ORIGINALS.get(line)!;
  const { rcode, records } = contentOf(verdict);
  if (!records.every((record) => original.records.includes(record))) return false;
  const isCutShort = records.length < original.records.length && records.length > 0;
  if (isCutShort) return rcode === Rcode.NOERROR && verdict.message.authorities.length === 0;
  return rcode === original.rcode && records.length === original.records.length;
}

/** What an answer says, TTLs and signatures apart. */
function contentOf({ message }: LabVerdict): { readonly rcode: number; readonly records: readonly string[] } {
  const answers = message.answers.filter(({ type }) => type !== RecordType.RRSIG);
  return { rcode: message.rcode, records: answers.map(recordKey) };
}

function orderOf(seen: Map<string, number>, question: Question): number {
  const key = questionKey(question);
  if (!seen.has(key)) seen.set(key, seen.size);
  return seen.get(key)!;
}

/** Changes the answers of one validation, each by its own edits. */
function changer(edits: readonly Change[]): (message: DnsMessage, question: Question) => DnsMessage {
  const seen = new Map<string, number>();
  return (message, question) => {
    const order = orderOf(seen, question);
    return edits
      .filter(({ answer }) => answer === order)
      .reduce((changed, edit) => edited(changed, edit), message);
  };
}

function edited(message: DnsMessage, { record, edit, value }: Change): DnsMessage {
  if (edit === 'rcode')
    return { ...message, rcode: message.rcode === Rcode.NXDOMAIN ? Rcode.NOERROR : Rcode.NXDOMAIN };
  if (edit === 'empty') return { ...message, answers: [] };
  if (edit === 'unsign') return unsigned(message);
  const inAnswers = record < message.answers.length;
  const section = inAnswers ? message.answers : message.authorities;
  const other = POOL[value % POOL.length]!;
  if (edit === 'add')
    return inAnswers
      ? { ...message, answers: [...section, other] }
      : { ...message, authorities: [...section, other] };
  if (section.length === 0) return message;
  const at = record % section.length;
  const changed = section.flatMap((one, index) =>
    index === at ? editedRecord(one, edit, value, other) : [one],
  );
  return inAnswers ? { ...message, answers: changed } : { ...message, authorities: changed };
}

function editedRecord(
  record: ResourceRecord,
  edit: 'drop' | 'turn' | 'swap' | 'rename' | 'retype',
  value: number,
  other: ResourceRecord,
): readonly ResourceRecord[] {
  switch (edit) {
    case 'drop':
      return [];
    case 'swap':
      return [other];
    case 'rename':
      return [{ ...record, name: other.name }];
    case 'retype':
      return [{ ...record, type: other.type }];
    case 'turn': {
      const at = value % Math.max(1, record.rdata.length);
      return [
        {
          ...record,
          rdata: record.rdata.map((octet, index) => (index === at ? octet ^ (1 << (value % 8)) : octet)),
        },
      ];
    }
  }
}
