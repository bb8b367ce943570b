import type { Name } from '../wire/name.ts';

/** A name as sentences for people have it: presentation form without the root's dot. */
export function spokenName(name: Name): string {
  return name.isRoot ? 'the root of DNS' : name.toString().slice(0, -1);
}
