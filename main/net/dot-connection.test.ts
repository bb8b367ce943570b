import { expect, test } from 'vitest';
import { framed } from '../../protocol/dso/framer.ts';
import { writeMessage } from '../../protocol/wire/message.ts';
import { Name } from '../../protocol/wire/name.ts';
import { Rcode, RecordType } from '../../protocol/wire/registry.ts';
import { FakeDot } from './testing/fake-dot.ts';
import { address, messageOf, octetsOf, QUESTION } from './testing/records.ts';
import { startSecureResolver } from './testing/start.ts';
import { VirtualClock } from './virtual-clock.ts';

const named = (name: string) => ({ ...QUESTION, name: Name.of(name) });

test('RFC 7766 §6.2.1.1: questions follow one another over one connection, and answers come in any order', async () => {
  const dot = await FakeDot.start();
  const resolver = startSecureResolver([dot.address()]);
  const replies = ['a.test', 'b.test', 'c.test'].map((name) => resolver.query(named(name)));
  const asked = await dot.take(3);
  for (const [at, received] of [...asked.entries()].reverse())
    received.answer({ answers: [address(at + 1)] });

  expect((await Promise.all(replies)).map(octetsOf)).toEqual([[1], [2], [3]]);
  expect(dot.server.accepted).toHaveLength(1);
  expect(new Set(asked.map(({ query }) => query.id)).size).toBe(3);
});

test('RFC 8467 §4.1: what is asked over TLS is padded to 128 octets, and ALPN says what is spoken', async () => {
  const dot = await FakeDot.start();
  const reply = startSecureResolver([dot.address()]).query(QUESTION);
  const asked = await dot.next();
  asked.answer({ answers: [address(1)] });

  await reply;
  expect(asked.octets).toBe(128);
  expect(asked.query).toMatchObject({ recursionDesired: true, questions: [QUESTION] });
  expect(asked.connection.alpnProtocol).toBe('dot');
});

test('an answer of 64 KiB comes over TLS at once', async () => {
  const dot = await FakeDot.start();
  const reply = startSecureResolver([dot.address()]).query({ ...QUESTION, type: RecordType.TXT });
  const text = new Uint8Array(256).fill(0x78);
  text[0] = 255;
  const answers = Array.from({ length: 243 }, () => ({ ...address(1), type: RecordType.TXT, rdata: text }));
  (await dot.next()).answer({ answers });

  expect(messageOf(await reply).answers).toHaveLength(243);
});

test('RFC 7766 §7: an answer with a foreign ID, or the ID of another question, is passed over', async () => {
  const dot = await FakeDot.start();
  const resolver = startSecureResolver([dot.address()]);
  const reply = resolver.query(QUESTION);
  const asked = await dot.next();
  asked.answer({ id: asked.query.id ^ 1, answers: [address(66)] });
  asked.answer({ questions: [named('evil.test')], answers: [address(66)] });
  asked.send(Uint8Array.of(1));
  asked.answer({ answers: [address(1)] });

  expect(octetsOf(await reply)).toEqual([1]);
});

test('a resolver that floods with answers to what nobody asked is left, and the lookup says so', async () => {
  const dot = await FakeDot.start();
  const reply = startSecureResolver([dot.address()]).query(QUESTION);
  const asked = await dot.next();
  const stray = writeMessage({ ...asked.query, id: asked.query.id ^ 1, isResponse: true });
  asked.connection.write(Buffer.concat(Array.from({ length: 65 }, () => framed(stray))));

  expect(await reply).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('sends answers to what nobody asked: no DNS resolver can be used there'),
  });
});

test('RFC 7766 §6.2.4: what a lost connection left unanswered is asked over the next one', async () => {
  const dot = await FakeDot.start();
  const resolver = startSecureResolver([dot.address()]);
  const replies = ['a.test', 'b.test'].map((name) => resolver.query(named(name)));
  const [first] = await dot.take(2);
  first!.answer({ answers: [address(1)] });
  await replies[0];
  first!.connection.destroy();
  const again = await dot.next();
  again.answer({ answers: [address(2)] });

  expect(octetsOf(await replies[1]!)).toEqual([2]);
  expect(again.query.questions).toEqual([named('b.test')]);
  expect(dot.server.accepted).toHaveLength(2);
});

test('a resolver that answers one question a connection is asked all of them', async () => {
  const dot = await FakeDot.start();
  const resolver = startSecureResolver([dot.address()]);
  const replies = Array.from({ length: 5 }, (_, at) => resolver.query(named(`n${at}.test`)));
  for (let left = 5; left > 0; left--) {
    const [asked] = await dot.take(left);
    asked!.answer({ answers: [address(left)] });
    asked!.connection.end();
  }

  expect((await Promise.all(replies)).map(({ kind }) => kind)).toEqual(Array(5).fill('answer'));
  expect(dot.server.accepted).toHaveLength(5);
});

test('a resolver that closes twice without an answer is given up, in words', async () => {
  const dot = await FakeDot.start();
  const reply = startSecureResolver([dot.address()]).query(QUESTION);
  (await dot.next()).connection.end();
  (await dot.next()).connection.end();

  expect(await reply).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('closes its TLS connections without an answer'),
  });
  expect(dot.server.accepted).toHaveLength(2);
});

test('a connection without questions is closed in good order after 30 seconds, and the next question makes another', async () => {
  const dot = await FakeDot.start();
  const clock = new VirtualClock();
  const resolver = startSecureResolver([dot.address()], clock);
  const ask = async (name: string) => {
    const reply = resolver.query(named(name));
    (await dot.next()).answer({ answers: [address(1)] });
    return await reply;
  };
  await ask('a.test');
  clock.advance(29_999);
  await ask('b.test');
  clock.advance(30_000);
  expect(await dot.server.accepted[0]!.ending).toBe('end');
  await ask('c.test');

  expect(dot.server.accepted).toHaveLength(2);
});

test('an answer to what was cancelled is no stray one, and its ID rests until it has come', async () => {
  const dot = await FakeDot.start();
  const resolver = startSecureResolver([dot.address()]);
  const kept = resolver.query(named('kept.test'));
  const first = await dot.next();
  for (const round of ['a', 'b']) {
    const cancelled = Array.from({ length: 50 }, () => new AbortController());
    const lost = cancelled.map(({ signal }, at) => resolver.query(named(`${round}${at}.test`), signal));
    const asked = await dot.take(50);
    for (const interest of cancelled) interest.abort();
    await Promise.all(lost);
    for (const received of asked) received.answer({ answers: [address(66)] });
  }
  first.answer({ answers: [address(1)] });

  expect(octetsOf(await kept)).toEqual([1]);
});

test('told to forget, the resolver leaves its connection and asks what is open over another', async () => {
  const dot = await FakeDot.start();
  const resolver = startSecureResolver([dot.address()]);
  const reply = resolver.query(QUESTION);
  await dot.next();
  resolver.forget();
  await dot.server.accepted[0]!.ending;
  (await dot.next()).answer({ answers: [address(1)] });

  expect(octetsOf(await reply)).toEqual([1]);
  expect(dot.server.accepted).toHaveLength(2);
});

test('RFC 6891 §7: over TLS too, a server from before EDNS is asked again without it', async () => {
  const dot = await FakeDot.start();
  const reply = startSecureResolver([dot.address()]).query(QUESTION);
  (await dot.next()).answer({ rcode: Rcode.FORMERR });
  const again = await dot.next();
  again.answer({ answers: [address(1)] });

  expect(octetsOf(await reply)).toEqual([1]);
  expect(again.query.additionals).toEqual([]);
});

test('a closed resolver closes its connection in good order', async () => {
  const dot = await FakeDot.start();
  const clock = new VirtualClock();
  const resolver = startSecureResolver([dot.address()], clock);
  const reply = resolver.query(QUESTION);
  (await dot.next()).answer({ answers: [address(1)] });
  await reply;
  resolver.close();

  expect(await dot.server.accepted[0]!.ending).toBe('end');
});
