import { expect, test } from 'vitest';
import { emptyMessage, readMessage, writeMessage } from '../../protocol/wire/message.ts';
import { Name } from '../../protocol/wire/name.ts';
import { Opcode, RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { record } from './testing/zone-fixture.ts';
import { HMAC_SHA256, KEY_NAME, signedByHand } from './testing/signing.ts';
import type { Signature } from './testing/signing.ts';
import type { TsigKey } from './tsig-key.ts';
import { checkTsig, signedResponse, TsigError, tsigOctets } from './tsig.ts';
import type { TsigCheck } from './tsig.ts';

const KEY: TsigKey = {
  name: Name.of('Herald-Demo'),
  secret: Buffer.from('0123456789abcdef0123456789abcdef'),
};
const NOW = 1_800_000_000;
const SIGNATURE: Signature = {
  keyName: KEY_NAME,
  algorithm: HMAC_SHA256,
  secret: KEY.secret,
  timeSigned: NOW,
};
const QUESTION = { name: Name.of('office.test'), type: RecordType.SOA, class: RecordClass.IN };
const MESSAGE = {
  ...emptyMessage(0x1234),
  opcode: Opcode.UPDATE,
  questions: [QUESTION],
  authorities: [record('x A 192.0.2.1')],
};
const UPDATE = writeMessage(MESSAGE);

function check(bytes: Uint8Array, nowSeconds = NOW): TsigCheck {
  return checkTsig(bytes, readMessage(bytes), [KEY], nowSeconds);
}

function outcome(bytes: Uint8Array, nowSeconds = NOW): string {
  const checked = check(bytes, nowSeconds);
  return checked.kind === 'refused' ? `refused ${checked.error}` : checked.kind;
}

test('RFC 8945 §4.3: a request that was signed by the layout of the section is verified', () => {
  expect(outcome(signedByHand(UPDATE, SIGNATURE))).toBe('verified');
});

test('RFC 8945 §4.3.2: the ID that counts is the original one, whatever forwarders made of it', () => {
  const forwarded = signedByHand(UPDATE, { ...SIGNATURE, originalId: 0x4321 });
  expect(outcome(forwarded)).toBe('verified');
  forwarded[forwarded.length - 5]! ^= 1; // the original ID
  expect(outcome(forwarded)).toBe(`refused ${TsigError.BADSIG}`);
});

test('RFC 8945 §5.2.2: one octet changed anywhere before the signature is BADSIG', () => {
  const signed = signedByHand(UPDATE, SIGNATURE);
  signed[UPDATE.length - 1]! ^= 1;
  expect(outcome(signed)).toBe(`refused ${TsigError.BADSIG}`);
  expect(outcome(signedByHand(UPDATE, { ...SIGNATURE, secret: Buffer.alloc(32) }))).toBe(
    `refused ${TsigError.BADSIG}`,
  );
});

test('RFC 8945 §5.2.1: another key and another algorithm are BADKEY', () => {
  expect(outcome(signedByHand(UPDATE, { ...SIGNATURE, keyName: '056f7468657200' }))).toBe(
    `refused ${TsigError.BADKEY}`,
  );
  expect(outcome(signedByHand(UPDATE, { ...SIGNATURE, algorithm: '09686d61632d7368613100' }))).toBe(
    `refused ${TsigError.BADKEY}`,
  );
});

test('RFC 8945 §5.2.3: the times may be apart by the fudge and no second more, either way', () => {
  const signed = signedByHand(UPDATE, SIGNATURE);
  expect([NOW - 301, NOW - 300, NOW + 300, NOW + 301].map((now) => outcome(signed, now))).toEqual([
    `refused ${TsigError.BADTIME}`,
    'verified',
    'verified',
    `refused ${TsigError.BADTIME}`,
  ]);
});

test('RFC 8945 §5.2: a wrong MAC is BADSIG even when its time is wrong too', () => {
  const signed = signedByHand(UPDATE, { ...SIGNATURE, secret: Buffer.alloc(32) });
  expect(outcome(signed, NOW + 1000)).toBe(`refused ${TsigError.BADSIG}`);
});

test('a time beyond 32 bits is read whole', () => {
  const late = 2 ** 32 + 5;
  expect(outcome(signedByHand(UPDATE, { ...SIGNATURE, timeSigned: late }), late)).toBe('verified');
  expect(outcome(signedByHand(UPDATE, { ...SIGNATURE, timeSigned: late }), 5)).toBe(
    `refused ${TsigError.BADTIME}`,
  );
});

test('RFC 8945 §5.2.2.1: a MAC may be cut to half the hash; shorter or longer ones are malformed', () => {
  const outcomes = [0, 15, 16, 31, 32, 33].map((macOctets) =>
    outcome(signedByHand(UPDATE, { ...SIGNATURE, macOctets })),
  );
  expect(outcomes).toEqual(['malformed', 'malformed', 'verified', 'verified', 'verified', 'malformed']);
});

test('RFC 8945 §5.2: a TSIG that is not the last record, or not the only one, is malformed', () => {
  const signed = signedByHand(UPDATE, SIGNATURE);
  expect(outcome(signedByHand(signed, SIGNATURE))).toBe('malformed');
  const { additionals } = readMessage(signed);
  expect(outcome(writeMessage({ ...MESSAGE, additionals: [...additionals, record('y A 192.0.2.1')] }))).toBe(
    'malformed',
  );
  expect(outcome(writeMessage({ ...MESSAGE, answers: additionals }))).toBe('malformed');
});

test('a TSIG whose RDATA does not hold what it says is malformed', () => {
  const { additionals } = readMessage(signedByHand(UPDATE, SIGNATURE));
  const tsig = additionals[0]!;
  for (const wrong of [
    { ...tsig, rdata: tsig.rdata.subarray(0, -1) },
    { ...tsig, ttlSeconds: 1 },
    { ...tsig, class: RecordClass.IN },
  ]) {
    expect(outcome(writeMessage({ ...MESSAGE, additionals: [wrong] }))).toBe('malformed');
  }
});

test('a message without TSIG is unsigned', () => {
  expect(check(UPDATE)).toEqual({ kind: 'unsigned' });
  expect(tsigOctets(check(UPDATE))).toBe(0);
});

/** The octets of the response that its TSIG must have, made by hand. */
function answered(
  request: Buffer,
  nowSeconds: number,
): { readonly response: Uint8Array; readonly signed: Uint8Array } {
  const response = writeMessage({ ...emptyMessage(0x1234), opcode: Opcode.UPDATE, isResponse: true });
  const checked = check(request, nowSeconds);
  if (checked.kind !== 'verified' && checked.kind !== 'refused') throw new TypeError(checked.kind);
  const signed = signedResponse(response, checked, nowSeconds);
  expect(signed.length - response.length).toBeLessThanOrEqual(tsigOctets(checked));
  return { response, signed };
}

test('RFC 8945 §5.3: the response is signed together with the MAC of the request', () => {
  const request = signedByHand(UPDATE, SIGNATURE);
  const mac = request.subarray(-38, -6);
  const { response, signed } = answered(request, NOW + 5);
  const prefix = Buffer.concat([Buffer.from([0, 32]), mac]);
  expect(Buffer.from(signed)).toEqual(signedByHand(response, { ...SIGNATURE, timeSigned: NOW + 5, prefix }));
});

test('RFC 8945 §5.3.2: the answer to BADSIG and BADKEY carries a TSIG with the error and no MAC', () => {
  const byError = [
    { error: TsigError.BADSIG, signature: { ...SIGNATURE, secret: Buffer.alloc(32) } },
    { error: TsigError.BADKEY, signature: { ...SIGNATURE, keyName: '056f7468657200' } },
  ];
  for (const { error, signature } of byError) {
    const { response, signed } = answered(signedByHand(UPDATE, signature), NOW);
    expect(Buffer.from(signed)).toEqual(signedByHand(response, { ...signature, macOctets: 0, error }));
  }
});

test("RFC 8945 §5.2.3: the answer to BADTIME is signed, has the client's time, and tells the server's", () => {
  const request = signedByHand(UPDATE, SIGNATURE);
  const { response, signed } = answered(request, NOW + 1000);
  const prefix = Buffer.concat([Buffer.from([0, 32]), request.subarray(-38, -6)]);
  const other = Buffer.alloc(6);
  other.writeUIntBE(NOW + 1000, 0, 6);
  expect(Buffer.from(signed)).toEqual(
    signedByHand(response, { ...SIGNATURE, prefix, error: TsigError.BADTIME, other }),
  );
});
