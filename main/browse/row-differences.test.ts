import { expect, test } from 'vitest';
import type { ServiceRow } from '../contract/api.ts';
import { printerRow } from '../contract/testing/rows.ts';
import { changedFields, saysTheSame } from './row-differences.ts';

const TXT: ServiceRow['txt'] = [
  ['note', 'Hall'],
  ['Color', true],
  ['UUID', { hex: '00ff' }],
];
const ROW = printerRow({ txt: TXT });

test.each<readonly [string, Partial<ServiceRow>, readonly string[]]>([
  ['another host', { host: 'ink.office.test' }, ['host']],
  ['no host any more', { host: null, port: null }, ['host', 'port']],
  ['another port', { port: 632 }, ['port']],
  ['one more address', { addresses: ['192.0.2.10', '192.0.2.11'] }, ['addresses']],
  ['other letters in its name', { instance: 'LASER' }, ['name']],
  ['another note', { txt: [['note', 'Attic'], ...TXT.slice(1)] }, ['TXT note']],
  ['a key less and one more', { txt: [...TXT.slice(1), ['ty', '']] }, ['TXT note', 'TXT ty']],
  ['other octets', { txt: [...TXT.slice(0, 2), ['UUID', { hex: '00fe' }]] }, ['TXT UUID']],
  ['an empty value where there was none', { txt: [TXT[0]!, ['Color', ''], TXT[2]!] }, ['TXT Color']],
  ['its keys in another order', { txt: TXT.toReversed() }, ['TXT']],
  ['no TXT record any more', { txt: null }, ['TXT']],
])('a service with %s has changed in that', (_, fields, changed) => {
  const after = printerRow({ txt: TXT, ...fields });
  expect(changedFields(ROW, after)).toEqual(changed);
  expect(saysTheSame(ROW, after)).toBe(false);
});

test('what had not arrived before is no change, though it says more', () => {
  const before = printerRow({ host: null, port: null, addresses: null, txt: null });
  expect(changedFields(before, ROW)).toEqual([]);
  expect(saysTheSame(before, ROW)).toBe(false);
});

test('who vouches for a service, and since when, is no change of it', () => {
  const after = {
    ...ROW,
    txt: [...TXT],
    addresses: ['192.0.2.10'],
    standing: 'checking',
    changedMs: 9,
  } as const;
  expect(changedFields(ROW, after)).toEqual([]);
  expect(saysTheSame(ROW, after)).toBe(true);
});
