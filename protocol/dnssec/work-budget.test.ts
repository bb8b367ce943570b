import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import type { DnsMessage } from '../wire/message.ts';
import type { Question, ResourceRecord } from '../wire/record.ts';
import { RecordClass, RecordType, typeName } from '../wire/registry.ts';
import { Asked } from './asked.ts';
import type { Dnskey } from './dnskey.ts';
import { keyTagOf, readDnskey } from './dnskey.ts';
import type { DnssecCrypto } from './dnssec-crypto.ts';
import { gatherDenial } from './gathered-denial.ts';
import { checkSet } from './set-check.ts';
import { signedSets } from './signed-set.ts';
import { recordsOf, response } from './testing/records.ts';
import { drive, moment } from './testing/validated.ts';
import { validate } from './validation.ts';
import { WORK_LIMITS, WorkBudget } from './work-budget.ts';
import { checkKeys } from './zone-keys.ts';
import { ZoneMemory } from './zone-memory.ts';

const ZONE = Name.of('example');
const NOW = moment(Date.UTC(2027, 0, 1));
const TAG = 4242;

/** Counts what it is asked to do; every signature is wrong, or right. */
class CountingCrypto implements DnssecCrypto {
  readonly #isRight: boolean;
  verifications = 0;
  digests = 0;
  hashes = 0;

  constructor(isRight = false) {
    this.#isRight = isRight;
  }

  knowsAlgorithm = () => true;
  knowsDigest = () => true;
  verify = () => {
    this.verifications++;
    return this.#isRight;
  };
  digest = () => {
    this.digests++;
    return new Uint8Array(32);
  };
  sha1 = () => {
    this.hashes++;
    return new Uint8Array(20);
  };
}

/** As many keys as a message can hold, all with one tag. */
const KEYS: readonly Dnskey[] = Array.from({ length: 600 }, (_, at) => ({
  flags: 257,
  protocol: 3,
  algorithm: 13,
  keyTag: TAG,
  publicKey: Uint8Array.of(at >>> 8, at),
  rdata: Uint8Array.of(1, 1, 3, 13, at >>> 8, at),
}));

function rrsig(owner: string, type: string, at: number): string {
  const signature = Buffer.alloc(64, at).toString('base64');
  const labels = Name.of(owner).labelCount;
  return `${owner} 60 IN RRSIG ${type} 13 ${labels} 60 20360101000000 20260101000000 ${TAG} example. ${signature}`;
}

function signatures(owner: string, type: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => rrsig(owner, type, at));
}

test('CVE-2023-50387: 600 keys of one tag and 400 wrong signatures take no more checks than the limit', () => {
  const crypto = new CountingCrypto();
  const [set] = signedSets(
    recordsOf(['www.example. 60 IN A 192.0.2.1', ...signatures('www.example.', 'A', 400)].join('\n')),
  );
  const budget = new WorkBudget();
  const check = checkSet(set!, { zone: ZONE, keys: KEYS }, { crypto, budget, ...NOW });
  expect(check).toMatchObject({
    kind: 'bogus',
    reason: expect.stringContaining('more work than any honest zone asks for'),
  });
  expect(crypto.verifications).toBe(WORK_LIMITS.wrongSignatures);
});

test('CVE-2023-50387: the limit is one for the whole validation, not for each set', () => {
  const crypto = new CountingCrypto();
  const names = Array.from({ length: 50 }, (_, at) => `n${at}.example.`);
  const lines = names.flatMap((name) => [`${name} 60 IN NSEC o.example. A`, ...signatures(name, 'NSEC', 4)]);
  gatherDenial(
    signedSets(recordsOf(lines.join('\n'))),
    { zone: ZONE, keys: KEYS },
    { crypto, budget: new WorkBudget(), ...NOW },
  );
  expect(crypto.verifications).toBe(WORK_LIMITS.wrongSignatures);
});

test('right signatures without end are limited as well', () => {
  const crypto = new CountingCrypto(true);
  const names = Array.from({ length: 400 }, (_, at) => `n${at}.example.`);
  const lines = names.flatMap((name) => [`${name} 60 IN NSEC o.example. A`, ...signatures(name, 'NSEC', 1)]);
  gatherDenial(
    signedSets(recordsOf(lines.join('\n'))),
    { zone: ZONE, keys: KEYS },
    { crypto, budget: new WorkBudget(), ...NOW },
  );
  expect(crypto.verifications).toBe(WORK_LIMITS.signatures);
});

test('CVE-2023-50387: 600 keys and 600 DS records of one tag take no more digests than the limit', () => {
  const crypto = new CountingCrypto();
  const record = {
    name: ZONE,
    type: RecordType.DNSKEY,
    class: RecordClass.IN,
    ttlSeconds: 60,
    rdata: KEY_RDATA,
  };
  const ds = Array.from({ length: 600 }, () => ({
    keyTag: keyTagOf(KEY_RDATA),
    algorithm: 13,
    digestType: 2,
    digest: new Uint8Array(32).fill(1),
  }));
  const reply = { kind: 'answer', message: response({ answers: KEYS.map(() => record) }) } as const;
  const checked = checkKeys({ zone: ZONE, ds, keys: [] }, reply, {
    crypto,
    budget: new WorkBudget(),
    ...NOW,
  });
  expect(checked.kind).toBe('bogus');
  expect(crypto.digests).toBe(WORK_LIMITS.digests);
});

test.each([
  [
    50,
    'a name of 120 labels is hashed up to the limit',
    (hashes: number) => hashes > 51 && hashes <= WORK_LIMITS.hashRounds,
  ],
  [51, 'more iterations than are believed are not made at all', (hashes: number) => hashes === 0],
  [65_535, 'nor are the most there can be', (hashes: number) => hashes === 0],
])('CVE-2023-50868, RFC 9276 §3.2: with %d iterations, %s', (iterations, _, isRight) => {
  const crypto = new CountingCrypto(true);
  const owner = `${'0'.repeat(31)}2.example.`;
  const lines = [
    `${owner} 60 IN NSEC3 1 0 ${iterations} aabb ${'0'.repeat(31)}1 A`,
    rrsig(owner, 'NSEC3', 1),
  ];
  const gathered = gatherDenial(
    signedSets(recordsOf(lines.join('\n'))),
    { zone: ZONE, keys: KEYS.slice(0, 1) },
    { crypto, budget: new WorkBudget(), ...NOW },
  );
  const name = Name.ofLabels([...Array.from({ length: 119 }, () => 'a'), 'example']);
  expect(gathered.denial.noName(name).kind).toBe(iterations > 50 ? 'insecure' : 'unproven');
  expect(isRight(crypto.hashes)).toBe(true);
});

test.each([
  [
    'signatures',
    WORK_LIMITS,
    { kind: 'bogus', reason: expect.stringContaining('more work than any honest zone') },
  ],
  [
    'questions',
    { ...WORK_LIMITS, questions: 40 },
    { kind: 'indeterminate', reason: expect.stringContaining('more questions than any honest domain') },
  ],
])('a chain of 127 zones ends at the limit of %s', (_, limits, verdict) => {
  const name = Name.ofLabels(Array.from({ length: 127 }, () => 'a'));
  const question = { name, type: RecordType.A, class: RecordClass.IN };
  const budget = new WorkBudget(limits);
  const context = {
    anchors: [{ zone: Name.root, ds: [], keys: [readDnskey(KEY_RDATA)] }],
    crypto: new CountingCrypto(true),
    budget,
    asked: new Asked(budget),
    memory: new ZoneMemory(),
    ...NOW,
  };
  const message = signedResponse({ ...question, rdata: Uint8Array.of(192, 0, 2, 1) }, name);
  const { security } = drive(validate(question, message, context), (asked) => ({
    kind: 'answer',
    message: everythingIsAZone(asked),
  }));
  expect(security).toEqual(verdict);
  expect(budget.spent.questions).toBeLessThanOrEqual(limits.questions);
  expect(budget.spent.signatures).toBeLessThanOrEqual(limits.signatures);
});

/** A key of algorithm 13, which signs whatever it is said to. */
const KEY_RDATA = Uint8Array.of(1, 1, 3, 13, 0, 0);

/** The answer of a tree in which every name is a zone with the one key. */
function everythingIsAZone(question: Question): DnsMessage {
  const { name, type } = question;
  const tag = keyTagOf(KEY_RDATA);
  const ds = Uint8Array.of(tag >>> 8, tag, 13, 2, ...new Uint8Array(32));
  const isDs = type === RecordType.DS;
  return signedResponse({ ...question, rdata: isDs ? ds : KEY_RDATA }, isDs ? name.parent : name);
}

/** One record, and a signature by the key of a zone. */
function signedResponse(record: Omit<ResourceRecord, 'ttlSeconds'>, signer: Name): DnsMessage {
  const { name, type } = record;
  const fields = `${typeName(type)} 13 ${name.labelCount} 60 20360101000000 20260101000000 ${keyTagOf(KEY_RDATA)}`;
  const signature = recordsOf(`${name.toString()} 60 IN RRSIG ${fields} ${signer.toString()} AAAA`);
  return response({ answers: [{ ...record, ttlSeconds: 60 }, ...signature] });
}
