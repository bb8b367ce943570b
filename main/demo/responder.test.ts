import { expect, test } from 'vitest';
import type { DnsMessage } from '../../protocol/wire/message.ts';
import {
  emptyMessage,
  optRecord,
  readMessage,
  writeMessage,
  writeQuery,
} from '../../protocol/wire/message.ts';
import { Name } from '../../protocol/wire/name.ts';
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import { Opcode, Rcode, RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { VirtualClock } from '../net/virtual-clock.ts';
import { Responder } from './responder.ts';
import { HMAC_SHA256, KEY_NAME, signedByHand } from './testing/signing.ts';
import type { Signature } from './testing/signing.ts';
import { record, zones } from './testing/zone-fixture.ts';

const NOW_SECONDS = 1_800_000_000;
const KEY = { name: Name.of('herald-demo'), secret: Buffer.alloc(32, 1) };
const SIGNATURE: Signature = {
  keyName: KEY_NAME,
  algorithm: HMAC_SHA256,
  secret: KEY.secret,
  timeSigned: NOW_SECONDS,
};

/** A server whose name "many" has a set of `count` TXT records of 100 octets. */
function server(count = 0): { readonly responder: Responder; readonly store: ReturnType<typeof zones> } {
  const texts = Array.from({ length: count }, (_, at) => `many TXT ${String(at).padStart(99, '.')}`);
  const store = zones({ 'office.test.': ['host A 192.0.2.1', 'x SRV 0 0 1 host', ...texts].join('\n') });
  return { store, responder: new Responder(store, [KEY], new VirtualClock(0, NOW_SECONDS * 1000)) };
}

function question(name: string, type: number = RecordType.A): DnsMessage['questions'][0] {
  return { name: Name.of(name), type, class: RecordClass.IN };
}

function asked(
  responder: Responder,
  query: Uint8Array,
  viaStream = false,
): DnsMessage & { readonly octets: number } {
  const response = responder.respond(query, viaStream);
  if (response === undefined) throw new TypeError('no answer');
  return { ...readMessage(response), octets: response.length };
}

function query(parts: Partial<DnsMessage>): Uint8Array {
  return writeMessage({ ...emptyMessage(0x5a5a), ...parts });
}

const OPT = (udpOctets: number): ResourceRecord => optRecord(udpOctets);

test('a response has the ID, OPCODE, RD bit and question of its query, as they were written', () => {
  const { responder } = server();
  const answer = asked(
    responder,
    query({ questions: [question('HOST.office.TEST')], recursionDesired: true }),
  );
  expect(answer).toMatchObject({
    id: 0x5a5a,
    isResponse: true,
    recursionDesired: true,
    recursionAvailable: false,
    isAuthoritative: true,
  });
  expect(answer.questions.map(({ name }) => String(name))).toEqual(['HOST.office.TEST.']);
  expect(answer.additionals).toEqual([]);
});

test('too few octets for a header, and responses, get no answer', () => {
  const { responder } = server();
  expect(responder.respond(new Uint8Array(11), false)).toBeUndefined();
  expect(responder.respond(query({ isResponse: true }), true)).toBeUndefined();
  expect(responder.respond(Buffer.from('5a5a8000ffffffffffffffff', 'hex'), true)).toBeUndefined();
});

test('what has a header and cannot be read behind it is FORMERR with nothing but a header', () => {
  const { responder } = server();
  const whole = query({ questions: [question('host.office.test')] });
  for (const garbage of [
    whole.subarray(0, -1),
    Buffer.concat([whole, Buffer.from([0])]),
    Buffer.from('5a5a0100ffff00000000000040', 'hex'),
  ]) {
    expect(Buffer.from(responder.respond(garbage, false)!).toString('hex')).toMatch(
      /^5a5a8[01]010000000000000000$/,
    );
  }
});

test('no question and two questions are FORMERR (RFC 9619 §4), unknown opcodes NOTIMP', () => {
  const { responder } = server();
  const one = question('host.office.test');
  const rcodes = [
    query({ questions: [] }),
    query({ questions: [one, one] }),
    query({ opcode: Opcode.NOTIFY, questions: [one] }),
    query({ opcode: Opcode.DSO }),
    query({ opcode: 2, questions: [one] }),
  ].map((bytes) => asked(responder, bytes).rcode);
  expect(rcodes).toEqual([Rcode.FORMERR, Rcode.FORMERR, Rcode.NOTIMP, Rcode.NOTIMP, Rcode.NOTIMP]);
});

test('RFC 6891: a query with OPT is answered with OPT, payload 1232, DO as it came', () => {
  const { responder } = server();
  const { additionals } = asked(
    responder,
    query({ questions: [question('host.office.test')], additionals: [optRecord(4096, true)] }),
  );
  expect(additionals).toEqual([optRecord(1232, true)]);
});

test('RFC 6891 §6.1.3: a later version of EDNS is BADVERS; two OPT records are FORMERR', () => {
  const { responder } = server();
  const questions = [question('host.office.test')];
  const badVersion = asked(
    responder,
    query({ questions, additionals: [{ ...OPT(1232), ttlSeconds: 0x10000 }] }),
  );
  expect(badVersion).toMatchObject({ rcode: 0, answers: [] });
  expect(badVersion.additionals[0]?.ttlSeconds).toBe(0x01000000); // the upper bits of RCODE 16
  expect(asked(responder, query({ questions, additionals: [OPT(1232), OPT(1232)] })).rcode).toBe(
    Rcode.FORMERR,
  );
});

test.each([
  ['without EDNS', [], 512, 4],
  ['with EDNS for less than 512', [OPT(100)], 512, 4],
  ['with EDNS for 900', [OPT(900)], 900, 7],
  ['with EDNS for 4096', [OPT(4096)], 1232, 10],
])(
  'a UDP answer %s says TC and leaves the records out when it is over its limit',
  (_, additionals, limit, fitting) => {
    const asking = query({ questions: [question('many.office.test', RecordType.TXT)], additionals });
    const whole = asked(server(fitting).responder, asking);
    expect(whole).toMatchObject({ isTruncated: false });
    expect(whole.answers).toHaveLength(fitting);
    expect(whole.octets).toBeLessThanOrEqual(limit);
    const cut = asked(server(fitting + 1).responder, asking);
    expect(cut).toMatchObject({ isTruncated: true, answers: [], rcode: 0 });
    expect(cut.additionals).toHaveLength(additionals.length);
  },
);

test('over a stream the same answer is whole', () => {
  const answer = asked(
    server(200).responder,
    query({ questions: [question('many.office.test', RecordType.TXT)] }),
    true,
  );
  expect(answer).toMatchObject({ isTruncated: false });
  expect(answer.answers).toHaveLength(200);
});

test('RFC 2181 §9: Additional is left out before anything is cut off, without TC', () => {
  const { responder, store } = server();
  const many = Array.from({ length: 100 }, (_, at) => record(`host A 192.0.2.${at}`));
  store.all[0]!.apply(many.map((added) => ({ kind: 'add', record: added })));
  const asking = writeQuery(1, question('x.office.test', RecordType.SRV), false, 1232);
  const answer = asked(responder, asking);
  expect(answer).toMatchObject({ isTruncated: false });
  expect(answer.answers).toHaveLength(1);
  expect(answer.additionals).toEqual([OPT(1232)]);
  expect(asked(responder, asking, true).additionals).toHaveLength(101);
});

const UPDATE = {
  opcode: Opcode.UPDATE,
  questions: [question('office.test', RecordType.SOA)],
  authorities: [record('new A 192.0.2.9')],
};

test('a signed update is made, and its answer is signed', () => {
  const { responder, store } = server();
  const answer = asked(responder, signedByHand(query(UPDATE), SIGNATURE));
  expect(answer).toMatchObject({ rcode: Rcode.NOERROR, opcode: Opcode.UPDATE, isResponse: true });
  expect(answer.additionals.map(({ type }) => type)).toEqual([RecordType.TSIG]);
  expect(store.all[0]!.serial).toBe(8);
});

test.each([
  ['without a signature', query(UPDATE), Rcode.NOTAUTH],
  [
    'with a wrong secret',
    signedByHand(query(UPDATE), { ...SIGNATURE, secret: Buffer.alloc(32) }),
    Rcode.NOTAUTH,
  ],
  [
    'with an unknown key',
    signedByHand(query(UPDATE), { ...SIGNATURE, keyName: '056f7468657200' }),
    Rcode.NOTAUTH,
  ],
  [
    'signed too long ago',
    signedByHand(query(UPDATE), { ...SIGNATURE, timeSigned: NOW_SECONDS - 301 }),
    Rcode.NOTAUTH,
  ],
  ['with a MAC cut too short', signedByHand(query(UPDATE), { ...SIGNATURE, macOctets: 15 }), Rcode.FORMERR],
])('an update %s changes nothing', (_, bytes, rcode) => {
  const { responder, store } = server();
  store.onChange(() => expect.unreachable());
  expect(asked(responder, bytes).rcode).toBe(rcode);
});

test('a query may be signed too, and TC leaves room for the signature of its answer', () => {
  const { responder } = server(10);
  const asking = query({
    questions: [question('many.office.test', RecordType.TXT)],
    additionals: [OPT(1232)],
  });
  expect(asked(responder, asking)).toMatchObject({ isTruncated: false });
  const signed = asked(responder, signedByHand(asking, SIGNATURE));
  expect(signed).toMatchObject({ isTruncated: true });
  expect(signed.octets).toBeLessThanOrEqual(1232);
  expect(signed.additionals.map(({ type }) => type)).toEqual([RecordType.OPT, RecordType.TSIG]);
});

test('RFC 8945 §5.2: a query that is signed wrongly is not answered but NOTAUTH', () => {
  const { responder } = server();
  const asking = query({ questions: [question('host.office.test')] });
  const answer = asked(responder, signedByHand(asking, { ...SIGNATURE, secret: Buffer.alloc(32) }));
  expect(answer).toMatchObject({ rcode: Rcode.NOTAUTH, isAuthoritative: false, answers: [] });
});

test('RFC 6891 §6.1.1: OPT stands before TSIG, and both are honoured', () => {
  const { responder } = server();
  const asking = signedByHand(
    query({ questions: [question('host.office.test')], additionals: [OPT(1232)] }),
    SIGNATURE,
  );
  expect(asked(responder, asking).answers).toHaveLength(1);
});
