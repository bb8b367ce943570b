import { expect, test } from 'vitest';
import { SecureContexts } from './secure-contexts.ts';
import { TestAuthority } from './testing/certificates.ts';

test('settings are made once for each set of trusted certificates', () => {
  const contexts = new SecureContexts();
  const { ca } = new TestAuthority();

  expect(contexts.of(ca)).toBe(contexts.of(ca));
  expect(contexts.of(undefined)).toBe(contexts.of(undefined));
  expect(contexts.of(ca)).not.toBe(contexts.of(undefined));
  expect(contexts.of(ca)).not.toBe(contexts.of(new TestAuthority().ca));
});
