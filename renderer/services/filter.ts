import type { ServiceRow } from '../../main/contract/api.ts';
import { isDeparted } from './departed.ts';
import { countPresent } from './grouping.ts';
import type { ServiceGroup } from './grouping.ts';

/** Which services a view is about, before its filter. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'printers' }
  /** What a person keeps an eye on, whether it is there or not. */
  | { readonly kind: 'watching' }
  | { readonly kind: 'domain'; readonly id: string };

/** What a view shows of the services: those in `scope` whose fields hold every word of `words`. */
export interface View {
  readonly scope: Scope;
  readonly words: readonly string[];
}

/** The words of a filter text, folded. */
export function filterWords(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/u).filter(Boolean);
}

/** Whether a filter's words are all found in the row: in its name, type, domain, host, port, addresses or TXT. */
export function holds(row: ServiceRow, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = searchText(row);
  return words.every((word) => text.includes(word));
}

/**
 * The groups with only the rows that the view shows. `known` remembers what became of each group for this very view, so
 * that an update costs the groups that it touched.
 */
export function narrowed(
  groups: readonly ServiceGroup[],
  view: View,
  known: WeakMap<ServiceGroup, ServiceGroup | null>,
): readonly ServiceGroup[] {
  const isAll = view.scope.kind === 'all' || view.scope.kind === 'watching'; // whose groups hold nothing else
  if (isAll && view.words.length === 0) return groups;
  const shown: ServiceGroup[] = [];
  for (const group of groups) {
    let narrow = known.get(group);
    if (narrow === undefined) {
      narrow = narrowGroup(group, view);
      known.set(group, narrow);
    }
    if (narrow !== null) shown.push(narrow);
  }
  return shown;
}

/** How many services that are there the groups hold together. */
export function countServices(groups: readonly ServiceGroup[]): number {
  return groups.reduce((count, group) => count + group.present, 0);
}

/** How many that left they hold. */
export function countDeparted(groups: readonly ServiceGroup[]): number {
  const isWhole = ({ rows, present }: ServiceGroup): boolean => rows.length === present;
  return groups.reduce(
    (count, group) => count + (isWhole(group) ? 0 : group.rows.filter(isDeparted).length),
    0,
  );
}

function narrowGroup(group: ServiceGroup, { scope, words }: View): ServiceGroup | null {
  if (scope.kind === 'printers' && group.category !== 'printer') return null;
  const inScope = (row: ServiceRow): boolean => scope.kind !== 'domain' || row.domain === scope.id;
  const rows = group.rows.filter((row) => inScope(row) && holds(row, words));
  return rows.length === 0 ? null : { ...group, rows, present: countPresent(rows) };
}

/** Rows never change, so the text that a filter looks through is made once for each. */
const searchTexts = new WeakMap<ServiceRow, string>();

function searchText(row: ServiceRow): string {
  const known = searchTexts.get(row);
  if (known !== undefined) return known;
  const { instance, type, typeName, domain, host, port, addresses, txt } = row;
  const pairs = (txt ?? []).map(([key, value]) => (typeof value === 'string' ? `${key}=${value}` : key));
  const text = [instance, type, typeName, domain, host, port, ...(addresses ?? []), ...pairs]
    .join('\n')
    .toLowerCase();
  searchTexts.set(row, text);
  return text;
}
