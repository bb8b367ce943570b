import { expect, test } from 'vitest';
import type { Question } from '../../protocol/wire/record.ts';
import { RecordType, typeName } from '../../protocol/wire/registry.ts';
import { asked } from '../../protocol/dnssec/testing/records.ts';
import { cryptoRandom } from './random.ts';
import type { Resolver } from './resolver.ts';
import { LAB, LAB_TIME_MS } from './testing/lab-verdict.ts';
import { startDns } from './testing/start.ts';
import { validatingStub } from './validating-stub.ts';
import { VirtualClock } from './virtual-clock.ts';

test('the chain of keys to a zone is walked once while its keys live, and again when they do not', async () => {
  const { took, resolver, clock } = await startLab();
  expect(await securityOf(resolver, 'www.nsec.lab. A')).toBe('secure');
  expect(took()).toEqual(['A', 'DNSKEY .', 'DS lab.', 'DNSKEY lab.', 'DS nsec.lab.', 'DNSKEY nsec.lab.']);

  expect(await securityOf(resolver, 'deep.nsec.lab. A')).toBe('secure');
  expect(took()).toEqual(['A']);
  expect(await securityOf(resolver, 'www.hash.lab. A')).toBe('secure');
  expect(took()).toEqual(['A', 'DS hash.lab.', 'DNSKEY hash.lab.']);

  clock.advance(3600 * 1000);
  expect(await securityOf(resolver, 'www.nsec.lab. A')).toBe('secure');
  expect(took()).toHaveLength(6);
});

test('lookups at the same time share the questions for the keys of their zones', async () => {
  const { took, resolver } = await startLab();
  const lines = ['www.nsec.lab. A', 'www.nsec.lab. AAAA', 'nope.nsec.lab. A', 'alias.nsec.lab. A'];
  const found = await Promise.all(lines.map((line) => securityOf(resolver, line)));
  expect(found).toEqual(lines.map(() => 'secure'));
  const keys = took().filter((line) => line.includes(' '));
  expect(new Set(keys).size).toBe(keys.length);
});

test('what is known to be unsigned is not asked about again for names below it', async () => {
  const { took, resolver } = await startLab();
  expect(await securityOf(resolver, 'www.plain.lab. A')).toBe('insecure');
  took();
  expect(await securityOf(resolver, 'nope.deep.plain.lab. A')).toBe('insecure');
  expect(took()).toEqual(['A']);
});

test('on another network nothing is known any more', async () => {
  const { took, resolver } = await startLab();
  await securityOf(resolver, 'www.nsec.lab. A');
  took();
  resolver.forget();
  await securityOf(resolver, 'www.nsec.lab. A');
  expect(took()).toHaveLength(6);
});

test('a bogus answer is given as such, with its reason', async () => {
  const { resolver } = await startLab();
  expect(await resolver.query(asked('www.wrong.lab. A'))).toMatchObject({
    kind: 'answer',
    message: { answers: [{}, {}] },
    security: { kind: 'bogus', reason: expect.stringContaining('does not fit them') },
  });
});

/** The recorded lab behind a real socket; what nobody recorded is not answered. */
async function startLab() {
  const dns = await startDns();
  const clock = new VirtualClock(0, LAB_TIME_MS);
  const resolver = validatingStub({ servers: [dns.endpoint], clock, random: cryptoRandom }, LAB.anchors);
  const serve = (): void => {
    void dns.next().then(({ query, send, over }) => {
      const octets = LAB.octets(query.questions[0]!).slice();
      octets.set([query.id >>> 8, query.id & 0xff]);
      // Over UDP a long answer has to be cut: its client asks again over TCP.
      if (over === 'udp' && octets.length > 1232) octets[2]! |= 0x02;
      send(octets);
      serve();
    });
  };
  serve();
  let seen = 0;
  /** What was asked since the last time, over UDP: `TYPE owner` for the chain, the type alone for other names. */
  const took = (): readonly string[] => {
    const received = dns.received.slice(seen);
    seen = dns.received.length;
    return received.filter(({ over }) => over === 'udp').map(({ query }) => spoken(query.questions[0]!));
  };
  return { took, resolver, clock };
}

async function securityOf(resolver: Resolver, line: string): Promise<string | undefined> {
  const reply = await resolver.query(asked(line));
  return reply.kind === 'answer' ? reply.security?.kind : reply.reason;
}

function spoken({ name, type }: Question): string {
  const isChain = type === RecordType.DS || type === RecordType.DNSKEY;
  return isChain ? `${typeName(type)} ${name.toString()}` : typeName(type);
}
