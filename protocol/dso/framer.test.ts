import { expect, test } from 'vitest';
import { dialogue, established } from '../testing/dialogue.ts';
import { readHex } from '../testing/hex.ts';
import { PushClient } from '../push/client.ts';
import { Name } from '../wire/name.ts';
import { hexOf } from '../wire/text.ts';
import { framed, Framer } from './framer.ts';

test('DSO-01: each message leaves with its big-endian length in one piece', () => {
  const client = new PushClient(0);
  const question = { name: Name.of('_ipp._tcp.example.com'), type: 12, class: 1 };
  const outputs = [...client.open(0), ...client.subscribe(question, 0)];
  const sent = outputs.map((output) => (output.kind === 'send' ? output.bytes : new Uint8Array()));
  expect(sent.map((bytes) => [bytes[0]! * 256 + bytes[1]!, bytes.length - 2])).toEqual([
    [24, 24],
    [43, 43],
  ]);
  expect(hexOf(framed(new Uint8Array(0x0102)).subarray(0, 2))).toBe('0102');
});

test('a message is framed up to 65,535 octets and no further', () => {
  expect(framed(new Uint8Array(0xffff)).subarray(0, 2)).toEqual(Uint8Array.of(0xff, 0xff));
  expect(() => framed(new Uint8Array(0x10000))).toThrow(RangeError);
});

test('DSO-02: messages are the same however the stream is cut, the length itself included', () => {
  const stream = readHex('0003 616263 0000 0001 64 0002 6566');
  const messages = ['616263', '', '64', '6566'];
  for (let size = 1; size <= stream.length; size++) {
    const framer = new Framer();
    const cut: string[] = [];
    for (let at = 0; at < stream.length; at += size) {
      for (const message of framer.receive(stream.slice(at, at + size))) cut.push(hexOf(message));
    }
    expect(cut).toEqual(messages);
    expect(framer.partial).toHaveLength(0);
  }
});

test('DSO-02: a PUSH that dribbles in octet by octet is applied when its last octet is there', () => {
  const client = subscribed();
  const octets = framed(readHex(PUSH_ADD));
  for (const octet of octets.subarray(0, -1)) expect(client.receive(Uint8Array.of(octet), 0)).toEqual([]);
  expect(client.receive(octets.subarray(-1), 0).map(({ kind }) => kind)).toEqual(['changes']);
});

test('DSO-02: fifty messages in one piece are all applied, in their order', () => {
  const pushes = Array.from({ length: 50 }, (_, at) => {
    const octets = framed(readHex(PUSH_ADD));
    octets[octets.length - 3] = at; // the last octet of the label in the RDATA
    return octets;
  });
  const outputs = subscribed().receive(Uint8Array.from(pushes.flatMap((octets) => [...octets])), 0);
  const order = outputs.map((output) => {
    const [change] = output.kind === 'changes' ? output.changes : [];
    return change?.kind === 'add' ? change.record.rdata[6] : undefined;
  });
  expect(order).toEqual(Array.from({ length: 50 }, (_, at) => at));
});

test('what an unfinished message has come to is known when the stream ends', () => {
  const framer = new Framer();
  expect([...framer.receive(readHex('0001 61 00'))].map(hexOf)).toEqual(['61']);
  expect(hexOf(framer.partial)).toBe('00');
  expect([...framer.receive(readHex('02 62'))]).toEqual([]);
  expect(hexOf(framer.partial)).toBe('000262');
});

test('a message that lies in one chunk is not copied', () => {
  const chunk = readHex('0001 61');
  const [message] = new Framer().receive(chunk);
  expect(message?.buffer).toBe(chunk.buffer);
});

test('DSO-02: a half message does nothing until its other half is there', () =>
  dialogue(
    new PushClient(0),
    `${established()}
      S: STREAM 0018
      S: STREAM 0000 3000 0000 0000 0000 0000 0001
      +1
      S: STREAM 0008 00003A98 0036EE80 00
      S: STREAM 0c 0000 b000 0000 0000 0000 0000   => abort fault RFC 8490 §5.4.1`,
  ));

/** A PUSH that adds Laser1 (as `push-add.hex` has it). */
const PUSH_ADD =
  '0000 3000 0000 0000 0000 0000 0041 002a 045f697070 045f746370 076578616d706c65 03636f6d 00' +
  '000c 0001 00001194 0009 064c6173657231c010';

function subscribed(): PushClient {
  const client = new PushClient(0);
  client.open(0);
  client.subscribe({ name: Name.of('_ipp._tcp.example.com'), type: 12, class: 1 }, 0);
  client.receive(framed(readHex('0001 B000 0000 0000 0000 0000 0001 0008 00003A98 0036EE80')), 0);
  client.receive(framed(readHex('0002 B000 0000 0000 0000 0000')), 0);
  return client;
}
