import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PushClient } from '../push/client.ts';
import { Name } from '../wire/name.ts';
import type { ClientOutput } from '../push/client.ts';
import { framed } from './framer.ts';
import { MessageIds, REST_MS } from './message-ids.ts';
import { writeDsoMessage } from './message.ts';

test('DSO-05: MESSAGE IDs are handed out in ascending order from 1', () => {
  const ids = new MessageIds();
  expect([ids.take(0), ids.take(0), ids.take(0)]).toEqual([1, 2, 3]);
});

test('DSO-05: behind 65535 comes 1 again, but no ID that is in use and never 0', () => {
  const ids = new MessageIds();
  expect(ids.take(0)).toBe(1);
  const later = Array.from({ length: 65_534 }, () => ids.take(0));
  expect(later.at(-1)).toBe(65_535);
  for (const id of later.slice(0, 5)) ids.release(id!, 0);
  expect(ids.take(REST_MS)).toBe(2); // 1 is still in use
});

test('DSO-05: a freed ID rests for 60 s, also when no other is left', () => {
  const ids = new MessageIds();
  for (let taken = 0; taken < 65_535; taken++) ids.take(0);
  ids.release(7, 1000);
  expect(ids.isResting(7, 1000)).toBe(true);
  expect(ids.take(1000 + REST_MS - 1)).toBeUndefined();
  expect(ids.isResting(7, 1000 + REST_MS)).toBe(false);
  expect(ids.take(1000 + REST_MS)).toBe(7);
});

test('an ID that is not in use cannot be freed', () => {
  const ids = new MessageIds();
  ids.release(1, 0);
  expect(ids.isResting(1, 0)).toBe(false);
  expect(ids.take(0)).toBe(1);
});

test('DSO-05: no ID is handed out twice while it is in use or rests, whatever is taken and freed', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(40_000)), { maxLength: 200 }), (steps) => {
      const ids = new MessageIds();
      const inUse: number[] = [];
      const freedAt = new Map<number, number>();
      const wrong: number[] = [];
      let nowMs = 0;
      for (const [take, passedMs] of steps) {
        nowMs += passedMs;
        const id = take ? ids.take(nowMs) : inUse.shift();
        if (id === undefined) continue;
        const hasRested = nowMs - (freedAt.get(id) ?? -Infinity) >= REST_MS;
        if (take && (id < 1 || inUse.includes(id) || !hasRested)) wrong.push(id);
        if (take) inUse.push(id);
        else ids.release(id, nowMs);
        if (!take) freedAt.set(id, nowMs);
      }
      expect(wrong).toEqual([]);
    }),
  );
});

test('DSO-05: 500 rounds of subscribing and unsubscribing use 500 IDs, and a wrap meets none that is live', () => {
  const client = new PushClient(0);
  client.open(0);
  client.receive(response(1), 0);
  const standing = question('standing.example.');
  const first = sentId(client.subscribe(standing, 0));
  client.receive(response(first), 0);
  const rounds = new Set<number>();
  let nowMs = 0;
  let id = first;
  // Enough rounds to come past 65535, with time in between for freed IDs to have rested.
  for (let round = 0; round < 66_000; round++) {
    const asked = question(`n${round % 7}.example.`);
    id = sentId(client.subscribe(asked, nowMs));
    client.receive(response(id), nowMs);
    client.unsubscribe(asked, nowMs);
    if (round < 500) rounds.add(id);
    else nowMs += 1;
    if (id === first) break;
  }
  expect(rounds.size).toBe(500);
  expect(id).not.toBe(first);
  expect(client.subscriptionCount).toBe(1);
});

function question(name: string) {
  return { name: Name.of(name), type: 12, class: 1 };
}

/** NOERROR, with the Keepalive TLV that the opener wants. */
function response(id: number): Uint8Array {
  const keepalive = {
    type: 1,
    write: (writer: { u32(value: number): void }) => {
      writer.u32(15_000);
      writer.u32(3_600_000);
    },
  };
  return framed(writeDsoMessage({ id, isResponse: true, rcode: 0 }, [keepalive]));
}

function sentId(outputs: readonly ClientOutput[]): number {
  const [output] = outputs;
  if (output?.kind !== 'send') throw new Error('nothing was sent');
  return output.bytes[2]! * 256 + output.bytes[3]!;
}
