import type { ServiceRow, TxtValue } from '../contract/api.ts';

/**
 * What changed from one state of a service to a later one, in words for people: `host`, `port`, `addresses`, `TXT note`.
 * What was not known before is no change but news that had not arrived.
 */
export function changedFields(before: ServiceRow, after: ServiceRow): readonly string[] {
  const changed: string[] = [];
  if (before.instance !== after.instance) changed.push('name');
  if (before.host !== null && before.host !== after.host) changed.push('host');
  if (before.port !== null && before.port !== after.port) changed.push('port');
  if (before.addresses !== null && !isSameList(before.addresses, after.addresses)) changed.push('addresses');
  if (before.txt !== null && before.txt !== after.txt) changed.push(...changedKeys(before.txt, after.txt));
  return changed;
}

/** Whether two states of a service say the same, whoever vouches for it and however that came. */
export function saysTheSame(one: ServiceRow, other: ServiceRow): boolean {
  return (
    one.instance === other.instance &&
    one.host === other.host &&
    one.port === other.port &&
    (one.addresses === other.addresses || isSameList(one.addresses ?? [], other.addresses)) &&
    (one.txt === other.txt || (one.txt !== null && changedKeys(one.txt, other.txt).length === 0))
  );
}

type Txt = NonNullable<ServiceRow['txt']>;

function changedKeys(before: Txt, after: ServiceRow['txt']): readonly string[] {
  if (after === null) return ['TXT'];
  if (before.length === after.length && before.every((pair, at) => isSamePair(pair, after[at]!))) return [];
  const [old, now] = [new Map(before), new Map(after)];
  const keys = new Set([...old.keys(), ...now.keys()]);
  const changed = [...keys].filter(
    (key) => old.has(key) !== now.has(key) || !isSameValue(old.get(key), now.get(key)),
  );
  return changed.length === 0 ? ['TXT'] : changed.map((key) => `TXT ${key}`); // the same pairs in another order
}

function isSamePair(one: Txt[number], other: Txt[number]): boolean {
  return one[0] === other[0] && isSameValue(one[1], other[1]);
}

function isSameValue(one: TxtValue | undefined, other: TxtValue | undefined): boolean {
  if (typeof one === 'object' && typeof other === 'object') return one.hex === other.hex;
  return one === other;
}

function isSameList(one: readonly string[], other: readonly string[] | null): boolean {
  return other !== null && one.length === other.length && one.every((each, at) => each === other[at]);
}
