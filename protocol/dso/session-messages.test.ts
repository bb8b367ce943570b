import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PushClient } from '../push/client.ts';
import type { ClientOutput } from '../push/client.ts';
import { arbitraryDsoMessage, mutated } from '../testing/arbitraries.ts';
import { dialogue, established } from '../testing/dialogue.ts';
import { loadVectors } from '../testing/hex.ts';
import { formatMessage } from '../transcript-message.ts';
import { Name } from '../wire/name.ts';
import { hexOf } from '../wire/text.ts';
import { framed } from './framer.ts';

const LIVE = `${established()}
  subscribe a.example. PTR
  C: SUBSCRIBE #2 a.example. IN PTR
  S: RESPONSE #2 NOERROR   => accepted a.example. PTR`;

/** A message of the server, and where the rule stands that ends the session over it. */
const FATAL_IDS = [
  ['a response with ID 0', 'RESPONSE #0 NOERROR', '§5.4.1'],
  ['a response that names no operation', 'RESPONSE #9 NOERROR', '§5.5.2'],
  ['an error response that names no operation', 'RESPONSE #9 REFUSED', '§5.5.2'],
  ['a second NOERROR to a live operation', 'RESPONSE #2 NOERROR', '§5.5.2'],
] as const;

const MALFORMED = [
  ['no octet', 'BYTES'],
  ['less than a header', 'BYTES 000030000000000000000000'.slice(0, -2)],
  ['a TLV header cut short', 'BYTES 0000300000000000000000000041'],
  ['a TLV past the end of the message', 'BYTES 000030000000000000000000 0041 0005 00'],
  ['no TLV in a unidirectional message', 'EMPTY'],
  ['no TLV in a request', 'EMPTY #5'],
] as const;

const COUNTED = [
  ['PUSH', 'PUSH counts=0,1,0,0 add a.example. 60 IN PTR b.example.'],
  ['a response', 'RESPONSE #2 REFUSED counts=0,0,0,1'],
  ['a unidirectional Keepalive', 'KEEPALIVE counts=1,0,0,0 inactivity=1 keepalive=10000'],
] as const;

const PADDING = ['0', '1', '1 a5', '400', '400 a5'] as const;

test('DSO-03: everything a client sends has flags 0x3000 or a response, four zero counts, and ends with its TLVs', () => {
  fc.assert(
    fc.property(serverOctets(), (chunks) => {
      for (const { bytes } of conversation(chunks)) {
        const message = bytes.subarray(2);
        expect(hexOf(message.subarray(2, 4))).toMatch(/^(?:3000|b00[1b])$/);
        expect(hexOf(message.subarray(4, 12))).toBe('0'.repeat(16));
        // The words of a message that holds anything but whole TLVs would be BYTES.
        expect(formatMessage(message)).not.toMatch(/^BYTES/);
      }
    }),
  );
});

test('END-11: a client never sends Retry Delay or PUSH, nor a response but to an unknown or a miscounted request', () => {
  fc.assert(
    fc.property(serverOctets(), (chunks) => {
      for (const { bytes } of conversation(chunks)) {
        expect(formatMessage(bytes.subarray(2))).toMatch(
          /^(?:KEEPALIVE #|SUBSCRIBE #|UNSUBSCRIBE \d|RESPONSE #[1-9]\d* (?:DSOTYPENI|FORMERR)(?: PADDING \d+)?$)/,
        );
      }
    }),
  );
});

test('DSO-04: Z bits are ignored, and so is the RCODE of a message that is no response', () =>
  dialogue(
    new PushClient(0),
    `${LIVE}
      S: PUSH z=127 rcode=REFUSED add a.example. 60 IN PTR b.example.
      => changes add a.example. 60 IN PTR b.example.
      subscribe b.example. PTR
      C: SUBSCRIBE #3 b.example. IN PTR
      S: RESPONSE #3 NOERROR z=127   => accepted b.example. PTR`,
  ));

test('DSO-06: unidirectional messages carry MESSAGE ID 0', () =>
  dialogue(
    new PushClient(0),
    `${LIVE}
      reconfirm a.example. PTR b.example.
      C: BYTES 000030000000000000000000 0043 0013 0161076578616d706c6500 000c 0001 0162 c012
      unsubscribe a.example. PTR
      C: BYTES 000030000000000000000000 0042 0002 0002`,
  ));

test.each(FATAL_IDS)('DSO-07: %s ends the session', (_, message, section) =>
  dialogue(new PushClient(0), `${LIVE}\n S: ${message}   => abort fault ${section}`),
);

test('DSO-07: so does the answer to a RECONFIRM, which has none, though Apple sends one', () => {
  const [, answer] = loadVectors('apple-04n');
  dialogue(
    new PushClient(0),
    `${LIVE}
      reconfirm a.example. PTR b.example.
      C: RECONFIRM a.example. IN PTR b.example.
      ${answer!.line}   => abort fault §5.4.1`,
  );
  expect(answer!.line).toBe('S: RESPONSE #0 FORMERR');
});

test('DSO-08: a request of the server may have the MESSAGE ID of a pending request of ours', () =>
  dialogue(
    new PushClient(0),
    `${established()}
      subscribe a.example. PTR
      C: SUBSCRIBE #2 a.example. IN PTR
      S: TYPE63488 #2 00
      C: RESPONSE #2 DSOTYPENI
      S: RESPONSE #2 NOERROR   => accepted a.example. PTR`,
  ));

test('DSO-09: a request of unknown type is answered DSOTYPENI in twelve octets, and the session goes on', () =>
  dialogue(
    new PushClient(0),
    `${LIVE}
      S: TYPE63488 #7 a5a5
      C: BYTES 0007b00b0000000000000000
      S: PUSH add a.example. 60 IN PTR b.example.
      => changes add a.example. 60 IN PTR b.example.`,
  ));

test('DSO-10: a unidirectional message of unknown type ends the session', () =>
  dialogue(new PushClient(0), `${LIVE}\n S: TYPE63488 00   => abort fault §5.4.5`));

test('DSO-11: unknown additional TLVs are ignored, in a PUSH, in a request and in a response', () =>
  dialogue(
    new PushClient(0),
    `${LIVE}
      S: PUSH add a.example. 60 IN PTR b.example. + TYPE63489 a5
      => changes add a.example. 60 IN PTR b.example.
      S: TYPE63488 #7 + TYPE63489 a5
      C: RESPONSE #7 DSOTYPENI
      S: KEEPALIVE inactivity=15000 keepalive=20000 + TYPE63489
      subscribe b.example. PTR
      C: SUBSCRIBE #3 b.example. IN PTR
      S: RESPONSE #3 NOERROR TYPE63489 a5 + TYPE63490   => accepted b.example. PTR`,
  ));

test('DSO-12: a request that counts records is answered FORMERR, and the session goes on', () =>
  dialogue(
    new PushClient(0),
    `${LIVE}
      S: TYPE63488 #9 counts=1,0,0,0 00
      C: RESPONSE #9 FORMERR
      S: TYPE63488 #10 counts=0,0,0,1 00
      C: RESPONSE #10 FORMERR
      S: PUSH add a.example. 60 IN PTR b.example.
      => changes add a.example. 60 IN PTR b.example.`,
  ));

test.each(COUNTED)('DSO-12: %s that counts records ends the session', (_, message) =>
  dialogue(new PushClient(0), `${LIVE}\n S: ${message}   => abort fault RFC 8490 §5.4`),
);

test.each(MALFORMED)('DSO-13: a message with %s ends the session', (_, message) =>
  dialogue(new PushClient(0), `${LIVE}\n S: ${message}   => abort fault RFC 8490 §5.4`),
);

test.each(PADDING)('DSO-14: padding of %s octets is accepted wherever it may stand', (padding) =>
  dialogue(
    new PushClient(0),
    `${LIVE}
      S: PUSH add a.example. 60 IN PTR b.example. + PADDING ${padding}
      => changes add a.example. 60 IN PTR b.example.
      subscribe b.example. PTR
      C: SUBSCRIBE #3 b.example. IN PTR
      S: RESPONSE #3 NOERROR PADDING ${padding}   => accepted b.example. PTR
      S: TYPE63488 #7 + PADDING ${padding}
      C: RESPONSE #7 DSOTYPENI PADDING 452`,
  ),
);

test('a message cannot consist of padding', () =>
  dialogue(new PushClient(0), `${LIVE}\n S: PADDING 4   => abort fault §5.5.3`));

/** Messages of a server, good ones and broken ones, in chunks. */
function serverOctets(): fc.Arbitrary<readonly Uint8Array[]> {
  const message = fc.oneof(arbitraryDsoMessage, mutated(arbitraryDsoMessage), unknownRequest());
  return fc.array(message.map(framed), { maxLength: 12 });
}

function unknownRequest(): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.nat(1))
    .map(([id, padded]) =>
      Uint8Array.of(
        0,
        id,
        0x30,
        0,
        ...new Uint8Array(8),
        0xf8,
        0,
        0,
        0,
        ...(padded === 1 ? [0, 3, 0, 0] : []),
      ),
    );
}

/** All that a client says to such a server, keepalives, subscriptions and all. */
function conversation(chunks: readonly Uint8Array[]): readonly Extract<ClientOutput, { kind: 'send' }>[] {
  const client = new PushClient(0);
  const question = { name: Name.of('a.example'), type: 12, class: 1 };
  const outputs: ClientOutput[] = [...client.open(0), ...client.subscribe(question, 0)];
  outputs.push(...client.receive(framed(OPENED), 0));
  for (const [at, chunk] of chunks.entries()) {
    const nowMs = at * 5000;
    outputs.push(
      ...client.receive(chunk, nowMs),
      ...client.tick(nowMs),
      ...client.subscribe(question, nowMs),
    );
  }
  outputs.push(...client.unsubscribe(question, 100_000));
  return outputs.filter((output) => output.kind === 'send');
}

const OPENED = Uint8Array.of(
  0,
  1,
  0xb0,
  0,
  ...new Uint8Array(8),
  0,
  1,
  0,
  8,
  0,
  0,
  0x3a,
  0x98,
  0,
  0,
  0x3a,
  0x98,
);
