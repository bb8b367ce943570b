import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ShownIdentity } from './identity-check.ts';
import { pinOf } from './spki-pins.ts';
import type { Identity } from './testing/certificates.ts';
import { selfSigned, TestAuthority } from './testing/certificates.ts';
import { FakeTls } from './testing/fake-tls.ts';
import { AUTHORITY, open, SERVER_NAME } from './testing/recorded-transport.ts';
import { tlsaOf } from './testing/tlsa-of.ts';
import type { TrustPolicy } from './trust-policy.ts';

const names = [SERVER_NAME];
const STRANGER = new TestAuthority('Stranger');
const ISSUER = STRANGER.delegate('Issuer');
const BELOW = ISSUER.issue({ names }, [ISSUER, STRANGER]);

/** What became of a connection: how far it came, and what the server could decrypt. */
interface Attempt {
  readonly kind: 'secure' | 'refused';
  readonly identity: ShownIdentity | undefined;
  readonly step?: string;
  readonly reason?: string;
  readonly decrypted?: string;
}

/** Connects to a server that shows this, by this policy. */
async function attempt(shows: Identity, policy: TrustPolicy): Promise<Attempt> {
  const server = await FakeTls.start(shows);
  const { secure, end, transport } = open(server.port, policy);
  const peer = await Promise.race([secure, end.then(() => undefined)]);
  transport.abort();
  const { step, reason, shown } = await end;
  if (peer !== undefined) return { kind: 'secure', identity: peer.identity };
  const texts = await Promise.all(
    server.accepted.map(async ({ ending, text }) => {
      await ending;
      return text();
    }),
  );
  return { kind: 'refused', identity: shown, step, reason, decrypted: texts.join('') };
}

test('SEC-06: by usage 3 a certificate is taken that nobody vouches for, of another name, and expired', async () => {
  const identity = selfSigned({ names: ['other.test'], fromDay: -900, untilDay: -800 });
  const record = tlsaOf(identity.cert, 3, 1, 1);
  const end = await attempt(identity, { dane: [record], names, ca: undefined });

  expect(end).toMatchObject({ kind: 'secure', identity: { record, goodUntilMs: Infinity } });
});

test.each([
  [3, 0, 0],
  [3, 0, 1],
  [3, 0, 2],
  [3, 1, 0],
  [3, 1, 1],
  [3, 1, 2],
] as const)(
  'SEC-06: a record %i %i %i of the server’s certificate is enough',
  async (usage, selector, matching) => {
    const dane = [tlsaOf(BELOW.cert, usage, selector, matching)];
    expect(await attempt(BELOW, { dane, ca: undefined })).toMatchObject({ kind: 'secure' });
  },
);

test.each([
  [2, 0, 0],
  [2, 0, 1],
  [2, 1, 0],
  [2, 1, 1],
  [2, 1, 2],
] as const)(
  'SEC-06: a record %i %i %i of an authority that is sent is enough, at the top or below it',
  async (usage, selector, matching) => {
    for (const { ca } of [STRANGER, ISSUER]) {
      const end = await attempt(BELOW, { dane: [tlsaOf(ca, usage, selector, matching)], ca: undefined });
      expect(end).toMatchObject({ kind: 'secure' });
    }
  },
);

test('SEC-06: an authority that the server does not send is known by a record that holds it, and by no digest', async () => {
  const bare = STRANGER.issue({ names });
  const to = (selector: number, matching: number) =>
    attempt(bare, { dane: [tlsaOf(STRANGER.ca, 2, selector, matching)], ca: undefined });

  expect(await to(0, 0)).toMatchObject({ kind: 'secure' });
  expect(await to(1, 0)).toMatchObject({ kind: 'secure' });
  expect(await to(0, 1)).toMatchObject({ kind: 'refused', step: 'identity', decrypted: '' });
  expect(await to(1, 1)).toMatchObject({ kind: 'refused', step: 'identity', decrypted: '' });
});

test.each<readonly [string, Identity, string]>([
  ['is for another name', ISSUER.issue({ names: ['other.test'] }, [ISSUER, STRANGER]), 'is for other names'],
  [
    'has its name as common name alone',
    ISSUER.issue({ commonName: SERVER_NAME }, [ISSUER, STRANGER]),
    'names no host',
  ],
  ['has expired', ISSUER.issue({ names, fromDay: -9, untilDay: -1 }, [ISSUER, STRANGER]), 'has expired'],
  ['is another’s', AUTHORITY.issue({ names }, [STRANGER]), 'no path of certificates leads'],
])('SEC-06: by usage 2 a server whose certificate %s is not spoken to', async (_, identity, problem) => {
  const end = await attempt(identity, { dane: [tlsaOf(STRANGER.ca, 2, 0, 1)] });

  expect(end).toMatchObject({
    kind: 'refused',
    step: 'identity',
    reason: expect.stringMatching(`^The TLSA record 2 0 1 [0-9a-f]+… is not met: .*${problem}`),
    decrypted: '',
  });
});

test('SEC-07: a server with a good certificate of a trusted authority is refused when no TLSA record fits', async () => {
  const good = AUTHORITY.issue({ names });
  const other = AUTHORITY.issue({ names });

  expect(await attempt(good, {})).toMatchObject({ kind: 'secure' });
  for (const usage of [0, 1, 2, 3]) {
    const record = tlsaOf(usage % 2 === 0 ? STRANGER.ca : other.cert, usage, 1, 1);
    const end = await attempt(good, { dane: [record] });
    expect(end).toMatchObject({
      kind: 'refused',
      step: 'identity',
      reason: expect.stringContaining(`None of the TLSA records of ${SERVER_NAME} port `),
      decrypted: '',
    });
  }
});

test('usages 0 and 1 want a trusted authority besides', async () => {
  const byAuthority = ISSUER.issue({ names }, [ISSUER]);
  for (const [pem, usage] of [
    [byAuthority.cert, 1],
    [ISSUER.ca, 0],
    [STRANGER.ca, 0],
  ] as const) {
    const dane = [tlsaOf(pem, usage, 1, 1)];
    expect(await attempt(byAuthority, { dane, ca: STRANGER.ca })).toMatchObject({ kind: 'secure' });
    expect(await attempt(byAuthority, { dane })).toMatchObject({ kind: 'refused', decrypted: '' });
    const elsewhere = { dane, ca: STRANGER.ca, names: ['other.test'] };
    expect(await attempt(byAuthority, elsewhere)).toMatchObject({ kind: 'refused', decrypted: '' });
  }
});

test('a certificate may bear any of the names that DNS allows', async () => {
  const identity = AUTHORITY.issue({ names: ['office.test'] });
  const { kind, identity: shown } = await attempt(identity, { names: ['push.office.test', 'office.test'] });

  expect(kind).toBe('secure');
  expect(['office.test', 'push.office.test'].map((name) => shown?.isNamed(name))).toEqual([true, false]);
});

test('what a refused server showed is told, so that people can look at it', async () => {
  const { identity } = await attempt(selfSigned({ names: ['other.test'], commonName: 'Router' }), {});
  expect(identity?.chain).toEqual([
    {
      subject: 'CN=Router',
      issuer: 'CN=Router',
      names: ['other.test'],
      fromMs: expect.any(Number),
      untilMs: expect.any(Number),
      sha256: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
      pin: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    },
  ]);
});

test('SEC-13: where a pin is given beside a name or a TLSA record, both must hold', async () => {
  const identity = AUTHORITY.issue({ names });
  const pin = pinOf(new X509Certificate(identity.cert));
  const wrong = `${'A'.repeat(43)}=`;
  const dane = [tlsaOf(identity.cert, 3, 1, 1)];

  expect(await attempt(identity, { pins: [wrong, pin] })).toMatchObject({ kind: 'secure' });
  expect(await attempt(identity, { pins: [pin], dane })).toMatchObject({ kind: 'secure' });
  for (const policy of [{ pins: [wrong] }, { pins: [wrong], dane }, { pins: [pin], names: ['other.test'] }]) {
    expect(await attempt(identity, policy)).toMatchObject({
      kind: 'refused',
      step: 'identity',
      decrypted: '',
    });
  }
});
