import { expect, test } from 'vitest';
import { SecureContexts } from './secure-contexts.ts';
import { TestAuthority } from './testing/certificates.ts';
import { IDENTITY } from './testing/recorded-transport.ts';

test('settings are made once for each set of trusted certificates', () => {
  const contexts = new SecureContexts();
  const { ca } = new TestAuthority();

  expect(contexts.of({ ca })).toBe(contexts.of({ ca }));
  expect(contexts.of({})).toBe(contexts.of({}));
  expect(contexts.of({ ca })).not.toBe(contexts.of({}));
  expect(contexts.of({ ca })).not.toBe(contexts.of({ ca: new TestAuthority().ca }));
});

test('settings are made once for each identity of our own, and are others without it', () => {
  const contexts = new SecureContexts();
  const client = { kind: 'pem', certificate: IDENTITY.cert, key: IDENTITY.key } as const;

  expect(contexts.of({ client })).toBe(contexts.of({ client: { ...client } }));
  expect(contexts.of({ client })).not.toBe(contexts.of({}));
});
