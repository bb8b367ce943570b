import { expect, onTestFinished, test } from 'vitest';
import type { AnswerPath } from '../../protocol/dnssec/believed-ad.ts';
import { parseAnchors } from '../../protocol/dnssec/anchor-file.ts';
import type { DnsMessage } from '../../protocol/wire/message.ts';
import { optRecord } from '../../protocol/wire/message.ts';
import { Name } from '../../protocol/wire/name.ts';
import { Rcode, RecordType, typeName } from '../../protocol/wire/registry.ts';
import { cryptoRandom } from './random.ts';
import { ROOT_ANCHOR_FILE, readAnchorFile } from './anchor-files.ts';
import { StubResolver } from './resolver.ts';
import type { FakeDns } from './testing/fake-dns.ts';
import { address, QUESTION } from './testing/records.ts';
import { startDns } from './testing/start.ts';
import type { EndingResolver } from './validating-resolver.ts';
import { ValidatingResolver } from './validating-resolver.ts';
import { VirtualClock } from './virtual-clock.ts';

test('questions are asked with DO and CD, and the chain of keys as well, beside the first question', async () => {
  const dns = await startDns();
  const reply = validating(dns).query(QUESTION);
  const all = await dns.take(6); // before any of them is answered
  const [first, ...chain] = all.toSorted((a, b) => rankOf(a) - rankOf(b));
  first!.answer({ answers: [address(1)] });
  for (const { answer } of chain) answer({ rcode: Rcode.REFUSED });

  expect((await reply) as unknown).toMatchObject({ kind: 'answer', security: { kind: 'indeterminate' } });
  const asked = chain.map(
    ({ query }) => `${typeName(query.questions[0]!.type)} ${String(query.questions[0]!.name)}`,
  );
  expect(new Set(asked)).toEqual(
    new Set(['DNSKEY .', 'DS test.', 'DNSKEY test.', 'DS push.test.', 'DNSKEY push.test.']),
  );
  for (const { query } of all) {
    expect(query).toMatchObject({ checkingDisabled: true, isAuthenticData: false });
    expect(query.additionals).toEqual([optRecord(1232, true)]);
  }
});

test('SEC-09: an answer without signatures is secure by the AD bit of a resolver on this machine, and labelled so', async () => {
  const dns = await startDns();
  const resolver = validating(dns);
  answerAll(dns);
  expect(await resolver.query(QUESTION)).toMatchObject({ security: { kind: 'secure', by: 'resolver' } });
  const asked = dns.received.filter(({ query }) => !query.checkingDisabled);
  expect(asked.map(({ query }) => [query.isAuthenticData, query.questions])).toEqual([[true, [QUESTION]]]);
});

test('DISC-01: where signatures are checked the resolver that shows who it is may be asked for push all the same', () => {
  const server = { host: '192.0.2.53', port: 853, identity: { name: 'dns.isp.test', pins: [] } };
  const [clock, random] = [new VirtualClock(), cryptoRandom];
  const stub = new StubResolver({ servers: [server], clock, random });
  const options = { signatures: stub, verdicts: stub, anchors: [], clock };

  expect(new ValidatingResolver(options).secureAddress).toEqual(server);
});

test('SEC-09: the AD bit of a resolver elsewhere, over UDP, counts for nothing', async () => {
  const dns = await startDns();
  const resolver = validating(dns, 'open');
  answerAll(dns);
  expect(await resolver.query(QUESTION)).toMatchObject({
    security: {
      kind: 'indeterminate',
      reason: expect.stringContaining('could have been altered on the way'),
    },
  });
});

test('SEC-09: over TLS, from a resolver that has shown who it is, its AD bit is believed as well', async () => {
  const dns = await startDns();
  const resolver = validating(dns, 'dot');
  answerAll(dns);
  expect(await resolver.query(QUESTION)).toMatchObject({ security: { kind: 'secure', by: 'resolver' } });
});

test('SEC-09: a resolver on this machine that leaves out the signatures and sets no AD bit vouches for nothing', async () => {
  const dns = await startDns();
  const resolver = validating(dns);
  answerAll(dns, false);
  expect(await resolver.query(QUESTION)).toMatchObject({
    security: { kind: 'indeterminate', reason: expect.stringContaining('does not say that it checked them') },
  });
});

test('SEC-09: the AD bit beside signatures that can be checked is not looked at', async () => {
  const dns = await startDns();
  const resolver = validating(dns);
  const reply = resolver.query(QUESTION);
  (await dns.next()).answer({ answers: [address(1)], isAuthenticData: true });
  for (const { answer } of await dns.take(5)) answer({ rcode: Rcode.SERVFAIL, isAuthenticData: true });
  expect(await reply).toMatchObject({ security: { kind: 'indeterminate' } });
});

test('a resolver that refuses the keys of an anchor is not asked for them again at once', async () => {
  const dns = await startDns();
  const clock = new VirtualClock();
  const resolver = validating(dns, undefined, clock);
  refuseKeys(dns);
  await resolver.query(QUESTION);
  const first = dns.received.length;
  await resolver.query({ ...QUESTION, name: Name.of('other.test') });
  expect(dns.received.length).toBe(first + 1);
  clock.advance(30_000);
  await resolver.query({ ...QUESTION, name: Name.of('third.test') });
  expect(dns.received.length).toBeGreaterThan(first + 2);
});

test('a resolver that does not answer for the keys of the root holds nothing up for long', async () => {
  const dns = await startDns();
  const clock = new VirtualClock();
  const reply = validating(dns, undefined, clock).query(QUESTION);
  (await dns.next()).answer({ answers: [address(1)] });
  await dns.take(5);
  // Each of the five questions waits for its next try and for its end, and the answer for all of them.
  await expect.poll(() => clock.waiting).toBe(11);
  clock.advance(4_000);
  expect(await reply).toMatchObject({ kind: 'answer', security: { kind: 'indeterminate' } });
  expect(clock.waiting).toBe(0);
});

test('a lookup that nobody waits for any more ends, and says so', async () => {
  const dns = await startDns();
  const controller = new AbortController();
  const reply = validating(dns).query(QUESTION, controller.signal);
  (await dns.next()).answer({ answers: [address(1)] });
  await dns.take(5);
  controller.abort();
  expect(await reply).toEqual({ kind: 'failed', reason: 'The lookup was cancelled.' });
});

test('a file of anchors says where it is wrong', async () => {
  expect(await readAnchorFile(ROOT_ANCHOR_FILE)).toMatchObject({ ok: true, anchors: [{ ds: [{}, {}] }] });
  expect(await readAnchorFile('package.json')).toMatchObject({
    ok: false,
    message: expect.stringMatching(/^package\.json:1:1: .*Correct it, or give another file\.$/),
  });
  expect(await readAnchorFile('no-such-file')).toMatchObject({
    ok: false,
    message: expect.stringContaining('no-such-file cannot be read'),
  });
});

/** The question itself first: datagrams may overtake one another. */
function rankOf({ query }: { readonly query: DnsMessage }): number {
  return query.questions[0]!.type === RecordType.A ? 0 : 1;
}

/** A resolver with the root's anchors that asks `dns`, or another one whose answers are said to come that way. */
function validating(dns: FakeDns, path?: AnswerPath, clock = new VirtualClock()): ValidatingResolver {
  const anchors = parseAnchors(
    '. IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D',
  );
  if (!anchors.ok) throw new Error(anchors.message);
  const options = { servers: [dns.endpoint], clock, random: cryptoRandom };
  const signatures = new StubResolver({ ...options, dnssec: 'signatures' });
  const verdicts = new StubResolver({ ...options, dnssec: 'verdict' });
  const resolver = new ValidatingResolver({
    signatures,
    verdicts: path === undefined ? verdicts : comingBy(verdicts, path),
    anchors: anchors.anchors,
    clock,
  });
  onTestFinished(() => resolver.close());
  return resolver;
}

/** The same resolver, as if it were reached in another way. */
function comingBy(resolver: StubResolver, path: AnswerPath): EndingResolver {
  return {
    query: async (question, signal) => ({ ...(await resolver.query(question, signal)), path }),
    forget: () => resolver.forget(),
    close: () => resolver.close(),
  };
}

/** Answers addresses for all questions for them, and nothing to others, as a resolver that knows nothing of DNSSEC; with AD or not. */
function answerAll(dns: FakeDns, isAuthenticData = true): void {
  void dns.next().then(({ query, answer }) => {
    const [question] = query.questions;
    const answers = question!.type === RecordType.A ? [{ ...address(1), name: question!.name }] : [];
    answer({ answers, isAuthenticData: isAuthenticData && !query.checkingDisabled });
    answerAll(dns, isAuthenticData);
  });
}

/** Answers addresses, and refuses all other questions. */
function refuseKeys(dns: FakeDns): void {
  void dns.next().then(({ query, answer }) => {
    const [question] = query.questions;
    const isAddress = question!.type === RecordType.A;
    answer(isAddress ? { answers: [{ ...address(1), name: question!.name }] } : { rcode: Rcode.REFUSED });
    refuseKeys(dns);
  });
}
