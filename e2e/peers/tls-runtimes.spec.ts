import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { TlsOptions } from 'node:tls';
import { expect } from 'playwright/test';
import type { CertificateWishes, Identity } from '../../main/net/testing/certificates.ts';
import { Purpose, selfSigned, TestAuthority } from '../../main/net/testing/certificates.ts';
import { tlsaOf } from '../../main/net/testing/tlsa-of.ts';
import { Command } from '../testing/command.ts';
import { AUTHORITY } from '../testing/identity.ts';
import { RogueServer } from '../testing/rogue-server.ts';
import { test } from '../testing/test.ts';
import type { Fact, Visit, Visited } from '../testing/tls-visit.ts';

/** Outside of itself the package exports the path of its executable; its types are those of the inside. */
const ELECTRON = createRequire(import.meta.url)('electron') as string;
const SERVER_NAME = 'push.office.test';
const names = [SERVER_NAME];

/** The two kinds of TLS that Herald runs on: of the command line and of the window. Servers are OpenSSL's throughout. */
const RUNTIMES = [
  { title: 'Node (OpenSSL)', file: process.execPath, isBoring: false },
  { title: 'Electron’s Node (BoringSSL)', file: ELECTRON, isBoring: true },
];

/** A server that greets, so that whoever comes knows that its tickets are through. */
async function greeting(identity: Identity, options: TlsOptions = {}): Promise<RogueServer> {
  return RogueServer.tls((socket) => void socket.write('x'), { ...identity, ...options });
}

async function visit(runtime: (typeof RUNTIMES)[number], visits: readonly Visit[]) {
  const script = ['--import', 'tsx', 'e2e/testing/tls-visitor.ts', JSON.stringify(visits)];
  const env = { ...process.env, ...(runtime.isBoring ? { ELECTRON_RUN_AS_NODE: '1' } : {}) };
  const { stdout, stderr } = await Command.start(runtime.file, script, { env }).ended;
  expect(stderr).toBe('');
  return JSON.parse(stdout.join('')) as readonly (Visited & Fact)[];
}

/** Visits a server that shows this, once. */
async function visitOne(
  runtime: (typeof RUNTIMES)[number],
  identity: Identity,
  options: TlsOptions = {},
  visiting: Partial<Visit> = {},
): Promise<Visited> {
  const server = await greeting(identity, options);
  try {
    const [visited] = await visit(runtime, [
      { port: server.port, serverName: SERVER_NAME, ca: AUTHORITY.ca, ...visiting },
    ]);
    return visited!;
  } finally {
    await server.close();
  }
}

function hexOf({ usage, selector, matching, data }: ReturnType<typeof tlsaOf>): string {
  return Buffer.from([usage, selector, matching, ...data]).toString('hex');
}

for (const runtime of RUNTIMES) {
  test.describe(runtime.title, () => {
    for (const key of ['P-256', 'P-384', 'Ed25519', 'RSA-2048'] as const) {
      test(`SEC-04: servers with ${key} certificates are spoken to by TLS 1.3 and 1.2`, async () => {
        const identity = AUTHORITY.issue({ names, key });
        for (const version of ['TLSv1.3', 'TLSv1.2'] as const) {
          const visited = await visitOne(runtime, identity, { minVersion: version, maxVersion: version });
          expect(visited).toEqual({ kind: 'secure', protocol: version, isResumed: false });
        }
      });
    }

    test('SEC-04: servers with P-521 certificates are spoken to by TLS 1.3, and by 1.2 but for BoringSSL', async () => {
      const identity = AUTHORITY.issue({ names, key: 'P-521' });
      expect(await visitOne(runtime, identity)).toMatchObject({ kind: 'secure', protocol: 'TLSv1.3' });
      const old = await visitOne(runtime, identity, { maxVersion: 'TLSv1.2' });
      // There the curve of the certificate would have to be offered for the exchange of keys as well.
      if (runtime.isBoring)
        expect(old).toMatchObject({
          step: 'tls',
          reason: expect.stringContaining('no way of TLS in common'),
        });
      else expect(old).toMatchObject({ kind: 'secure', protocol: 'TLSv1.2' });
    });

    test('a key that is for RSA-PSS alone is known to OpenSSL; with BoringSSL the handshake fails with a sentence', async () => {
      const visited = await visitOne(runtime, AUTHORITY.issue({ names, key: 'RSA-PSS' }));
      if (runtime.isBoring)
        expect(visited).toMatchObject({
          kind: 'failed',
          step: 'tls',
          reason: expect.stringContaining('TLS'),
        });
      else expect(visited.kind).toBe('secure');
    });

    test('a certificate whose key may not sign handshakes is refused by BoringSSL, and that is said', async () => {
      const visited = await visitOne(runtime, AUTHORITY.issue({ names, keyUsage: 'encipher' }));
      if (runtime.isBoring)
        expect(visited).toMatchObject({
          kind: 'failed',
          step: 'tls',
          reason: expect.stringContaining('key usage has digitalSignature'),
        });
      else expect(visited.kind).toBe('secure');
    });

    const refusals: readonly (readonly [string, CertificateWishes])[] = [
      ['SEC-03: whose name is its common name alone', { commonName: SERVER_NAME }],
      ['SEC-02: that is for another name', { names: ['other.test'], commonName: SERVER_NAME }],
      ['SEC-02: that has expired', { names, fromDay: -9, untilDay: -1 }],
      ['SEC-02: that is one for clients', { names, purposes: [Purpose.CLIENT] }],
    ];
    for (const [title, wishes] of refusals) {
      const [row, what] = title.split(': ') as [string, string];
      test(`${row} a certificate ${what} is refused`, async () => {
        expect(await visitOne(runtime, AUTHORITY.issue(wishes))).toMatchObject({
          kind: 'failed',
          step: 'identity',
        });
      });
    }

    test('SEC-06: by usage 3 an expired certificate of another name is taken, by usage 2 one below an authority that is sent', async () => {
      const own = selfSigned({ names: ['other.test'], fromDay: -9, untilDay: -1 });
      const stranger = new TestAuthority('Stranger');
      const issuer = stranger.delegate('Issuer');
      const below = issuer.issue({ names }, [issuer, stranger]);

      expect(await visitOne(runtime, own, {}, { dane: [hexOf(tlsaOf(own.cert, 3, 1, 1))] })).toMatchObject({
        kind: 'secure',
      });
      for (const { ca } of [stranger, issuer]) {
        expect(await visitOne(runtime, below, {}, { dane: [hexOf(tlsaOf(ca, 2, 0, 1))] })).toMatchObject({
          kind: 'secure',
        });
      }
    });

    test('SEC-07: by TLSA records that do not fit a good certificate is refused', async () => {
      const dane = [3, 2, 1, 0].map((usage) => hexOf(tlsaOf(new TestAuthority('Other').ca, usage, 1, 1)));
      expect(await visitOne(runtime, AUTHORITY.issue({ names }), {}, { dane })).toMatchObject({
        kind: 'failed',
        step: 'identity',
        reason: expect.stringContaining('None of the TLSA records'),
      });
    });

    test('SEC-11: the runtime calls a resumed session authorized whatever it should trust now; Herald asks anew', async () => {
      const server = await greeting(AUTHORITY.issue({ names }));
      const to = { port: server.port, serverName: SERVER_NAME };
      const [fact, first, again, distrusting] = await visit(runtime, [
        { ...to, ca: AUTHORITY.ca, isRaw: true },
        { ...to, ca: AUTHORITY.ca },
        { ...to, ca: AUTHORITY.ca },
        { ...to, ca: new TestAuthority('Other').ca },
      ]);
      await server.close();

      // BoringSSL keeps the certificate with the session, OpenSSL does not.
      const isShown = runtime.isBoring;
      expect(fact).toEqual({ isGivenTwice: false, isReused: true, isAuthorized: true, isShown });
      expect(first).toMatchObject({ kind: 'secure', isResumed: false });
      expect(again).toMatchObject({ kind: 'secure', isResumed: true });
      expect(distrusting).toMatchObject({ kind: 'failed', step: 'identity' });
    });

    test('a server that wants a certificate of ours is shown one out of PKCS #12, and without one that is said', async ({
      scratch,
    }) => {
      const users = new TestAuthority('Users');
      const { cert, key } = users.issue({ commonName: 'Alice', purposes: [Purpose.CLIENT] });
      await writeFile(`${scratch}/alice.pem`, cert + key);
      const files = [
        '-in',
        `${scratch}/alice.pem`,
        '-out',
        `${scratch}/alice.p12`,
        '-passout',
        'pass:secret',
      ];
      await Command.start('openssl', ['pkcs12', '-export', ...files]).ended;
      const file = (await readFile(`${scratch}/alice.p12`)).toString('base64');
      const wants = { requestCert: true, rejectUnauthorized: true, ca: users.ca };
      const identity = AUTHORITY.issue({ names });

      expect(
        await visitOne(runtime, identity, wants, { pkcs12: { file, passphrase: 'secret' } }),
      ).toMatchObject({
        kind: 'secure',
      });
      expect(await visitOne(runtime, identity, wants)).toMatchObject({
        kind: 'failed',
        step: 'tls',
        reason: expect.stringContaining('wants to see a certificate of yours, and none is chosen'),
      });
    });
  });
}
