import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { expect, test } from 'vitest';
import { certificateFields } from './certificate-fields.ts';
import { Purpose, TestAuthority } from './testing/certificates.ts';

const ROOT = new TestAuthority('Root', {
  pathLength: 3,
  permitted: ['office.test'],
  excluded: ['a.office.test'],
});
const LEAF = new X509Certificate(
  ROOT.issue({ names: ['push.office.test', '*.lab.test'], purposes: [Purpose.SERVER] }).cert,
);

test('a certificate of an authority says how far it reaches', () => {
  expect(certificateFields(ROOT.certificate.raw)).toMatchObject({
    isAuthority: true,
    mayCertify: true,
    maySign: false,
    mayServe: true,
    pathLength: 3,
    permitted: ['office.test'],
    excluded: ['a.office.test'],
    isUnderstood: true,
  });
});

test('a certificate of a server says for which names and what for', () => {
  expect(certificateFields(LEAF.raw)).toMatchObject({
    dnsNames: ['push.office.test', '*.lab.test'],
    isAuthority: false,
    maySign: true,
    mayCertify: false,
    mayServe: true,
    key: LEAF.publicKey.export({ type: 'spki', format: 'der' }),
  });
});

test('the authorities that come with the runtime are read as it reads them itself', () => {
  for (const pem of rootCertificates) {
    const certificate = new X509Certificate(pem);
    const fields = certificateFields(certificate.raw);
    expect(fields?.isAuthority).toBe(certificate.ca);
    expect(fields?.mayCertify).toBe(true);
    expect(Buffer.from(fields!.key)).toEqual(certificate.publicKey.export({ type: 'spki', format: 'der' }));
  }
});

test('what is cut off anywhere is no certificate', () => {
  for (let length = 0; length < LEAF.raw.length; length++)
    expect(certificateFields(LEAF.raw.subarray(0, length))).toBeUndefined();
});

test('octets that are changed anywhere are read to something or refused', () => {
  for (let at = 0; at < LEAF.raw.length; at++) {
    const octets = Uint8Array.from(LEAF.raw);
    octets[at] = octets[at]! ^ 0x80;
    expect(() => certificateFields(octets)).not.toThrow();
  }
});
