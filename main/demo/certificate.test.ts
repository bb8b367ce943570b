import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:tls';
import { expect, test } from 'vitest';
import { throwAwayCertificate } from './certificate.ts';

const NOW_MS = Date.UTC(2026, 5, 1, 12, 0, 0);

function made() {
  const pems = throwAwayCertificate(
    ['push.office.test', 'office.test', 'lab.test', 'localhost'],
    ['127.0.0.1'],
    NOW_MS,
  );
  return { ...pems, ca: new X509Certificate(pems.caPem), leaf: new X509Certificate(pems.certPem) };
}

test('SRV-39: the certificate names the SRV target, the zones and loopback in subjectAltName, and nothing in its subject', () => {
  const { leaf } = made();
  expect(leaf.subjectAltName).toBe(
    'DNS:push.office.test, DNS:office.test, DNS:lab.test, DNS:localhost, IP Address:127.0.0.1',
  );
  for (const host of ['push.office.test', 'office.test', 'lab.test', 'localhost']) {
    expect(leaf.checkHost(host, { subject: 'never' })).toBe(host);
  }
  expect(leaf.checkHost('other.office.test', { subject: 'never' })).toBeUndefined();
  expect(leaf.subject).toBe('CN=Herald demo push server');
});

test('the certificate is signed by the authority, which is one and may sign nothing but end entities', () => {
  const { ca, leaf } = made();
  expect(leaf.verify(ca.publicKey)).toBe(true);
  expect(leaf.checkIssued(ca)).toBe(true);
  expect(ca.verify(ca.publicKey)).toBe(true);
  expect([ca.ca, leaf.ca]).toEqual([true, false]);
  expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(leaf.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
});

test('the certificate is valid from an hour ago for 30 days', () => {
  const { leaf } = made();
  expect(Date.parse(leaf.validFrom)).toBe(NOW_MS - 3_600_000);
  expect(Date.parse(leaf.validTo)).toBe(NOW_MS + 30 * 86_400_000);
});

test('two calls share neither key nor serial number nor authority', () => {
  const [one, other] = [made(), made()];
  expect(one.leaf.serialNumber).not.toBe(other.leaf.serialNumber);
  expect(one.ca.subject).not.toBe(other.ca.subject);
  expect(one.leaf.verify(other.ca.publicKey)).toBe(false);
});

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'a client that trusts the authority completes a %s handshake by name',
  async (version) => {
    const { caPem, certPem, keyPem } = throwAwayCertificate(['push.office.test'], ['127.0.0.1'], Date.now());
    const server = createServer({ cert: certPem, key: keyPem }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const client = connect({
      port,
      host: '127.0.0.1',
      servername: 'push.office.test',
      ca: caPem,
      minVersion: version,
      maxVersion: version,
    });
    await once(client, 'secureConnect');
    expect(client.authorized).toBe(true);
    expect(client.getProtocol()).toBe(version);
    client.end();
    server.close();
    await once(server, 'close');
  },
);
