import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { lookUp } from '../../protocol/discovery/lookup.ts';
import { writeMessage } from '../../protocol/wire/message.ts';
import { Name } from '../../protocol/wire/name.ts';
import { RecordType } from '../../protocol/wire/registry.ts';
import { makeQuery, responseTo } from './dns-query.ts';
import { run } from './procedure.ts';
import { address, octetsOf, QUESTION } from './testing/records.ts';
import { startDns, startResolver } from './testing/start.ts';

const QUERY = makeQuery(QUESTION, () => 0.5, { edns: 'plain' });
/** Where the records of a response begin: behind the header and the question. */
const HEAD = writeMessage({
  ...responseHead(),
  questions: [QUESTION],
});

function responseHead() {
  return {
    id: QUERY.id,
    opcode: 0,
    rcode: 0,
    isResponse: true,
    isAuthoritative: false,
    isTruncated: false,
    recursionDesired: true,
    recursionAvailable: true,
    isAuthenticData: false,
    checkingDisabled: false,
    answers: [],
    authorities: [],
    additionals: [],
  } as const;
}

/** A response that says it has so many answers, followed by these octets. */
function response(answers: number, body: readonly number[]): Uint8Array {
  const bytes = Uint8Array.from([...HEAD, ...body]);
  new DataView(bytes.buffer).setUint16(6, answers);
  return bytes;
}

/** Octets that tell how often they were read one by one. */
function counted(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly reads: () => number } {
  let reads = 0;
  const proxy = new Proxy(bytes, {
    get: (target, key) => {
      if (typeof key === 'string' && /^\d+$/.test(key)) reads++;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return { bytes: proxy, reads: () => reads };
}

const RECORD_TAIL = [0, 16, 0, 1, 0, 0, 0, 60, 0, 0]; // TXT, IN, a minute, no RDATA
const pointerTo = (at: number): readonly number[] => [0xc0 | (at >>> 8), at & 0xff];

/** 126 pointers, each to the one before, and then as many records as fit that are named by the last. */
function backwardChains(): Uint8Array {
  const body: number[] = [0, ...RECORD_TAIL.slice(0, 8), 0, 252]; // a record of the root whose RDATA is the chain
  const start = HEAD.length + body.length;
  for (let at = 0; at < 126; at++) body.push(...pointerTo(at === 0 ? HEAD.length : start + 2 * (at - 1)));
  let answers = 1;
  while (HEAD.length + body.length + 12 <= 65_535) {
    body.push(...pointerTo(start + 2 * 125), ...RECORD_TAIL);
    answers++;
  }
  return response(answers, body);
}

/** Names of 127 labels over and over: each record repeats the whole name by one pointer more. */
function longNames(): Uint8Array {
  const body: number[] = [];
  for (let at = 0; at < 126; at++) body.push(1, 0x61);
  body.push(0, ...RECORD_TAIL);
  let answers = 1;
  while (HEAD.length + body.length + 14 <= 65_535) {
    body.push(...pointerTo(HEAD.length), ...RECORD_TAIL);
    answers++;
  }
  return response(answers, body);
}

test.each([
  ['backward pointer chains', backwardChains()],
  ['long names over and over', longNames()],
  [
    'a pointer to itself in each record',
    response(
      5000,
      Array.from({ length: 64_000 }, () => 0xc0),
    ),
  ],
  ['counts that nothing follows', response(65_535, [])],
  [
    'records of no length',
    response(
      5000,
      Array.from({ length: 64_000 }, () => 0),
    ),
  ],
])('an answer of 64 KiB with %s costs less than three reads an octet', (_, bytes) => {
  const { bytes: watched, reads } = counted(bytes);
  responseTo(QUERY, watched);

  expect(reads()).toBeLessThan(3 * bytes.length);
});

test('a message that is not the answer is not read beyond its header', () => {
  const other = backwardChains();
  other[1] = other[1]! ^ 1;
  const { bytes, reads } = counted(other);

  expect(responseTo(QUERY, bytes)).toBeUndefined();
  expect(reads()).toBeLessThan(8);
});

test('an answer of backward pointer chains breaks no rule and is read', () => {
  expect(responseTo(QUERY, backwardChains())?.answers.length).toBeGreaterThan(5000);
});

test('RFC 5452 §9.3: after 64 datagrams that answer nothing the question goes over TCP, where nobody can guess', async () => {
  const dns = await startDns();
  const reply = startResolver([dns.endpoint]).query(QUESTION);
  const asked = await dns.next();
  for (let at = 1; at <= 65; at++) asked.answer({ id: asked.query.id ^ at, answers: [address(66)] });
  const again = await dns.next();
  again.answer({ answers: [address(1)] });

  expect(again.over).toBe('tcp');
  expect(octetsOf(await reply)).toEqual([1]);
});

test('a flood from elsewhere costs the question nothing: its socket takes none of it', async () => {
  const dns = await startDns();
  const flooder = createSocket('udp4').bind(0, '127.0.0.1');
  await once(flooder, 'listening');
  onTestFinished(() => void flooder.close());
  const reply = startResolver([dns.endpoint]).query(QUESTION);
  const asked = await dns.next();
  const forged = writeMessage({ ...asked.query, isResponse: true, answers: [address(66)] });
  const { port, address: host } = asked.from;
  for (let at = 0; at < 500; at++) await new Promise((resolve) => flooder.send(forged, port, host, resolve));
  asked.answer({ answers: [address(1)] });

  expect(octetsOf(await reply)).toEqual([1]);
  expect(dns.received).toHaveLength(1);
});

test('a server that floods over TCP too is given up, in words', async () => {
  const dns = await startDns();
  const reply = startResolver([dns.endpoint]).query(QUESTION);
  (await dns.next()).answer({ isTruncated: true });
  const asked = await dns.next();
  for (let at = 1; at <= 65; at++) asked.answer({ id: asked.query.id ^ at });

  expect(await reply).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining(
      'sends answers to what nobody asked (over TCP): no DNS resolver can be used there',
    ),
  });
});

test('records of other names in an answer are of no consequence', async () => {
  const dns = await startDns();
  const resolver = startResolver([dns.endpoint]);
  const looking = run(lookUp(QUESTION.name, [RecordType.A]), resolver);
  const other = { ...address(66), name: Name.of('bank.test') };
  (await dns.next()).answer({ answers: [other, address(1)], additionals: [other] });
  const [lookup] = await looking;
  const later = resolver.query({ ...QUESTION, name: other.name });
  (await dns.next()).answer({ answers: [{ ...other, rdata: address(2).rdata }] });

  expect(lookup).toMatchObject({ kind: 'records', records: [{ rdata: address(1).rdata }] });
  expect(octetsOf(await later)).toEqual([2]);
});
