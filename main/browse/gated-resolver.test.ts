import { expect, test } from 'vitest';
import { Name } from '../../protocol/wire/name.ts';
import { readMessage, writeQuery } from '../../protocol/wire/message.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { readRecords } from '../demo/zone-file.ts';
import type { Resolver } from '../net/resolver.ts';
import { GatedResolver } from './gated-resolver.ts';

const DOMAIN = Name.of('office.test');
const IDENTITY = { host: '192.0.2.53', port: 853, identity: { name: 'dns.test', pins: [] } };
const question = (type: number): Question => ({ name: DOMAIN, type, class: RecordClass.IN });

/** A resolver with these records for everything, behind a gate that is closed for this reason. */
function fixture(lines: string, closedFor: string | null = null) {
  const read = readRecords(`$TTL 60\n${lines}`, DOMAIN, 'test');
  if (!read.ok) throw new TypeError(read.message);
  const answers: readonly ResourceRecord[] = read.records;
  const asked: Question[] = [];
  const known: string[] = [];
  const resolver: Resolver = {
    query: (one) => {
      asked.push(one);
      const message = { ...readMessage(writeQuery(1, one, true, 1232)), answers };
      return Promise.resolve({ kind: 'answer', message });
    },
    forget: () => undefined,
    secureAddress: IDENTITY,
  };
  const gated = new GatedResolver(resolver, {
    closedFor,
    look: () => Promise.resolve(closedFor),
    settle: () => undefined,
    knows: (name) => known.push(name.toString()),
    invite: () => undefined,
  });
  return { asked, gated, known };
}

test('where a domain may not be asked for, no question leaves, and nobody is asked to push', async () => {
  const { asked, gated } = fixture('@ TXT "x"', 'Not here.');
  expect(await gated.query(question(RecordType.TXT))).toEqual({ kind: 'failed', reason: 'Not here.' });
  expect(asked).toEqual([]);
  expect(gated.secureAddress).toBeUndefined();
});

test('where it may, questions and answers go through', async () => {
  const { asked, gated } = fixture('@ TXT "x"');
  expect(await gated.query(question(RecordType.TXT))).toMatchObject({ kind: 'answer' });
  expect(asked).toEqual([question(RecordType.TXT)]);
  expect(gated.secureAddress).toBe(IDENTITY);
});

test.each([
  ['@ SRV 0 0 853 push', ['office.test.']],
  ['@ A 192.0.2.1', []],
  ['@ AAAA 2001:db8::1', []],
  ['', []],
])('a network that answers with “%s” is known to know: %j', async (lines, expected) => {
  const { gated, known } = fixture(lines);
  await gated.query(question(RecordType.SRV));
  expect(known).toEqual(expected);
});
