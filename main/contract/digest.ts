/** What happened in a domain while nobody told of it. */

/** How many of what happened a digest lists at most; its numbers are of all. */
export const MAX_DIGEST_ITEMS = 200;

/** One thing that happened to a service. */
export interface DigestItem {
  /** The `id` of the service's row, which may be gone. */
  readonly id: string;
  readonly event: 'appeared' | 'changed' | 'left';
  readonly instance: string;
  readonly typeName: string;
  /** What happened, in a few words for people: `appeared`, `changed its port and TXT note`. */
  readonly text: string;
}

/** What happened in one domain between two times. */
export interface DigestRow {
  /** The `id` of the domain's row. */
  readonly id: string;
  /** When it was last told of, and when it was again: milliseconds since the epoch. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly appeared: number;
  readonly changed: number;
  readonly left: number;
  readonly items: readonly DigestItem[];
}
