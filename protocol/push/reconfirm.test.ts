import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { RecordClass, RecordType } from '../wire/registry.ts';
import { ReconfirmPolicy } from './reconfirm.ts';
import type { DoubtedRecord } from './tlvs.ts';

/** The PTR record from one name to another. */
const pointer = (name: string, target: string): DoubtedRecord => ({
  name: Name.of(name),
  type: RecordType.PTR,
  class: RecordClass.IN,
  rdata: Name.of(target).wire,
});

test('PUSH-14: a record is doubted once a minute at most, however its names are written; others are not held back', () => {
  const policy = new ReconfirmPolicy();
  expect(policy.take(pointer('a.example', 'b.example'), 1000)).toBe(true);
  for (const nowMs of [1000, 30_000, 60_999])
    expect(policy.take(pointer('A.example', 'B.EXAMPLE'), nowMs)).toBe(false);
  expect(policy.take(pointer('a.example', 'c.example'), 1000)).toBe(true);
  expect(policy.take(pointer('a.example', 'b.example'), 61_000)).toBe(true);
  expect(policy.take(pointer('a.example', 'b.example'), 61_001)).toBe(false);
});

test('PUSH-14: a server that answered a RECONFIRM gets none any more', () => {
  const policy = new ReconfirmPolicy();
  expect(policy.isOff).toBe(false);
  policy.answered();
  expect(policy.isOff).toBe(true);
  expect(policy.take(pointer('a.example', 'b.example'), 0)).toBe(false);
});
