import { expect, test } from 'vitest';
import { message } from '../../protocol/discovery/testing/replies.ts';
import { Name } from '../../protocol/wire/name.ts';
import type { Listener } from './flights.ts';
import { Flights } from './flights.ts';
import type { Resolved } from './resolved.ts';
import { QUESTION } from './testing/records.ts';

const ANSWER: Resolved = { kind: 'answer', message: message({}) };
const named = (name: string) => ({ ...QUESTION, name: Name.of(name) });

/** Flights whose askings the test answers. */
function fixture() {
  const asked: { readonly name: string; readonly reply: Listener; isStopped: boolean }[] = [];
  const kept: string[] = [];
  const flights = new Flights(
    ({ name }, reply) => {
      const asking = { name: String(name), reply, isStopped: false };
      asked.push(asking);
      return () => void (asking.isStopped = true);
    },
    ({ name }) => void kept.push(String(name)),
  );
  return { flights, asked, kept };
}

test('64 questions are asked at a time, and each that ends lets the next one begin, the oldest first', () => {
  const { flights, asked } = fixture();
  for (let at = 0; at < 100_000; at++) flights.join(named(`n${at}.test`), () => undefined);
  expect(asked).toHaveLength(64);
  asked[10]!.reply(ANSWER);

  expect(asked).toHaveLength(65);
  expect(asked[64]!.name).toBe('n64.test.');
});

test('a question that nobody waits for any more makes room, and one that has not begun is never asked', () => {
  const { flights, asked } = fixture();
  const leave = Array.from({ length: 66 }, (_, at) => flights.join(named(`n${at}.test`), () => undefined));
  leave[64]!();
  leave[0]!();
  leave[0]!();

  expect(asked.map(({ name }) => name).slice(63)).toEqual(['n63.test.', 'n65.test.']);
  expect(asked[0]!.isStopped).toBe(true);
});

test('on another network what is under way is asked anew, and the old answer is neither told nor kept', () => {
  const { flights, asked, kept } = fixture();
  const told: Resolved[] = [];
  flights.join(QUESTION, (reply) => told.push(reply));
  const steps: string[] = [];
  flights.restart(() => steps.push(`${asked[0]!.isStopped} ${asked.length}`));
  expect(steps).toEqual(['true 1']);
  expect(asked).toHaveLength(2);
  asked[1]!.reply(ANSWER);

  expect(told).toEqual([ANSWER]);
  expect(kept).toEqual(['push.test.']);
});

test('what is asked while an answer is told is a new question', () => {
  const { flights, asked } = fixture();
  flights.join(QUESTION, () => flights.join(QUESTION, () => undefined));
  asked[0]!.reply(ANSWER);

  expect(asked).toHaveLength(2);
});

test('the end is told to everybody, asked or not, and nothing is asked after it', () => {
  const { flights, asked } = fixture();
  let told = 0;
  for (let at = 0; at < 100; at++) flights.join(named(`n${at}.test`), () => told++);
  flights.close({ kind: 'failed', reason: 'The lookup was cancelled.' });

  expect(told).toBe(100);
  expect(asked).toHaveLength(64);
  expect(asked.every(({ isStopped }) => isStopped)).toBe(true);
});
