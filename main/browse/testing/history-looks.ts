import { foldAscii, Name } from '../../../protocol/wire/name.ts';
import type { FavouriteRow } from '../../contract/favourite.ts';
import type { View } from '../../contract/view.ts';
import { nameText } from '../rows.ts';
import type { Kept } from './history-steps.ts';
import { DOMAINS } from './history-steps.ts';

/** What a window looks at that shows the services with these names, whichever domain lists them. */
export function viewOf(names: readonly string[]): View {
  const folded = names.map((name) => foldAscii(nameText(Name.of(name))));
  const rows = DOMAINS.flatMap((domain) => folded.map((name) => `${domain} ${name}`));
  return { rows, details: null, needed: [] };
}

/** The key of the name of a favourite; of a whole domain one of no service. */
export function favouriteKey({ domain, type }: Kept): string {
  return Name.of(`a.${type ?? '_x._tcp'}.${domain}`).key;
}

/** The row of a favourite. */
export function favouriteRow({ domain, type }: Kept): FavouriteRow {
  if (type === null) return { kind: 'domain', id: domain };
  const shown = { typeName: type, category: 'other', instance: 'a', lastSeenMs: null } as const;
  return { kind: 'service', id: `${domain} a.${type}.${domain}`, domain, type, ...shown };
}
