import { createSocket, Socket } from 'node:dgram';
import { once } from 'node:events';
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { DnsMessage } from '../../protocol/wire/message.ts';
import { writeMessage } from '../../protocol/wire/message.ts';
import { Name } from '../../protocol/wire/name.ts';
import { Opcode, Rcode, RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { makeQuery, responseTo } from './dns-query.ts';
import { StubResolver } from './resolver.ts';
import { address, octetsOf, QUESTION } from './testing/records.ts';
import { startDns, startResolver } from './testing/start.ts';
import { VirtualClock } from './virtual-clock.ts';

const FORM = { edns: 'plain' } as const;
const QUERY = makeQuery(QUESTION, () => 0.5, FORM);
const RESPONSE: DnsMessage = {
  id: QUERY.id,
  opcode: Opcode.QUERY,
  rcode: Rcode.NOERROR,
  isResponse: true,
  isAuthoritative: false,
  isTruncated: false,
  recursionDesired: true,
  recursionAvailable: true,
  isAuthenticData: false,
  checkingDisabled: false,
  questions: [QUESTION],
  answers: [address(1)],
  authorities: [],
  additionals: [],
};

function isTaken(parts: Partial<DnsMessage>): boolean {
  return responseTo(QUERY, writeMessage({ ...RESPONSE, ...parts })) !== undefined;
}

test.each<readonly [string, Partial<DnsMessage>]>([
  ['another ID', { id: QUERY.id ^ 1 }],
  ['a query', { isResponse: false }],
  ['another opcode', { opcode: Opcode.NOTIFY }],
  ['another name', { questions: [{ ...QUESTION, name: Name.of('evil.test') }] }],
  ['another type', { questions: [{ ...QUESTION, type: RecordType.AAAA }] }],
  ['another class', { questions: [{ ...QUESTION, class: RecordClass.CH }] }],
  ['two questions', { questions: [QUESTION, QUESTION] }],
  ['no question', { questions: [] }],
  ['an error without a question that brings records', { questions: [], rcode: Rcode.SERVFAIL }],
])('DISC-14: %s is not the response', (_, parts) => {
  expect(isTaken(parts)).toBe(false);
});

test.each<readonly [string, Partial<DnsMessage>]>([
  ['the response', {}],
  [
    'the response whose question has other case',
    { questions: [{ ...QUESTION, name: Name.of('PUSH.test') }] },
  ],
  [
    'an error of a server that could not read the question',
    { questions: [], answers: [], rcode: Rcode.FORMERR },
  ],
])('DISC-14: %s is taken', (_, parts) => {
  expect(isTaken(parts)).toBe(true);
});

test('DISC-14: whatever octets come, only the response to the question is taken, and nothing is thrown', () => {
  const valid = writeMessage(RESPONSE);
  const garbage = fc.uint8Array({ maxLength: 200 });
  const edits = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  const mutated = edits.map((changes) => {
    const bytes = valid.slice();
    for (const [at, octet] of changes) bytes[at] = octet;
    return bytes;
  });
  const holds = fc.property(fc.oneof(garbage, mutated), (bytes) => {
    const message = responseTo(QUERY, bytes);
    return message === undefined || (message.id === QUERY.id && message.isResponse);
  });
  fc.assert(holds, { seed: 5452, numRuns: 3000 });
});

test('DISC-14: wrong datagrams are ignored and the right one is still waited for', async () => {
  const dns = await startDns();
  const reply = startResolver([dns.endpoint]).query(QUESTION);
  const asked = await dns.next();
  const wrong = { answers: [address(66)] };
  asked.send(new Uint8Array());
  asked.send(Uint8Array.of(0xff));
  asked.send(new Uint8Array(3000).fill(0xc0));
  asked.answer({ ...wrong, id: asked.query.id ^ 0x8000 });
  asked.answer({ ...wrong, questions: [{ ...QUESTION, type: RecordType.SRV }] });
  asked.answer({ ...wrong, isResponse: false });
  asked.answer({ answers: [address(1)] });

  expect(octetsOf(await reply)).toEqual([1]);
});

test('DISC-14: a perfect answer from another port is ignored', async () => {
  const dns = await startDns();
  const forger = createSocket('udp4').bind(0, '127.0.0.1');
  await once(forger, 'listening');
  onTestFinished(() => void forger.close());
  const reply = startResolver([dns.endpoint]).query(QUESTION);
  const asked = await dns.next();
  const forged = writeMessage({ ...asked.query, isResponse: true, additionals: [], answers: [address(66)] });
  await new Promise((resolve) => forger.send(forged, asked.from.port, asked.from.address, resolve));
  asked.answer({ answers: [address(1)] });

  expect(octetsOf(await reply)).toEqual([1]);
});

test('DISC-14: a perfect answer that came before the socket was tied to its server is ignored', async () => {
  const dns = await startDns();
  const random = (): number => 0.987;
  const { id } = makeQuery(QUESTION, random, FORM);
  const forged = writeMessage({ ...RESPONSE, id, answers: [address(66)] });
  const forger = createSocket('udp4').bind(0, '127.0.0.1');
  await once(forger, 'listening');
  onTestFinished(() => void forger.close());
  const { connect } = Socket.prototype as { readonly connect: Connect };
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (
    this: Socket,
    ...given: readonly unknown[]
  ) {
    const [port, host, callback] = given as Parameters<Connect>;
    forger.send(forged, this.address().port, '127.0.0.1', () => connect.call(this, port, host, callback));
  });
  const resolver = new StubResolver({ servers: [dns.endpoint], clock: new VirtualClock(), random });
  onTestFinished(() => resolver.close());
  const reply = resolver.query(QUESTION);
  const asked = await dns.next();
  expect(asked.query.id).toBe(id);
  asked.answer({ answers: [address(1)] });

  expect(octetsOf(await reply)).toEqual([1]);
});

type Connect = (this: Socket, port: number, host: string, callback: () => void) => void;
