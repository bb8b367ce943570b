import type { ServiceCategory, ServiceRow } from '../../main/contract/api.ts';
import { isAbsent } from './absent.ts';
import { isDeparted } from './departed.ts';

/** The services of one type, sorted as shown. A group that an update does not touch stays the same object. */
export interface ServiceGroup {
  /** The type with its letters folded: `_ipp._tcp`. */
  readonly type: string;
  readonly typeName: string;
  readonly category: ServiceCategory;
  /** Never empty; sorted by `compareServices`. */
  readonly rows: readonly ServiceRow[];
  /** How many of them are there: those that left or are awaited count nowhere. */
  readonly present: number;
}

/** The order of the kinds of group; printers are what most people came for. */
const CATEGORY_ORDER: Readonly<Record<ServiceCategory, number>> = {
  printer: 0,
  scanner: 1,
  web: 2,
  file: 3,
  remote: 4,
  media: 5,
  home: 6,
  developer: 7,
  other: 8,
};

/** Within the printers, what most of them speak today comes first. */
const TYPE_ORDER = ['_ipp._tcp', '_ipps._tcp', '_pdl-datastream._tcp', '_printer._tcp'];

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** The order of rows within a group: by name as people sort it, then by id, so that no two rows are equal. */
export function compareServices(a: ServiceRow, b: ServiceRow): number {
  return collator.compare(a.instance, b.instance) || compareCodes(a.id, b.id);
}

/** Whether `text` starts with `prefix` in the eyes of the same collation, so that `bu` finds `Büro`. */
export function startsLike(text: string, prefix: string): boolean {
  return collator.compare(text.slice(0, prefix.length), prefix) === 0;
}

/** The group key of a service: names of types are compared with their letters folded (RFC 6763 §4.1.2). */
export function typeKey(row: ServiceRow): string {
  return row.type.toLowerCase();
}

/** The groups after some rows have gone and some have come; a changed row is in both lists, as it was and as it is. */
export function regroup(
  groups: readonly ServiceGroup[],
  gone: readonly ServiceRow[],
  come: readonly ServiceRow[],
): readonly ServiceGroup[] {
  if (gone.length === 0 && come.length === 0) return groups;
  const goneByType = byType(gone);
  const comeByType = byType(come);
  const next: ServiceGroup[] = [];
  let needsOrder = false;

  for (const group of groups) {
    const leaving = goneByType.get(group.type);
    const coming = comeByType.get(group.type);
    comeByType.delete(group.type);
    if (leaving === undefined && coming === undefined) {
      next.push(group);
      continue;
    }
    const changed = groupOf(group.type, insertSorted(removeSorted(group.rows, leaving ?? []), coming ?? []));
    needsOrder ||= changed?.typeName !== group.typeName;
    if (changed !== null) next.push(changed);
  }
  for (const [type, rows] of comeByType) {
    const added = groupOf(type, rows.toSorted(compareServices));
    needsOrder = true;
    if (added !== null) next.push(added);
  }
  return needsOrder ? next.sort(compareGroups) : next;
}

/** The group of these rows, called as its first one is; null of none. */
function groupOf(type: string, rows: readonly ServiceRow[]): ServiceGroup | null {
  const [first] = rows;
  if (first === undefined) return null;
  return { type, typeName: first.typeName, category: first.category, rows, present: countPresent(rows) };
}

/** How many of these services are there. */
export function countPresent(rows: readonly ServiceRow[]): number {
  return rows.reduce((count, row) => (isDeparted(row) || isAbsent(row) ? count : count + 1), 0);
}

/** Where a row stands or would stand among sorted rows: the first index whose row is not before it. */
export function positionOf(rows: readonly ServiceRow[], row: ServiceRow): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = rows[middle];
    if (other !== undefined && compareServices(other, row) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function removeSorted(rows: readonly ServiceRow[], leaving: readonly ServiceRow[]): readonly ServiceRow[] {
  if (leaving.length === 0) return rows;
  const positions = leaving.map((row) => positionOf(rows, row)).sort((a, b) => a - b);
  const kept: ServiceRow[][] = [];
  let from = 0;
  for (const position of positions) {
    kept.push(rows.slice(from, position));
    from = position + 1;
  }
  kept.push(rows.slice(from));
  return joined(kept);
}

function insertSorted(rows: readonly ServiceRow[], coming: readonly ServiceRow[]): readonly ServiceRow[] {
  if (coming.length === 0) return rows;
  const parts: ServiceRow[][] = [];
  let from = 0;
  for (const row of coming.toSorted(compareServices)) {
    const position = positionOf(rows, row);
    parts.push(rows.slice(from, position), [row]);
    from = position;
  }
  parts.push(rows.slice(from));
  return joined(parts);
}

/** `concat` copies whole arrays at once, which is what keeps one change among 100 000 rows cheap. */
function joined(parts: readonly (readonly ServiceRow[])[]): readonly ServiceRow[] {
  return ([] as ServiceRow[]).concat(...parts);
}

function byType(rows: readonly ServiceRow[]): Map<string, ServiceRow[]> {
  const types = new Map<string, ServiceRow[]>();
  for (const row of rows) {
    const known = types.get(typeKey(row));
    if (known === undefined) types.set(typeKey(row), [row]);
    else known.push(row);
  }
  return types;
}

/** What a group is but for its rows. */
export type GroupHead = Pick<ServiceGroup, 'type' | 'typeName' | 'category'>;

/** The order of groups; the rows do not matter. */
export function compareGroups(a: GroupHead, b: GroupHead): number {
  return (
    CATEGORY_ORDER[a.category] - CATEGORY_ORDER[b.category] ||
    typeRank(a.type) - typeRank(b.type) ||
    collator.compare(a.typeName, b.typeName) ||
    compareCodes(a.type, b.type)
  );
}

function typeRank(type: string): number {
  const rank = TYPE_ORDER.indexOf(type);
  return rank === -1 ? TYPE_ORDER.length : rank;
}

function compareCodes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
