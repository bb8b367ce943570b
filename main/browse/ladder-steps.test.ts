import { once } from 'node:events';
import { expect, test } from 'vitest';
import { Rcode } from '../../protocol/wire/registry.ts';
import { add } from '../demo/testing/zone-fixture.ts';
import { TestAuthority } from '../net/testing/certificates.ts';
import { deadPort, FakeTls } from '../net/testing/fake-tls.ts';
import { AUTHORITY, IDENTITY, SERVER_NAME } from '../net/testing/recorded-transport.ts';
import { startDns } from '../net/testing/start.ts';
import { startPush, startZone, Watcher } from './testing/real-network.ts';

const PRINTER = `
push A 127.0.0.1
_services._dns-sd._udp PTR _ipp._tcp
_ipp._tcp PTR Laser._ipp._tcp
Laser._ipp._tcp SRV 0 0 631 laser
Laser._ipp._tcp TXT "txtvers=1"
laser A 192.0.2.10
`;

/** A zone whose push server listens at a port of loopback. */
function zoneAt(port: number): string {
  return `${PRINTER}_dns-push-tls._tcp SRV 0 0 ${port} push\n`;
}

async function watch(zone: string) {
  const { endpoint } = await startZone(zone);
  return new Watcher(endpoint).watch();
}

test('a live domain has passed every step, each with what it rests on', async () => {
  const { endpoint, store } = await startZone(PRINTER);
  const push = await startPush(store);
  store.all[0]!.apply([add(`_dns-push-tls._tcp SRV 0 0 ${push.port} push`)]);
  const { domain, step, verdicts } = await new Watcher(endpoint).watch();

  expect(domain).toMatchObject({ state: 'live', step: null, reason: null });
  expect(verdicts).toBe('++++++++++');
  expect(step('zone').evidence).toMatchObject([
    {
      query: 'SOA _services._dns-sd._udp.office.test',
      server: `127.0.0.1 port ${endpoint.port}`,
      answer: 'NOERROR, no records, says the zone office.test',
    },
  ]);
  expect(step('srv').evidence).toMatchObject([{ answer: `NOERROR, SRV 0 0 ${push.port} push.office.test.` }]);
  expect(step('address').text).toContain('push.office.test has the address 127.0.0.1');
  expect(step('tcp').evidence).toMatchObject([{ query: 'TCP', server: `127.0.0.1 port ${push.port}` }]);
  expect(step('tls').evidence).toMatchObject([{ answer: expect.stringMatching(/^TLS 1\.3, .*, ALPN dot$/) }]);
  expect(step('identity').evidence).toMatchObject([
    { answer: expect.stringMatching(/^SHA-256 (?:..:){31}..$/) },
  ]);
  expect(step('dso').evidence).toMatchObject([
    { query: 'KEEPALIVE', answer: expect.stringMatching(/^NOERROR/) },
  ]);
  expect(step('subscribe').evidence).toMatchObject([
    { query: 'SUBSCRIBE PTR _services._dns-sd._udp.office.test', answer: 'NOERROR' },
  ]);
  expect(step('data').evidence).toMatchObject([{ query: 'PUSH', answer: '1 change' }]);
});

test('no SRV record: the zone was found, and nothing after the missing push server was tried', async () => {
  const { domain, step, verdicts } = await watch(PRINTER);

  expect(verdicts).toBe('+x--------');
  expect(domain).toMatchObject({ state: 'polling', step: 'srv' });
  expect(step('srv')).toMatchObject({
    text: expect.stringMatching(/office\.test offers no push notifications: it has no SRV record/),
    next: expect.stringMatching(/^Its services can be asked for/),
    evidence: [{ query: 'SRV _dns-push-tls._tcp.office.test', answer: expect.stringMatching(/no records/) }],
  });
});

test('SRV ".": the zone says itself that there is no push', async () => {
  const { step, verdicts } = await watch(`${PRINTER}_dns-push-tls._tcp SRV 0 0 0 .`);

  expect(verdicts).toBe('+x--------');
  expect(step('srv')).toMatchObject({
    text: expect.stringContaining('says so'),
    evidence: [{ answer: 'NOERROR, SRV 0 0 0 .' }],
  });
});

test('a target without address stops at the address, with both questions', async () => {
  const { step, verdicts } = await watch(`${PRINTER}_dns-push-tls._tcp SRV 0 0 853 nobody`);

  expect(verdicts).toBe('++x-------');
  expect(step('address').evidence.map(({ query }) => query)).toEqual([
    'AAAA nobody.office.test',
    'A nobody.office.test',
  ]);
  expect(step('address').next).toBe('Ask who runs it.');
});

test('a dead target stops at TCP, with the address that was tried', async () => {
  const port = await deadPort();
  const { domain, step, verdicts } = await watch(zoneAt(port));

  expect(verdicts).toBe('+++x------');
  expect(domain).toMatchObject({ state: 'polling', step: 'tcp', server: `push.office.test:${port}` });
  expect(step('tcp')).toMatchObject({
    text: expect.stringContaining(`Nothing listens at 127.0.0.1 port ${port}`),
    next: expect.stringMatching(/^Check the network/),
    evidence: [{ query: 'TCP', server: `push.office.test:${port}`, answer: 'failed' }],
  });
});

test('a plain DNS server over TLS stops at DSO, and is called what it is', async () => {
  const server = await FakeTls.start(IDENTITY);
  const { endpoint } = await startZone(zoneAt(server.port));
  const outcome = new Watcher(endpoint).watch();
  const { tls, text } = await server.next();
  if (text() === '') await once(tls, 'data');
  const [high = 0, low = 0] = Buffer.from(text(), 'latin1').subarray(2);
  const notImplemented = [high, low, 0xb0, Rcode.NOTIMP, ...new Uint8Array(8)]; // QR, opcode DSO
  tls.write(Uint8Array.from([0, notImplemented.length, ...notImplemented]));
  const { domain, step, verdicts } = await outcome;

  expect(verdicts).toBe('++++++x---');
  expect(domain).toMatchObject({ state: 'polling', step: 'dso' });
  expect(step('dso')).toMatchObject({
    text: expect.stringMatching(/is a DNS server that knows no DNS Push: .*NOTIMP/),
    next: 'Who runs the domain has to correct its SRV record.',
    evidence: [{ query: 'KEEPALIVE', answer: 'failed' }],
  });
});

test.each([
  [
    'another name',
    { names: ['www.office.test'] },
    /is for other names \(DNS:www\.office\.test\)/,
    /^Check the domain/,
  ],
  [
    'a certificate that has expired',
    { names: [SERVER_NAME], fromDay: -9, untilDay: -2 },
    /has expired/,
    /^Who runs the server/,
  ],
])('%s stops at the identity, and nothing is sent', async (_, wishes, text, next) => {
  const server = await FakeTls.start(AUTHORITY.issue(wishes));
  const { step, verdicts } = await watch(zoneAt(server.port));

  expect(verdicts).toBe('+++++x----');
  expect(step('identity')).toMatchObject({
    verdict: 'failed',
    text: expect.stringMatching(text),
    next: expect.stringMatching(next),
  });
  expect(server.accepted.map((one) => one.text())).toEqual(server.accepted.map(() => ''));
});

test('an authority that is not trusted stops at the identity', async () => {
  const server = await FakeTls.start(new TestAuthority('Nobody').issue({ names: [SERVER_NAME] }));
  const { step } = await watch(zoneAt(server.port));

  expect(step('identity')).toMatchObject({
    text: expect.stringContaining('not trusted here'),
    next: expect.stringMatching(/^Choose the certificate file/),
  });
});

test('NXDOMAIN stops at the zone, with both questions that showed it', async () => {
  const { endpoint } = await startZone(PRINTER);
  const { step, verdicts } = await new Watcher(endpoint).watch('nowhere.office.test');

  expect(verdicts).toBe('x---------');
  expect(step('zone')).toMatchObject({
    text: expect.stringContaining('nowhere.office.test does not exist'),
    next: 'Check its spelling, or choose the resolver that knows it.',
    evidence: [
      { query: 'SOA _services._dns-sd._udp.nowhere.office.test', answer: expect.stringMatching(/^NXDOMAIN/) },
      { query: 'SOA nowhere.office.test', answer: expect.stringMatching(/^NXDOMAIN/) },
    ],
  });
});

test('SERVFAIL stops at the zone, and tells who answered so', async () => {
  const dns = await startDns();
  const outcome = new Watcher(dns.endpoint).watch();
  (await dns.next()).answer({ rcode: Rcode.SERVFAIL });
  const { step, verdicts } = await outcome;

  expect(verdicts).toBe('x---------');
  expect(step('zone')).toMatchObject({
    text: expect.stringContaining('(SERVFAIL)'),
    next: expect.stringMatching(/^Try again later/),
    evidence: [{ server: `127.0.0.1 port ${dns.endpoint.port}`, answer: 'SERVFAIL, no records' }],
  });
});

test('a resolver that is silent stops at the zone after its time, which is told', async () => {
  const dns = await startDns();
  const watcher = new Watcher(dns.endpoint);
  const outcome = watcher.watch();
  await dns.next();
  watcher.clock.advance(10_000);
  const { step, verdicts } = await outcome;

  expect(verdicts).toBe('x---------');
  expect(step('zone')).toMatchObject({
    text: expect.stringContaining('did not answer within 10 seconds'),
    next: 'Check the network, or choose another resolver.',
    evidence: [{ server: null, tookMs: 10_000, answer: 'no answer' }],
  });
});
