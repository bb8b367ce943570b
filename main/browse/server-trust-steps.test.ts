import { expect, test } from 'vitest';
import type { Security } from '../../protocol/discovery/security.ts';
import { tlsaText } from '../../protocol/discovery/tlsa.ts';
import { add } from '../demo/testing/zone-fixture.ts';
import type { Zones } from '../demo/zones.ts';
import type { Identity } from '../net/testing/certificates.ts';
import { selfSigned, TestAuthority } from '../net/testing/certificates.ts';
import { serverNameOf } from '../net/testing/client-hello.ts';
import { FakeTls } from '../net/testing/fake-tls.ts';
import { AUTHORITY, IDENTITY } from '../net/testing/recorded-transport.ts';
import { tlsaOf } from '../net/testing/tlsa-of.ts';
import { watchedPort } from '../net/testing/watched-port.ts';
import { startPush, startZone, startZones, Watcher } from './testing/real-network.ts';

const LISTED = `
push A 127.0.0.1
spare A 127.0.0.1
_services._dns-sd._udp PTR _ipp._tcp
_ipp._tcp PTR Laser._ipp._tcp
`;

const SECURE: Security = { kind: 'secure' };
const INSECURE: Security = { kind: 'insecure', reason: 'The zone office.test is not signed.' };
const BOGUS: Security = { kind: 'bogus', reason: 'Its signature expired.' };
const secure = (): Security => SECURE;

/** Has the zone name a push server at a port of loopback, with a TLSA record of usage 3 of this certificate. */
function offer(
  store: Zones,
  port: number,
  certified: string | undefined,
  fields = '0 0',
  host = 'push',
): void {
  const tlsa =
    certified === undefined ? [] : [`_${port}._tcp.${host} TLSA ${tlsaText(tlsaOf(certified, 3, 1, 1))}`];
  const lines = [`_dns-push-tls._tcp SRV ${fields} ${port} ${host}`, ...tlsa];
  store.all[0]!.apply(lines.map((line) => add(line)));
}

/** A zone with one push server, which shows `identity`, and a TLSA record of `certified`. */
async function oneServer(identity: Identity, certified: string | undefined) {
  const { endpoint, store } = await startZone(LISTED);
  const push = await startPush(store, identity);
  offer(store, push.port, certified);
  return { endpoint, port: push.port };
}

test('SEC-05: a server that nobody vouches for but its domain’s TLSA record is live, and asked for by its name', async () => {
  const { endpoint, store } = await startZone(LISTED);
  const identity = selfSigned({ names: ['other.test'], fromDay: -9, untilDay: -1 });
  const { port, hellos } = await watchedPort((await startPush(store, identity)).port);
  offer(store, port, identity.cert);
  const watcher = new Watcher(endpoint, secure);
  const { domain, step, verdicts } = await watcher.watch('office.test', { caPem: undefined });

  expect(verdicts).toBe('++++++++++');
  expect(domain.trust).toEqual({
    level: 'dane',
    title: 'DANE',
    sentence: expect.stringMatching(
      /^office\.test says by DNSSEC who its server is, .*\(3 1 1 [0-9a-f]{8}…\)\.$/,
    ),
  });
  expect(step('identity').text).toBe(domain.trust?.sentence);
  expect(watcher.asked).toContain(`TLSA _${port}._tcp.push.office.test.`);
  expect(hellos.map(serverNameOf)).toEqual(['push.office.test']);
});

test('what the server showed is a row, with its connection and the TLSA record that fits', async () => {
  const identity = AUTHORITY.issue({ names: ['push.office.test'] });
  const { endpoint, port } = await oneServer(identity, identity.cert);
  const watcher = new Watcher(endpoint, secure);
  await watcher.watch();
  const record = tlsaText(tlsaOf(identity.cert, 3, 1, 1));

  expect(watcher.workspace.snapshot().tables.certificates).toMatchObject([
    {
      id: 'office.test',
      server: `push.office.test:${port}`,
      isBelieved: true,
      chain: [{ subject: 'CN=Test server', issuer: 'CN=Test authority', names: ['push.office.test'] }],
      tls: { version: 'TLS 1.3', alpn: 'dot', isResumed: false },
      tlsa: [record],
      fits: record,
    },
  ]);
});

test('SEC-07: a server whose certificate is good but fits no TLSA record gets no octet; the zone’s next server is tried', async () => {
  const { endpoint, store } = await startZone(LISTED);
  const wrong = await FakeTls.start(IDENTITY);
  const spare = AUTHORITY.issue({ names: ['spare.office.test'] });
  const push = await startPush(store, spare);
  offer(store, wrong.port, spare.cert, '0 0');
  offer(store, push.port, spare.cert, '1 0', 'spare');
  const { domain, step } = await new Watcher(endpoint, secure).watch();

  expect(domain).toMatchObject({
    state: 'live',
    server: `spare.office.test:${push.port}`,
    trust: { level: 'dane' },
  });
  expect(step('identity').evidence).toMatchObject([
    { answer: 'failed' },
    {
      query: `Another server, push.office.test:${wrong.port}`,
      answer: expect.stringContaining('None of the TLSA'),
    },
    { query: 'Certificate', answer: expect.stringContaining('SHA-256') },
  ]);
  expect(wrong.accepted.map(({ text }) => text()).join('')).toBe('');
});

test('SEC-07: where no other server is left the domain fails, nobody is polled instead, and what was shown can be looked at', async () => {
  const { endpoint } = await oneServer(IDENTITY, AUTHORITY.ca);
  const watcher = new Watcher(endpoint, secure);
  const { domain, step } = await watcher.watch();

  expect(domain).toMatchObject({ state: 'failed', step: 'identity', trust: null, services: 0 });
  expect(step('identity').next).toContain('Who runs the domain has to bring its TLSA records');
  expect(watcher.workspace.snapshot().tables.certificates).toMatchObject([
    { isBelieved: false, tls: null, fits: null, tlsa: [expect.stringMatching(/^3 1 1 /)] },
  ]);
});

test('SEC-08: bogus SRV records end the search: nothing is connected to', async () => {
  const { endpoint } = await oneServer(IDENTITY, IDENTITY.cert);
  const watcher = new Watcher(endpoint, (asked) => (asked.startsWith('SRV ') ? BOGUS : SECURE));
  const { domain, verdicts } = await watcher.watch();

  expect(verdicts).toBe('+x--------');
  expect(domain.reason).toContain('do not check out');
  expect(watcher.targets).toEqual([]);
});

test.each([
  ['bogus addresses', 'A push.office.test.', 'address', BOGUS],
  ['bogus TLSA records', 'TLSA ', 'identity', BOGUS],
] as const)(
  'SEC-08: a server with %s is passed over, in the order of the SRV records',
  async (_, asked, at, security) => {
    const { endpoint, store } = await startZone(LISTED);
    const push = await startPush(store, AUTHORITY.issue({ names: ['spare.office.test'] }));
    offer(store, 1, IDENTITY.cert, '0 0');
    offer(store, push.port, undefined, '1 0', 'spare');
    const isAbout = (one: string) => one.startsWith(asked) && !one.includes('spare');
    const watcher = new Watcher(endpoint, (one) => (isAbout(one) ? security : SECURE));
    const { domain, step } = await watcher.watch();

    expect(domain).toMatchObject({ state: 'live', server: `spare.office.test:${push.port}` });
    expect(step(at).evidence).toContainEqual(
      expect.objectContaining({ query: 'Another server, push.office.test:1' }),
    );
    expect(watcher.targets.map(({ port }) => port)).toEqual([push.port]);
  },
);

test('SEC-08: where DNS is not signed no TLSA record is asked for, and an authority vouches', async () => {
  const { endpoint } = await oneServer(IDENTITY, AUTHORITY.ca);
  const watcher = new Watcher(endpoint, () => INSECURE);
  const { domain } = await watcher.watch();

  expect(domain).toMatchObject({ state: 'live', trust: { level: 'chosen' } });
  expect(watcher.asked.filter((asked) => asked.startsWith('TLSA'))).toEqual([]);
});

/** A zone whose push server is a provider's, in another zone. */
async function provided(names: readonly string[]) {
  const { endpoint, store } = await startZones({
    'office.test.': LISTED,
    'provider.test.': 'push A 127.0.0.1\n',
  });
  const push = await startPush(store, AUTHORITY.issue({ names }));
  store.all[0]!.apply([add(`_dns-push-tls._tcp SRV 0 0 ${push.port} push.provider.test.`)]);
  return endpoint;
}

test('SEC-10: strict refuses a server that DNS alone names, without DNSSEC, and says what would be enough', async () => {
  const endpoint = await provided(['push.provider.test']);
  expect(await new Watcher(endpoint).watch()).toMatchObject({ domain: { state: 'live' } });

  const { domain } = await new Watcher(endpoint).watch('office.test', { isStrict: true });
  expect(domain).toMatchObject({
    state: 'failed',
    step: 'identity',
    reason: expect.stringMatching(
      /by the strict setting of this domain that is not enough.*Ask who runs the domain to sign/,
    ),
  });
});

test('SEC-10: strict takes a server that has the domain’s own name, or whose name DNSSEC vouches for', async () => {
  const own = await provided(['push.provider.test', 'office.test']);
  expect(await new Watcher(own).watch('office.test', { isStrict: true })).toMatchObject({
    domain: { state: 'live' },
  });

  const signed = await provided(['push.provider.test']);
  const watcher = new Watcher(signed, secure);
  expect(await watcher.watch('office.test', { isStrict: true })).toMatchObject({ domain: { state: 'live' } });
});

test('SEC-13: a pin that is not the server’s refuses it, though its name is right', async () => {
  const { endpoint } = await oneServer(IDENTITY, undefined);
  const { domain } = await new Watcher(endpoint).watch('office.test', { pins: [`${'A'.repeat(43)}=`] });

  expect(domain).toMatchObject({
    state: 'failed',
    step: 'identity',
    reason: expect.stringContaining('is not among the pinned ones'),
  });
});

test('a file that cannot be read fails the domain with that reason, and once it can be the next attempt uses it', async () => {
  const { endpoint } = await oneServer(IDENTITY, undefined);
  const watcher = new Watcher(endpoint);
  let isThere = false;
  const failed = watcher.next(({ domain }) => domain.state === 'failed');
  watcher.workspace.watch({
    domain: 'office.test',
    trust: () =>
      isThere
        ? { ok: true, trust: { caPem: AUTHORITY.ca } }
        : { ok: false, message: 'ca.pem cannot be read. Choose another file.' },
  });
  expect(await failed).toMatchObject({
    domain: { step: 'tls', reason: 'ca.pem cannot be read. Choose another file.' },
  });
  expect(watcher.asked).toEqual([]);

  isThere = true;
  const live = watcher.next(({ domain }) => domain.state === 'live');
  watcher.workspace.execute({ kind: 'retry-domain', id: 'office.test' });
  expect(await live).toMatchObject({ domain: { trust: { level: 'chosen' } } });
});

test('a server that wants a certificate of ours is shown the one of the domain', async () => {
  const users = new TestAuthority('Users');
  const { cert, key } = users.issue({ commonName: 'Alice' });
  const { endpoint, store } = await startZone(LISTED);
  const server = await FakeTls.start({
    ...IDENTITY,
    requestCert: true,
    ca: users.ca,
    rejectUnauthorized: true,
  });
  offer(store, server.port, undefined);
  void new Watcher(endpoint).watch('office.test', { client: { kind: 'pem', certificate: cert, key } }); // it is the server that tells

  expect((await server.next()).tls.getPeerCertificate().subject.CN).toBe('Alice');
});

test('SEC-08: where no server is left because an address is bogus, the domain is not polled instead', async () => {
  const { endpoint } = await oneServer(IDENTITY, undefined);
  const isAddress = (asked: string) => asked.startsWith('A push.office.test.');
  const { domain } = await new Watcher(endpoint, (asked) => (isAddress(asked) ? BOGUS : SECURE)).watch();

  expect(domain).toMatchObject({ state: 'failed', step: 'address', services: 0 });
});
