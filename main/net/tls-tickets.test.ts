import { expect, test } from 'vitest';
import type { SecureVersion } from 'node:tls';
import { SecureContexts } from './secure-contexts.ts';
import { shownPeer } from './testing/shown-peer.ts';
import { TestAuthority } from './testing/certificates.ts';
import { Extension } from './testing/client-hello.ts';
import type { Accepted } from './testing/fake-tls.ts';
import { FakeTls } from './testing/fake-tls.ts';
import { AUTHORITY, IDENTITY, open, SERVER_NAME } from './testing/recorded-transport.ts';
import { tlsaOf } from './testing/tlsa-of.ts';
import { watchedPort } from './testing/watched-port.ts';
import type { TlsOptions } from './tls-opening.ts';
import { TlsTickets } from './tls-tickets.ts';
import { VirtualClock } from './virtual-clock.ts';

const DAY_MS = 86_400_000;

/** A server, a way to it that shows what is offered, and connections that share settings and clock. */
async function fixture(version: SecureVersion = 'TLSv1.3', identity = IDENTITY) {
  const server = await FakeTls.start({ ...identity, minVersion: version, maxVersion: version });
  const { port, hellos } = await watchedPort(server.port);
  const contexts = new SecureContexts();
  const clock = new VirtualClock(0, Date.now());
  /** Connects, lets the server say something, which comes behind its tickets, and goes. */
  const visit = async (options: Partial<TlsOptions> = {}) => {
    const accepting = new Promise<Accepted>((resolve) => (server.onAccept = resolve));
    const { secure, data, end, transport } = open(port, { contexts, ...options, clock });
    const peer = await Promise.race([secure, end.then(() => undefined)]);
    if (peer === undefined) return { peer, wasReused: undefined };
    const { tls } = await accepting;
    const wasReused = tls.isSessionReused();
    tls.write('x');
    await data;
    transport.close();
    await end;
    return { peer, wasReused };
  };
  return { visit, contexts, clock, hellos };
}

test.each(['TLSv1.3', 'TLSv1.2'] as const)(
  'SEC-11: whoever comes back by %s resumes the session, and what the server showed then stands',
  async (version) => {
    const { visit, hellos } = await fixture(version);
    const first = await visit();
    const later = [await visit(), await visit()];

    expect(first.peer?.isResumed).toBe(false);
    for (const { peer, wasReused } of later) {
      expect(wasReused).toBe(true);
      expect(peer?.isResumed).toBe(true);
      expect(peer?.identity).toEqual(first.peer?.identity);
    }
    expect(hellos).toHaveLength(3);
  },
);

test('SEC-12: whoever resumes a session offers no early data', async () => {
  const { visit, hellos } = await fixture();
  await visit();
  await visit();

  const offered = (extension: number) => hellos.map(({ extensions }) => extensions.has(extension));
  expect(offered(Extension.PRE_SHARED_KEY)).toEqual([false, true]);
  expect(offered(Extension.EARLY_DATA)).toEqual([false, false]);
});

test.each<readonly [string, Partial<TlsOptions>]>([
  ['other authorities', { ca: `${AUTHORITY.ca}${new TestAuthority().ca}` }],
  ['TLSA records', { dane: [tlsaOf(IDENTITY.cert, 3, 1, 1)] }],
  ['other names', { names: [SERVER_NAME, 'office.test'] }],
  ['an identity of our own', { client: { kind: 'pem', certificate: IDENTITY.cert, key: IDENTITY.key } }],
])('SEC-11: with %s the handshake is a whole one', async (_, options) => {
  const { visit, hellos } = await fixture();
  await visit();
  const { peer, wasReused } = await visit(options);

  expect(peer?.isResumed).toBe(false);
  expect(wasReused).toBe(false);
  expect(hellos[1]?.extensions.has(Extension.PRE_SHARED_KEY)).toBe(false);
});

test('SEC-11: what is trusted no more is not trusted by an old ticket', async () => {
  const { visit, hellos } = await fixture();
  expect((await visit()).peer).toBeDefined();

  expect((await visit({ ca: new TestAuthority().ca })).peer).toBeUndefined();
  expect((await visit({ dane: [tlsaOf(AUTHORITY.ca, 3, 1, 1)] })).peer).toBeUndefined();
  expect(hellos.map(({ extensions }) => extensions.has(Extension.PRE_SHARED_KEY))).toEqual([
    false,
    false,
    false,
  ]);
});

test('SEC-11: a ticket is for the name that was asked for', async () => {
  const both = AUTHORITY.issue({ names: [SERVER_NAME, 'other.office.test'] });
  const { visit, hellos } = await fixture('TLSv1.3', both);
  await visit();
  await visit({ serverName: 'other.office.test' });

  expect(hellos[1]?.extensions.has(Extension.PRE_SHARED_KEY)).toBe(false);
});

test('a server that is not the right one has its tickets not kept', async () => {
  const { visit, contexts } = await fixture();
  await visit({ names: ['other.test'] });
  expect(contexts.tickets.count).toBe(0);

  await visit();
  expect(contexts.tickets.count).toBeGreaterThan(0);
});

test('after a day a server shows again who it is', async () => {
  const { visit, clock } = await fixture();
  await visit();
  clock.advance(DAY_MS);

  expect((await visit()).peer?.isResumed).toBe(false);
});

const { identity } = shownPeer(SERVER_NAME);

function ticket(
  session: string,
  fields: { readonly checkedMs?: number; readonly goodUntilMs?: number } = {},
) {
  const { checkedMs = 0, goodUntilMs = Infinity } = fields;
  const shown = { ...identity, goodUntilMs };
  return { session: Buffer.from(session), protocol: 'TLSv1.3', identity: shown, checkedMs };
}

test('a ticket is given out once, the newest first', () => {
  const tickets = new TlsTickets();
  for (const session of ['one', 'two', 'three']) tickets.keep('a', ticket(session));

  const taken = [1, 2, 3].map(() => tickets.take('a', 1)?.session.toString());
  expect(taken).toEqual(['three', 'two', undefined]);
  expect(tickets.count).toBe(0);
});

test('a ticket is not given out once the certificate that it rests on has expired', () => {
  const tickets = new TlsTickets();
  const take = (wallMs: number) => {
    tickets.keep('a', ticket('one', { checkedMs: 1000, goodUntilMs: 5000 }));
    return tickets.take('a', wallMs);
  };
  expect(take(4999)).toBeDefined();
  expect(take(5000)).toBeUndefined();
  expect(take(999)).toBeUndefined(); // the clock was set back
});

test('a ticket is under its own key, and of many servers only the last are kept', () => {
  const tickets = new TlsTickets();
  for (let server = 0; server < 200; server++) tickets.keep(`${server}`, ticket('one'));

  expect(tickets.count).toBe(100);
  expect(tickets.take('other', 1)).toBeUndefined();
  expect(tickets.take('99', 1)).toBeUndefined();
  expect(tickets.take('100', 1)).toBeDefined();
});
