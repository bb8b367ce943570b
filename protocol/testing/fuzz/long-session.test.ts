import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { keepaliveTlv } from '../../dso/base-tlvs.ts';
import { framed } from '../../dso/framer.ts';
import { readDsoMessage, writeDsoMessage } from '../../dso/message.ts';
import type { OutgoingTlv } from '../../dso/tlv.ts';
import { a, question } from '../../dnssd/testing/records.ts';
import { PushClient } from '../../push/client.ts';
import type { ClientOutput } from '../../push/client.ts';
import { PUSH_TLV_RULES, pushTlv, subscribeTlv, unsubscribeTlv } from '../../push/tlvs.ts';
import { ZoneCache } from '../../push/zone-cache.ts';
import { RecordType } from '../../wire/registry.ts';
import { TestServer } from '../subjects.ts';
import { TestZones } from '../test-zones.ts';

const ROUNDS = 8_000;
/** Rounds before the first look: code is compiled, tables grow to their size. */
const WARM_UP = 3_000;
/** Less than 64 octets a round, which is less than anything takes that could be forgotten; the engine's noise is a tenth. */
const MAX_GROWTH_OCTETS = 64 * ROUNDS;
/** Names come again, since some are remembered for that. */
const NAMES = 1_000;
/** So that a MESSAGE ID has rested before its turn comes again. */
const ROUND_MS = 50;
const TIMEOUTS = keepaliveTlv({ inactivityMs: 0xffffffff, keepaliveMs: 0xffffffff });

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

function heapOctets(): number {
  if (typeof collectGarbage === 'function') collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** By how much the heap grows from the middle of many rounds to their end. */
function growthOf(round: (at: number) => void): number {
  for (let at = 0; at < WARM_UP; at++) round(at);
  const before = heapOctets();
  for (let at = WARM_UP; at < WARM_UP + ROUNDS; at++) round(at);
  return heapOctets() - before;
}

function message(id: number, isResponse: boolean, ...tlvs: readonly OutgoingTlv[]): Uint8Array {
  return framed(writeDsoMessage({ id, isResponse, rcode: 0 }, tlvs));
}

function idOf(outputs: readonly ClientOutput[]): number {
  const [output] = outputs;
  if (output?.kind !== 'send') throw new Error('nothing was sent');
  return readDsoMessage(output.bytes.subarray(2), PUSH_TLV_RULES).id;
}

test('LIFE-03: a client that subscribes and unsubscribes for hours keeps nothing of it', () => {
  const client = new PushClient(0);
  client.open(0);
  client.receive(message(1, true, TIMEOUTS), 0);
  const growth = growthOf((at) => {
    const [nowMs, name] = [at * ROUND_MS, `h${at % NAMES}.example.com`];
    const asked = question(name, RecordType.A);
    const id = idOf(client.subscribe(asked, nowMs));
    const push = message(0, false, pushTlv([{ kind: 'add', record: a(name, '192.0.2.1') }]));
    client.receive(message(id, true), nowMs);
    expect(client.receive(push, nowMs)).toHaveLength(1);
    client.unsubscribe(asked, nowMs);
    expect(client.receive(push, nowMs)).toHaveLength(0);
  });
  expect(client.subscriptionCount).toBe(0);
  expect(growth).toBeLessThan(MAX_GROWTH_OCTETS);
});

test('LIFE-03: a server whose client does so keeps nothing of it', () => {
  const { session } = new TestServer(new TestZones(['example.com.'], 'h.example.com. 120 IN A 192.0.2.7'));
  session.receive(message(1, false, TIMEOUTS), 0);
  const growth = growthOf((at) => {
    const id = 2 + (at % 60_000);
    const asked = subscribeTlv(question('h.example.com', RecordType.A));
    expect(session.receive(message(id, false, asked), at * ROUND_MS)).toHaveLength(2);
    session.receive(message(0, false, unsubscribeTlv(id)), at * ROUND_MS);
  });
  expect(session.subscriptionCount).toBe(0);
  expect(growth).toBeLessThan(MAX_GROWTH_OCTETS);
});

test('LIFE-03: a cache keeps nothing of what came and went', () => {
  const cache = new ZoneCache();
  const growth = growthOf((at) => {
    const [nowMs, name] = [at * ROUND_MS, `h${at % NAMES}.example.com`];
    const asked = question(name, RecordType.A);
    cache.cover(asked, nowMs);
    cache.apply([{ kind: 'add', record: a(name, '192.0.2.1', 1) }], nowMs);
    cache.uncover(asked, nowMs);
    cache.tick(nowMs);
  });
  expect(cache.nameCount).toBeLessThan(100);
  expect(growth).toBeLessThan(MAX_GROWTH_OCTETS);
});
