import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../demo/testing/programs.ts';
import { Purpose, TestAuthority } from './testing/certificates.ts';
import { FakeTls } from './testing/fake-tls.ts';
import { IDENTITY, open } from './testing/recorded-transport.ts';
import { certificateWish } from './tls-problem.ts';
import type { ClientIdentity } from './trust-policy.ts';

const USERS = new TestAuthority('Users');
const { cert, key } = USERS.issue({ commonName: 'Alice', purposes: [Purpose.CLIENT] });
const ALICE: ClientIdentity = { kind: 'pem', certificate: cert, key };

const WANTS_USERS = { ...IDENTITY, requestCert: true, ca: USERS.ca };

test('an identity of our own is shown to a server that asks for it', async () => {
  const server = await FakeTls.start({ ...WANTS_USERS, rejectUnauthorized: true });
  open(server.port, { client: ALICE });
  const { tls } = await server.next();

  expect(tls.getPeerCertificate().subject.CN).toBe('Alice');
  expect(tls.authorized).toBe(true);
});

test('one in a file of PKCS #12, with its passphrase, is too', async () => {
  const server = await FakeTls.start(WANTS_USERS);
  open(server.port, { client: { kind: 'pkcs12', file: await pkcs12('secret'), passphrase: 'secret' } });

  expect((await server.next()).tls.getPeerCertificate().subject.CN).toBe('Alice');
});

test('nothing is shown to a server that does not ask, and nothing where none is chosen', async () => {
  const indifferent = await FakeTls.start(IDENTITY);
  open(indifferent.port, { client: ALICE });
  expect((await indifferent.next()).tls.getPeerCertificate()).toEqual({});

  const curious = await FakeTls.start({ ...WANTS_USERS, rejectUnauthorized: false });
  const { secure } = open(curious.port);
  expect((await curious.next()).tls.getPeerCertificate()).toEqual({});
  await secure;
});

test.each([
  ['TLSv1.3', /wants to see a certificate of yours, and none is chosen for this domain/],
  ['TLSv1.2', /or it wants a certificate of yours/],
] as const)('a server that demands one by %s and is shown none is told as that', async (version, reason) => {
  const server = await FakeTls.start({
    ...WANTS_USERS,
    rejectUnauthorized: true,
    minVersion: version,
    maxVersion: version,
  });

  expect(await open(server.port).end).toMatchObject({
    kind: 'failed',
    step: 'tls',
    reason: expect.stringMatching(reason),
  });
});

test.each<readonly [string, ClientIdentity]>([
  ['no certificate', { kind: 'pem', certificate: 'junk', key }],
  ['another’s key', { kind: 'pem', certificate: cert, key: IDENTITY.key }],
  ['no file of PKCS #12', { kind: 'pkcs12', file: Uint8Array.of(1, 2, 3), passphrase: '' }],
])('an identity with %s fails the connection with a sentence, and nothing is sent', async (_, client) => {
  const server = await FakeTls.start(IDENTITY);

  expect(await open(server.port, { client }).end).toMatchObject({
    kind: 'failed',
    step: 'tls',
    reason: expect.stringContaining('The certificate to show for this domain cannot be used'),
  });
  expect(server.accepted).toEqual([]);
});

test('a certificate that a server does not accept is told as that', () => {
  const error = Object.assign(new Error('alert'), { code: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA' });
  expect(certificateWish(error, 'push.office.test port 853')).toContain('does not accept the certificate');
});

/** Alice's identity as OpenSSL puts it into a file. */
async function pkcs12(passphrase: string): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'identity-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [pem, file] = [join(folder, 'alice.pem'), join(folder, 'alice.p12')];
  writeFileSync(pem, cert + key);
  await run('openssl', ['pkcs12', '-export', '-in', pem, '-out', file, '-passout', `pass:${passphrase}`]);
  return readFileSync(file);
}
