import fc from 'fast-check';
import { expect, test } from 'vitest';
import { framed } from '../dso/framer.ts';
import { arbitraryChange } from '../testing/arbitraries.ts';
import { dialogue, opened } from '../testing/dialogue.ts';
import { TestServer } from '../testing/subjects.ts';
import { TestZones } from '../testing/test-zones.ts';
import { formatChange } from '../transcript-change.ts';
import { formatMessage, readMessageWords } from '../transcript-message.ts';
import { readPhrase } from '../transcript-words.ts';
import { Name } from '../wire/name.ts';
import { ByteReader } from '../wire/reader.ts';
import { readRecord } from '../wire/record.ts';
import { PushClient } from './client.ts';
import { pushMessages } from './push-messages.ts';
import { MAX_PUSH_OCTETS } from './tlvs.ts';

const HOST = 'laser1.example.com.';
const INSTANCE = 'Laser1._ipp._tcp.example.com.';
const ZONE = `
  ${HOST} 120 IN AAAA 2001:db8::1
  ${HOST} 120 IN AAAA 2001:db8::2
  ${HOST} 120 IN AAAA 2001:db8::3
  ${HOST} 120 IN A 192.0.2.7
  ${INSTANCE} 120 IN SRV 0 0 631 ${HOST}
  ${INSTANCE} 120 IN TXT "ty=Laser"`;

function server(): TestServer {
  return new TestServer(new TestZones(['example.com.'], ZONE));
}

/** Subscriptions whose first PUSH lies behind the dialogue. */
function subscribed(...questions: readonly string[]): TestServer {
  const subject = server();
  const send = (words: string) => subject.session.receive(framed(readMessageWords(readPhrase(words, 1))), 0);
  send('KEEPALIVE #1 inactivity=15000 keepalive=3600000');
  for (const [at, question] of questions.entries()) send(`SUBSCRIBE #${at + 2} ${question}`);
  return subject;
}

test('SRV-27: a change is pushed once, however many subscriptions cover it', () =>
  dialogue(
    subscribed(`${HOST} IN A`, `${HOST} IN ANY`, `${HOST} ANY A`),
    `zone add ${HOST} 60 IN A 192.0.2.8
      S: PUSH add ${HOST} 60 IN A 192.0.2.8`,
  ));

test('SRV-27: and so is what several new subscriptions are told first', () =>
  dialogue(
    server(),
    `${opened()}
      C: SUBSCRIBE #2 ${HOST} IN A &
      C: SUBSCRIBE #3 ${HOST} ANY A
      S: RESPONSE #2 NOERROR
      S: RESPONSE #3 NOERROR
      S: PUSH add ${HOST} 120 IN A 192.0.2.7`,
  ));

test('SRV-28: one PUSH holds what there is to tell, for all subscriptions together', () =>
  dialogue(
    server(),
    `${opened()}
      C: SUBSCRIBE #2 ${HOST} IN A &
      C: SUBSCRIBE #3 ${INSTANCE} IN TXT
      S: RESPONSE #2 NOERROR
      S: RESPONSE #3 NOERROR
      S: PUSH add ${HOST} 120 IN A 192.0.2.7 | add ${INSTANCE} 120 IN TXT "ty=Laser"
      zone add ${HOST} 60 IN A 192.0.2.8 | add ${INSTANCE} 60 IN TXT "b" | remove ${INSTANCE} IN TXT "ty=Laser"
      S: PUSH add ${HOST} 60 IN A 192.0.2.8 | add ${INSTANCE} 60 IN TXT "b" | remove ${INSTANCE} IN TXT "ty=Laser"`,
  ));

test('SRV-29: two thousand records come in messages of at most 16,382 octets, in order and complete', () => {
  const lines = Array.from(
    { length: 2000 },
    (_, at) => `_ipp._tcp.example.com. 60 IN PTR printer-${at}._ipp._tcp.example.com.`,
  );
  const session = new TestServer(new TestZones(['example.com.'], lines.join('\n'))).session;
  const receive = (words: string) => session.receive(framed(readMessageWords(readPhrase(words, 1))), 0);
  receive('KEEPALIVE #1 inactivity=15000 keepalive=3600000');
  const outputs = receive('SUBSCRIBE #2 _ipp._tcp.example.com. IN PTR').slice(1);
  const messages = outputs.map((output) =>
    output.kind === 'send' ? output.bytes.subarray(2) : new Uint8Array(),
  );
  expect(messages.length).toBeGreaterThan(1);
  expect(messages.filter(({ length }) => length > MAX_PUSH_OCTETS)).toEqual([]);
  // All but the last are full: another record of the size of the largest would not fit.
  expect(messages.slice(0, -1).filter(({ length }) => length < MAX_PUSH_OCTETS - 40)).toEqual([]);
  const pushed = messages.flatMap((message) => formatMessage(message).slice('PUSH '.length).split(' | '));
  expect(pushed).toEqual(lines.map((line) => `add ${line}`));
  // The client on the other side takes them all.
  const client = new PushClient(0);
  dialogue(
    client,
    `C: KEEPALIVE #1 inactivity=15000 keepalive=3600000
      S: RESPONSE #1 NOERROR KEEPALIVE inactivity=15000 keepalive=3600000   => established
      subscribe _ipp._tcp.example.com. PTR
      C: SUBSCRIBE #2 _ipp._tcp.example.com. IN PTR
      S: RESPONSE #2 NOERROR   => accepted _ipp._tcp.example.com. PTR`,
  );
  const told = outputs.flatMap((output) => (output.kind === 'send' ? client.receive(output.bytes, 0) : []));
  expect(told.flatMap((output) => (output.kind === 'changes' ? output.changes : []))).toHaveLength(2000);
});

test('a record that no message can hold is left out, and no other', () => {
  const big = {
    name: Name.of('big.'),
    type: 65_280,
    class: 1,
    ttlSeconds: 1,
    rdata: new Uint8Array(16_400),
  };
  const small = { ...big, rdata: Uint8Array.of(1) };
  const messages = pushMessages([small, big, small].map((record) => ({ kind: 'add', record })));
  expect(messages.map(formatMessage)).toEqual([
    'PUSH add big. 1 IN TYPE65280 \\# 1 01',
    'PUSH add big. 1 IN TYPE65280 \\# 1 01',
  ]);
});

test('SRV-30: three AAAA records that go are one removal', () =>
  dialogue(
    subscribed(`${HOST} IN ANY`),
    `zone remove ${HOST} IN AAAA 2001:db8::1 | remove ${HOST} IN AAAA 2001:db8::2 | remove ${HOST} IN AAAA 2001:db8::3
      S: PUSH remove-rrset ${HOST} IN AAAA`,
  ));

test('SRV-30: two of three are two, because a collective removal would say too much', () =>
  dialogue(
    subscribed(`${HOST} IN AAAA`),
    `zone remove ${HOST} IN AAAA 2001:db8::1 | remove ${HOST} IN AAAA 2001:db8::3
      S: PUSH remove ${HOST} IN AAAA 2001:db8::1 | remove ${HOST} IN AAAA 2001:db8::3
      zone remove ${HOST} IN AAAA 2001:db8::2 | add ${HOST} 60 IN AAAA 2001:db8::4
      S: PUSH remove ${HOST} IN AAAA 2001:db8::2 | add ${HOST} 60 IN AAAA 2001:db8::4`,
  ));

test('SRV-30: a name of which nothing is left goes in one removal', () =>
  dialogue(
    subscribed(`${INSTANCE} IN SRV`, `${INSTANCE} IN TXT`),
    `zone remove ${INSTANCE} IN SRV 0 0 631 ${HOST} | remove ${INSTANCE} IN TXT "ty=Laser"
      S: PUSH remove-class ${INSTANCE} IN`,
  ));

test('SRV-30: one of which something is left does not, though it is not subscribed to', () =>
  dialogue(
    subscribed(`${INSTANCE} IN SRV`, `${INSTANCE} IN TXT`),
    `zone add ${INSTANCE} 60 IN TYPE65280 \\# 1 00
      => nothing
      zone remove ${INSTANCE} IN SRV 0 0 631 ${HOST} | remove ${INSTANCE} IN TXT "ty=Laser"
      S: PUSH remove-rrset ${INSTANCE} IN SRV | remove-rrset ${INSTANCE} IN TXT`,
  ));

test('SRV-30: what else happened in the same batch is told as it is, a CNAME among it', () =>
  dialogue(
    subscribed(`${HOST} IN A`, `${INSTANCE} IN ANY`),
    `zone remove ${HOST} IN A 192.0.2.7 | add ${HOST} 60 IN CNAME x. | add ${INSTANCE} 60 IN APL \\# 0
      S: PUSH add ${HOST} 60 IN CNAME x. | add ${INSTANCE} 60 IN APL \\# 0 | remove-rrset ${HOST} IN A`,
  ));

test('SRV-31: owners and RDATA names are pointers into the message', () =>
  dialogue(
    subscribed(`${HOST} IN A`, `${INSTANCE} IN SRV`),
    `zone add ${HOST} 60 IN A 192.0.2.8 | add ${HOST} 60 IN A 192.0.2.9 | add ${INSTANCE} 60 IN SRV 0 0 80 ${HOST}
      S: BYTES 000030000000000000000000 0041 0057 066c6173657231 076578616d706c65 03636f6d 00 0001 0001 0000003c 0004 c0000208 c010 0001 0001 0000003c 0004 c0000209 064c6173657231 045f697070 045f746370 c017 0021 0001 0000003c 0008 0000 0000 0050 c010`,
  ));

test('SRV-32: no add and no single removal has TYPE or CLASS 255, and a removal of all classes has TYPE 0', () => {
  fc.assert(
    fc.property(fc.array(arbitraryChange, { minLength: 1, maxLength: 8 }), (changes) => {
      for (const message of pushMessages(changes)) {
        const reader = new ByteReader(message, 16);
        while (!reader.atEnd) expect(formatChange(readRecord(reader))).not.toMatch(/^record /);
      }
    }),
  );
});
