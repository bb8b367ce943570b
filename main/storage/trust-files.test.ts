import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestAuthority } from '../net/testing/certificates.ts';
import type { TrustFiles } from './trust-files.ts';
import { readTrustFiles } from './trust-files.ts';

const NOTHING: TrustFiles = {
  caFile: null,
  certFile: null,
  keyFile: null,
  passphrase: null,
  pins: [],
  isStrict: false,
};
const AUTHORITY = new TestAuthority();
const { cert, key } = AUTHORITY.issue({ commonName: 'Alice' });

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trust-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: 'pipe' });
}

test('without files there is nothing to read, and the rest is handed on', () => {
  expect(readTrustFiles({ ...NOTHING, pins: ['a'], isStrict: true })).toEqual({
    ok: true,
    trust: { caPem: undefined, client: undefined, isStrict: true, pins: ['a'] },
  });
});

test('certificates of authorities are read as they stand', () => {
  const text = `Our two\n${AUTHORITY.ca}${new TestAuthority().ca}`;
  expect(readTrustFiles({ ...NOTHING, caFile: written('ca.pem', text) })).toMatchObject({
    trust: { caPem: text },
  });
});

test('a certificate of one’s own is read with its key, from one file or two', () => {
  const client = {
    kind: 'pem',
    certificate: expect.stringContaining(cert),
    key: expect.stringContaining(key),
  };
  const certFile = written('cert.pem', cert);
  const keyFile = written('key.pem', key);
  const both = written('both.pem', key + cert);

  expect(readTrustFiles({ ...NOTHING, certFile, keyFile })).toMatchObject({ trust: { client } });
  expect(readTrustFiles({ ...NOTHING, certFile: both })).toMatchObject({ trust: { client } });
});

test('a file of PKCS #12, and a key under a passphrase, are read with it and refused without', () => {
  const both = written('both.pem', key + cert);
  const [p12, locked] = [join(folder, 'alice.p12'), join(folder, 'locked.pem')];
  openssl('pkcs12', '-export', '-in', both, '-out', p12, '-passout', 'pass:secret');
  openssl('pkcs8', '-topk8', '-in', both, '-out', locked, '-passout', 'pass:secret');
  const certFile = written('cert.pem', cert);

  for (const files of [{ certFile: p12 }, { certFile, keyFile: locked }]) {
    expect(readTrustFiles({ ...NOTHING, ...files, passphrase: 'secret' })).toMatchObject({ ok: true });
    for (const passphrase of ['wrong', null]) {
      expect(readTrustFiles({ ...NOTHING, ...files, passphrase })).toEqual({
        ok: false,
        message: expect.stringMatching(/^The passphrase of .* is missing or wrong/),
      });
    }
  }
});

test.each<readonly [string, () => Partial<TrustFiles>, RegExp]>([
  [
    'authorities that are not there',
    () => ({ caFile: '/nowhere/ca.pem' }),
    /ca\.pem cannot be read: it is not there/,
  ],
  ['authorities that are a folder', () => ({ caFile: folder }), /cannot be read: it is a folder/],
  [
    'authorities that are none',
    () => ({ caFile: written('ca.pem', 'hello') }),
    /holds no certificate in PEM form/,
  ],
  [
    'authorities of which one is broken',
    () => ({ caFile: written('ca.pem', `${AUTHORITY.ca}${AUTHORITY.ca.replace(/MI../, 'AAAA')}`) }),
    /Certificate 2 of 2 in .* is broken/,
  ],
  ['a certificate that is not there', () => ({ certFile: '/nowhere/me.pem' }), /me\.pem cannot be read/],
  ['a certificate without its key', () => ({ certFile: written('cert.pem', cert) }), /without its key/],
  [
    'a key that is not there',
    () => ({ certFile: written('cert.pem', cert), keyFile: '/nowhere/key.pem' }),
    /key\.pem cannot be read/,
  ],
  [
    'another’s key',
    () => ({
      certFile: written('cert.pem', cert),
      keyFile: written('key.pem', AUTHORITY.issue({ commonName: 'Bob' }).key),
    }),
    /holds no certificate with the key that belongs to it/,
  ],
  [
    'what is neither PEM nor PKCS #12',
    () => ({ certFile: written('cert.p12', 'junk') }),
    /holds no certificate with/,
  ],
])('%s: refused with a sentence', (_, files, message) => {
  expect(readTrustFiles({ ...NOTHING, ...files() })).toEqual({
    ok: false,
    message: expect.stringMatching(message),
  });
});
