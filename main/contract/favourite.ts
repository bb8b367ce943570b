/** What a person keeps an eye on: single services, and domains as a whole. */
import { z } from 'zod';
import type { ServiceCategory } from './api.ts';

/** More are not kept; a domain as a whole is one. */
export const MAX_FAVOURITES = 1000;

const NAME = z.string().min(1).max(1020);

/** A favourite as it is kept on disk. */
export const FAVOURITE = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('service'),
    /** The id of its domain's row. */
    domain: NAME,
    /** Its instance name, folded, in master-file form: every octet of it. */
    name: NAME,
    /** As published, and as shown. */
    type: z.string().min(1).max(255),
    instance: z.string().max(1020),
    /** When it was last there: milliseconds since the epoch; null when that is not known. */
    lastSeenMs: z.number().nullable().default(null),
  }),
  z.object({ kind: z.literal('domain'), domain: NAME }),
]);

/** A favourite as it is kept on disk. */
export type Favourite = z.infer<typeof FAVOURITE>;

/** A favourite as a window sees it; a service need not be there. */
export type FavouriteRow =
  | {
      readonly kind: 'service';
      /** The `id` of its row, when it is there. */
      readonly id: string;
      readonly domain: string;
      readonly type: string;
      readonly typeName: string;
      readonly category: ServiceCategory;
      readonly instance: string;
      /** When it was last there, if that is over: milliseconds since the epoch. */
      readonly lastSeenMs: number | null;
    }
  /** `id` is that of the domain's row. */
  | { readonly kind: 'domain'; readonly id: string };
