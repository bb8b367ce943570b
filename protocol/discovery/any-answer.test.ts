import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtocolError } from '../errors.ts';
import type { DnsMessage } from '../wire/message.ts';
import { readMessage, writeMessage } from '../wire/message.ts';
import { Name } from '../wire/name.ts';
import { RecordType } from '../wire/registry.ts';
import { findAddresses } from './addresses.ts';
import type { Procedure, Reply } from './procedure.ts';
import type { Security } from './security.ts';
import { UNCHECKED } from './security.ts';
import { findServers } from './servers.ts';
import { a, aaaa, cname, drive, message, record, soa, srv } from './testing/replies.ts';
import type { TargetContext } from './trust.ts';
import { findTarget } from './trust.ts';
import { findZone } from './zone-cut.ts';

const NAMES = ['a.b.test', 'b.test', 'test', '.', '_dns-push-tls._tcp.b.test', 'x.example'];
const name = fc.constantFrom(...NAMES);
const anyRecord = fc.oneof(
  fc.tuple(name, fc.nat(255)).map(([owner, octet]) => a(owner, octet)),
  fc.tuple(name, fc.nat(255)).map(([owner, octet]) => aaaa(owner, octet)),
  fc.tuple(name, name).map(([owner, target]) => cname(owner, target)),
  fc.tuple(name, name, fc.nat(2)).map(([owner, target, port]) => srv(owner, [0, 0, port], target)),
  fc.tuple(name, fc.nat(0xffff_ffff)).map(([owner, ttl]) => soa(owner, ttl)),
  fc
    .tuple(name, fc.constantFrom(...Object.values(RecordType)))
    .map(([owner, type]) => record(owner, type, new Uint8Array())),
);
const section = fc.array(anyRecord, { maxLength: 5 });
const parts = fc.record({ rcode: fc.nat(15), answers: section, authorities: section, additionals: section });

/** Messages that a resolver could hand on: what it cannot parse never comes this far. */
const anyMessage = fc
  .tuple(parts, fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 3 }))
  .map(([given, edits]) => {
    const bytes = writeMessage(message(given));
    for (const [at, octet] of edits) if (at < bytes.length) bytes[at] = octet;
    return parsed(bytes);
  });
const SECURE: Security = { kind: 'secure' };
const anySecurity = fc.constantFrom<Security>(SECURE, SECURE, UNCHECKED, { kind: 'bogus', reason: 'forged' });
const anyReply = fc
  .tuple(anyMessage, anySecurity)
  .map(([answer, security]): Reply =>
    answer === undefined
      ? { kind: 'failed', reason: 'no answer' }
      : { kind: 'answer', message: answer, security },
  );
const TARGET = { priority: 0, weight: 0, port: 853, target: Name.of('a.b.test') };
const CONTEXT: TargetContext = {
  domain: Name.of('b.test'),
  zone: Name.of('b.test'),
  srvSecurity: SECURE,
  isStrict: true,
  addresses: undefined,
};

test.each<readonly [string, () => Procedure<{ readonly kind: string }>]>([
  ['findZone', () => findZone(Name.of('_ipp._tcp.a.b.test'), Name.of('b.test'))],
  ['findServers', () => findServers(Name.of('b.test'))],
  ['findAddresses', () => findAddresses(Name.of('a.b.test'))],
  ['findTarget', () => findTarget(TARGET, CONTEXT)],
])('whatever a resolver answers, %s ends soon and with a result', (_, start) => {
  const ends = fc.property(fc.array(anyReply, { minLength: 1, maxLength: 8 }), (replies) => {
    let at = 0;
    const { result, rounds } = drive(start(), () => replies[at++ % replies.length]!);
    expect(['found', 'not-found', 'none', 'failed', 'skipped', 'unproven']).toContain(result.kind);
    expect(rounds.length).toBeLessThanOrEqual(2 * 9);
  });
  fc.assert(ends, { seed: 8765, numRuns: 500 });
});

function parsed(bytes: Uint8Array): DnsMessage | undefined {
  try {
    return readMessage(bytes);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}
