import { createSocket } from 'node:dgram';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { Random } from '../../protocol/testing/fuzz/random.ts';
import { readMessage, writeQuery } from '../../protocol/wire/message.ts';
import { Name } from '../../protocol/wire/name.ts';
import { rcodeName, RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { DnsServer } from '../../main/demo/dns-server.ts';
import { Responder } from '../../main/demo/responder.ts';
import { zones } from '../../main/demo/testing/zone-fixture.ts';
import { systemClock } from '../../main/net/clock.ts';
import { cryptoRandom } from '../../main/net/random.ts';
import { StubResolver } from '../../main/net/resolver.ts';
import { VirtualClock } from '../../main/net/virtual-clock.ts';
import { DnsGate } from './dns-gate.ts';
import type { DnsWeather } from './dns-gate.ts';

const QUESTION = { name: Name.of('host.office.test'), type: RecordType.A, class: RecordClass.IN };
let gate: DnsGate;

beforeEach(async () => {
  const store = zones({ 'office.test.': 'host A 192.0.2.1' });
  const server = await DnsServer.listen(new Responder(store, [], systemClock), 0, new VirtualClock());
  gate = await DnsGate.open(server.port, new Random(1));
  onTestFinished(async () => {
    await gate.close();
    await server.close();
  });
});

/** So many answers to one query over UDP, each as `ID RCODE, answers` and TC. */
async function answers(count: number): Promise<readonly string[]> {
  const socket = createSocket('udp4');
  onTestFinished(() => void socket.close());
  const told: string[] = [];
  return new Promise((resolve) => {
    socket.on('message', (bytes) => {
      const message = readMessage(bytes);
      const tc = message.isTruncated ? ' TC' : '';
      told.push(`${message.id} ${rcodeName(message.rcode)}, ${message.answers.length}${tc}`);
      if (told.length === count) resolve(told);
    });
    socket.send(writeQuery(7, QUESTION, true, 1232), gate.port, '127.0.0.1');
  });
}

/** What a resolver makes of it, which goes to TCP where it is told to. */
async function resolved(): Promise<string> {
  const servers = [{ host: '127.0.0.1', port: gate.port }];
  const resolver = new StubResolver({ servers, clock: new VirtualClock(), random: cryptoRandom });
  const reply = await resolver.query(QUESTION);
  return reply.kind === 'failed'
    ? 'failed'
    : `${rcodeName(reply.message.rcode)}, ${reply.message.answers.length}`;
}

test.each<[DnsWeather, readonly string[]]>([
  ['clear', ['7 NOERROR, 1']],
  ['twice', ['7 NOERROR, 1', '7 NOERROR, 1']],
  ['truncated', ['7 NOERROR, 0 TC']],
  ['servfail', ['7 SERVFAIL, 0']],
])('in %s weather an answer over UDP is %j', async (weather, expected) => {
  gate.weather = weather;
  expect(await answers(expected.length)).toEqual(expected);
});

test('a forged answer has another ID, and the true one follows', async () => {
  gate.weather = 'forged';
  const [forged, own] = await answers(2);
  expect(forged).toMatch(/^(?!7 )\d+ SERVFAIL, 0$/);
  expect(own).toBe('7 NOERROR, 1');
});

test.each<[DnsWeather, string]>([
  ['clear', 'NOERROR, 1'],
  ['twice', 'NOERROR, 1'],
  ['forged', 'NOERROR, 1'],
  ['truncated', 'NOERROR, 1'],
  ['no-tcp', 'failed'],
  ['servfail', 'SERVFAIL, 0'],
])('in %s weather a resolver has %s', async (weather, expected) => {
  gate.weather = weather;
  expect(await resolved()).toBe(expected);
});
