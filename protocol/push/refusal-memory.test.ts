import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { Rcode } from '../wire/registry.ts';
import { refusalOf } from './refusal.ts';
import { RefusalMemory } from './refusal-memory.ts';

const OFFICE = Name.of('office.example');
const LAB = Name.of('lab.example');

const SERVER_WIDE = Object.entries(Rcode).filter(([name]) => name !== 'NOERROR' && name !== 'NOTAUTH');

test('PUSH-06: NOTAUTH holds back the names of its zone and no others', () => {
  const memory = new RefusalMemory();
  memory.refused(refusalOf(Rcode.NOTAUTH, undefined), OFFICE, 1000);
  expect(memory.mayAskAtMs(Name.of('Office.EXAMPLE'), 1000)).toBe(301_000);
  expect(memory.mayAskAtMs(OFFICE, 301_000)).toBe(301_000);
  expect(memory.mayAskAtMs(LAB, 1000)).toBe(1000);
});

test.each(SERVER_WIDE)('PUSH-06: %s holds back every later SUBSCRIBE to that server', (_, rcode) => {
  const memory = new RefusalMemory();
  const refusal = refusalOf(rcode, 7000);
  memory.refused(refusal, OFFICE, 1000);
  expect(memory.mayAskAtMs(OFFICE, 2000)).toBe(8000);
  expect(memory.mayAskAtMs(LAB, 2000)).toBe(8000);
  expect(memory.mayAskAtMs(LAB, 9000)).toBe(9000);
});

test('the longer of two delays holds', () => {
  const memory = new RefusalMemory();
  memory.refused(refusalOf(Rcode.NOTAUTH, 9000), OFFICE, 0);
  memory.refused(refusalOf(Rcode.NOTAUTH, 1000), OFFICE, 0);
  memory.refused(refusalOf(Rcode.SERVFAIL, 5000), LAB, 0);
  memory.refused(refusalOf(Rcode.SERVFAIL, 1000), LAB, 0);
  expect([memory.mayAskAtMs(OFFICE, 0), memory.mayAskAtMs(LAB, 0)]).toEqual([9000, 5000]);
});

test('what has worn off is forgotten', () => {
  const memory = new RefusalMemory();
  memory.refused(refusalOf(Rcode.NOTAUTH, 1000), OFFICE, 0);
  memory.refused(refusalOf(Rcode.NOTAUTH, 1000), LAB, 2000);
  expect(memory.mayAskAtMs(OFFICE, 0)).toBe(0);
});
