import { expect, test } from 'vitest';
import { Name } from '../../protocol/wire/name.ts';
import { Rcode, RecordType } from '../../protocol/wire/registry.ts';
import { address, messageOf, octetsOf, QUESTION, soa } from './testing/records.ts';
import { startDns, startResolver } from './testing/start.ts';
import { VirtualClock } from './virtual-clock.ts';

test('a question is asked over UDP with recursion desired and EDNS of 1232 octets', async () => {
  const dns = await startDns();
  const reply = startResolver([dns.endpoint]).query(QUESTION);
  const asked = await dns.next();
  asked.answer({ answers: [address(1)] });

  expect(octetsOf(await reply)).toEqual([1]);
  expect(asked.over).toBe('udp');
  expect(asked.query).toMatchObject({ recursionDesired: true, isResponse: false, questions: [QUESTION] });
  expect(asked.query.additionals).toMatchObject([{ type: RecordType.OPT, class: 1232 }]);
});

test('DISC-12: a label with a space and UTF-8 goes to the server as its octets', async () => {
  const dns = await startDns();
  const name = Name.ofLabels(['2nd Floör', 'test']);
  const reply = startResolver([dns.endpoint]).query({ ...QUESTION, name });
  const asked = await dns.next();
  asked.answer({ rcode: Rcode.NXDOMAIN });

  await reply;
  expect(asked.query.questions[0]!.name.wire).toEqual(name.wire);
});

test('the whole answer is shown: RCODE, flags and the authority section', async () => {
  const dns = await startDns();
  const reply = startResolver([dns.endpoint]).query(QUESTION);
  const authorities = [soa(300, 60)];
  (await dns.next()).answer({ rcode: Rcode.NXDOMAIN, isAuthenticData: true, authorities });

  expect(messageOf(await reply)).toMatchObject({ rcode: Rcode.NXDOMAIN, isAuthenticData: true, authorities });
});

test('IDs and source ports are drawn anew for every query, the ports from the dynamic ones', async () => {
  const dns = await startDns();
  const resolver = startResolver([dns.endpoint]);
  for (let at = 0; at < 16; at++) {
    const reply = resolver.query({ ...QUESTION, name: Name.of(`host${at}.test`) });
    (await dns.next()).answer();
    await reply;
  }
  const ports = dns.received.map(({ from }) => from.port);

  expect(Math.min(...ports)).toBeGreaterThanOrEqual(49_152);
  expect(new Set(ports).size).toBeGreaterThan(12);
  expect(new Set(dns.received.map(({ query }) => query.id)).size).toBeGreaterThan(12);
});

test('the same question asked by several goes out once, and each gets the answer', async () => {
  const dns = await startDns();
  const resolver = startResolver([dns.endpoint]);
  const replies = [QUESTION, { ...QUESTION, name: Name.of('PUSH.Test') }, QUESTION].map((asked) =>
    resolver.query(asked),
  );
  (await dns.next()).answer({ answers: [address(1)] });

  expect((await Promise.all(replies)).map(octetsOf)).toEqual([[1], [1], [1]]);
  expect(dns.received).toHaveLength(1);
});

test('an answer is used again until its TTL has run out', async () => {
  const dns = await startDns();
  const clock = new VirtualClock();
  const resolver = startResolver([dns.endpoint], clock);
  const first = resolver.query(QUESTION);
  (await dns.next()).answer({ answers: [address(1, 60)] });
  await first;
  clock.advance(59_000);
  const cached = messageOf(await resolver.query(QUESTION));
  clock.advance(1000);
  const second = resolver.query(QUESTION);
  (await dns.next()).answer({ answers: [address(2)] });

  expect(cached.answers).toMatchObject([{ ttlSeconds: 1 }]);
  expect(octetsOf(await second)).toEqual([2]);
});

test('a resolver told to forget asks again', async () => {
  const dns = await startDns();
  const resolver = startResolver([dns.endpoint]);
  for (const octet of [1, 2]) {
    const reply = resolver.query(QUESTION);
    (await dns.next()).answer({ answers: [address(octet)] });
    expect(octetsOf(await reply)).toEqual([octet]);
    resolver.forget();
  }
});

test('what is under way when the network changes is asked anew, and a late answer of the old one is not kept', async () => {
  const dns = await startDns();
  const resolver = startResolver([dns.endpoint]);
  const reply = resolver.query(QUESTION);
  const old = await dns.next();
  resolver.forget();
  const anew = await dns.next();
  old.answer({ answers: [address(66, 3600)] });
  anew.answer({ answers: [address(1, 3600)] });

  expect(octetsOf(await reply)).toEqual([1]);
  expect(octetsOf(await resolver.query(QUESTION))).toEqual([1]);
});

test('one who loses interest is told at once and does not take the answer from the others', async () => {
  const dns = await startDns();
  const resolver = startResolver([dns.endpoint]);
  const interest = new AbortController();
  const lost = resolver.query(QUESTION, interest.signal);
  const kept = resolver.query(QUESTION);
  const asked = await dns.next();
  interest.abort();

  expect(await lost).toMatchObject({ kind: 'failed', reason: 'The lookup was cancelled.' });
  asked.answer({ answers: [address(1)] });
  expect(octetsOf(await kept)).toEqual([1]);
});

test('when nobody is interested any more nothing is waited for', async () => {
  const dns = await startDns();
  const clock = new VirtualClock();
  const interest = new AbortController();
  const reply = startResolver([dns.endpoint], clock).query(QUESTION, interest.signal);
  await dns.next();
  interest.abort();

  expect((await reply).kind).toBe('failed');
  expect(clock.waiting).toBe(0);
  expect((await startResolver([dns.endpoint]).query(QUESTION, interest.signal)).kind).toBe('failed');
  expect(dns.received).toHaveLength(1);
});

test('a closed resolver leaves nobody waiting', async () => {
  const dns = await startDns();
  const clock = new VirtualClock();
  const resolver = startResolver([dns.endpoint], clock);
  const reply = resolver.query(QUESTION);
  await dns.next();
  resolver.close();

  expect((await reply).kind).toBe('failed');
  expect(clock.waiting).toBe(0);
});

test('a machine without resolvers is said to have none', async () => {
  expect(await startResolver([]).query(QUESTION)).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('No DNS resolver is known'),
  });
});
