import { createHmac } from 'node:crypto';

/** How many characters of base64 a mark has: 132 bits, so that no two networks have the same by chance. */
const MARK_LENGTH = 22;

/** What a mark looks like. */
export const NETWORK_MARK = /^[\w-]{22}$/;

/**
 * What a network is kept by: a digest of its signs that is keyed with a salt, so that the marks of one profile tell nothing
 * beside those of another, and a list made beforehand is of no use. Whoever has the salt can still try signs out, which is
 * guessing where they are few: the salt is kept where the marks are.
 */
export function networkMark(salt: string, signs: readonly unknown[]): string {
  return createHmac('sha256', salt).update(JSON.stringify(signs)).digest('base64url').slice(0, MARK_LENGTH);
}
