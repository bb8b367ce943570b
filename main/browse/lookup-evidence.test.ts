import { expect, test } from 'vitest';
import type { Resolved } from '../net/resolved.ts';
import type { Security } from '../../protocol/discovery/security.ts';
import { emptyMessage } from '../../protocol/wire/message.ts';
import { Name } from '../../protocol/wire/name.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { lookupEvidence } from './lookup-evidence.ts';

const QUESTION = { name: Name.of('push.test'), type: RecordType.A, class: RecordClass.IN };
const ADDRESS = { ...QUESTION, ttlSeconds: 60, rdata: Uint8Array.of(192, 0, 2, 1) };
const message = { ...emptyMessage(1), isResponse: true, answers: [ADDRESS] };

function answerOf(reply: Resolved): string {
  return lookupEvidence(QUESTION, reply, 12).answer;
}

test.each<[Security | undefined, string]>([
  [undefined, 'NOERROR, A 192.0.2.1'],
  [{ kind: 'secure' }, 'NOERROR, A 192.0.2.1, signed and checked'],
  [{ kind: 'secure', by: 'resolver' }, 'NOERROR, A 192.0.2.1, checked by the resolver'],
  [{ kind: 'insecure', reason: 'Proven.' }, 'NOERROR, A 192.0.2.1, not signed'],
  [{ kind: 'indeterminate', reason: 'Unknown.' }, 'NOERROR, A 192.0.2.1, signatures not checked'],
  [{ kind: 'bogus', reason: 'Expired.' }, 'NOERROR, A 192.0.2.1, with signatures that do not check out'],
])('what DNSSEC says of an answer stands behind it: %j', (security, text) => {
  const reply: Resolved = { kind: 'answer', message, ...(security === undefined ? {} : { security }) };
  expect(answerOf(reply)).toBe(text);
});

test('an answer from memory says so, and no answer is no answer', () => {
  expect(lookupEvidence(QUESTION, { kind: 'answer', message, from: 'memory' }, 12)).toEqual({
    query: 'A push.test',
    server: null,
    tookMs: null,
    answer: 'remembered: NOERROR, A 192.0.2.1',
  });
  expect(answerOf({ kind: 'failed', reason: 'Silence.' })).toBe('no answer');
});
