import { expect, test } from 'vitest';
import { Name } from '../../protocol/wire/name.ts';
import { keyFileText, readKeyFile, throwAwayKey } from './tsig-key.ts';

test('a key file reads back as it was written', () => {
  const key = throwAwayKey(Name.of('herald-demo'));
  expect(key.secret.length).toBe(32);
  expect(readKeyFile(keyFileText(key))).toEqual({
    ok: true,
    key: { name: key.name, secret: Buffer.from(key.secret) },
  });
});

test('two keys have two secrets', () => {
  expect(throwAwayKey(Name.root).secret).not.toEqual(throwAwayKey(Name.root).secret);
});

test('comments, quotes left out and other spacing are read', () => {
  const text =
    '# made by hand\n// twice\nkey a.b. {\n algorithm "HMAC-SHA256" ; /* as it\n is */ secret AAEC;\n} ;\n';
  const read = readKeyFile(text);
  expect(read.ok && [String(read.key.name), [...read.key.secret]]).toEqual(['a.b.', [0, 1, 2]]);
});

test.each([
  ['', 'does not have the form'],
  ['key "a" { algorithm hmac-sha256; secret "AAEC"; }', 'does not have the form'],
  ['key "a" { algorithm hmac-md5; secret "AAEC"; };', 'algorithm is hmac-md5'],
  ['key "a" { secret "AAEC"; };', 'algorithm is missing'],
  ['key "a" { algorithm hmac-sha256; };', 'secret is missing or is not base64'],
  ['key "a" { algorithm hmac-sha256; secret "AAE"; };', 'secret is missing or is not base64'],
  ['key "a" { algorithm hmac-sha256; secret "AA_C"; };', 'secret is missing or is not base64'],
  ['key "a..b" { algorithm hmac-sha256; secret "AAEC"; };', 'has no proper name'],
])('a file that is no key says why: %s', (text, problem) => {
  const read = readKeyFile(text);
  expect(read).toMatchObject({ ok: false, code: 'bad-key-file' });
  expect(!read.ok && read.message).toContain(problem);
});
