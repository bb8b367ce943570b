import type { TableUpdate } from '../main/contract/api.ts';

/** A power of two: at 100 000 rows a bucket holds about a hundred. */
const BUCKETS = 1024;

/**
 * One table as of a revision: rows by id. It never changes; `apply` returns the next one, which shares every bucket that
 * the update did not touch, so the cost of one change does not grow with the table.
 */
export class Table<Row extends { readonly id: string }> {
  readonly size: number;
  readonly #buckets: readonly (ReadonlyMap<string, Row> | undefined)[];

  private constructor(buckets: readonly (ReadonlyMap<string, Row> | undefined)[], size: number) {
    this.#buckets = buckets;
    this.size = size;
  }

  /** A table of these rows; of two with one id the later stands. */
  static of<Row extends { readonly id: string }>(rows: readonly Row[]): Table<Row> {
    return new Table<Row>([], 0).apply({ put: rows, drop: [] });
  }

  get(id: string): Row | undefined {
    return this.#buckets[bucketOf(id)]?.get(id);
  }

  /** Every row, in no order that means anything. */
  *values(): Generator<Row> {
    for (const bucket of this.#buckets) if (bucket !== undefined) yield* bucket.values();
  }

  /** The table after an update: what is dropped goes, then what is put comes or replaces. */
  apply(update: TableUpdate<Row>): Table<Row> {
    const buckets = this.#buckets.slice();
    const copied = new Map<number, Map<string, Row>>();
    const writable = (id: string): Map<string, Row> => {
      const at = bucketOf(id);
      const known = copied.get(at);
      if (known !== undefined) return known;
      const copy = new Map(buckets[at]);
      copied.set(at, copy);
      buckets[at] = copy;
      return copy;
    };

    let size = this.size;
    for (const id of update.drop) {
      if (this.get(id) !== undefined && writable(id).delete(id)) size -= 1;
    }
    for (const row of update.put) {
      const bucket = writable(row.id);
      if (!bucket.has(row.id)) size += 1;
      bucket.set(row.id, row);
    }
    return copied.size === 0 ? this : new Table(buckets, size);
  }
}

/** FNV-1a, folded to a bucket number: ids are long and alike, so every character counts. */
function bucketOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  }
  return (hash ^ (hash >>> 16)) & (BUCKETS - 1);
}
