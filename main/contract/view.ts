/** What a window looks at, so that nothing else is asked for (RFC 8765 §3). */
import { z } from 'zod';

/**
 * So many services of a domain have their details asked for at most: more than screens hold, and with SRV, TXT and the two kinds
 * of address some 1,000 subscriptions, which a server's other clients do not notice (RFC 8765 §3).
 */
export const MAX_LOOKED_AT = 256;
/** More lines than the largest screen holds, with those kept beyond its edges. */
export const MAX_ROWS_ON_SCREEN = 400;
/** As many as are looked at in sixteen domains. */
export const MAX_ROWS_NEEDED = 4096;

/** The id of a service's row: that of its domain, a space, and the text of its own name. */
export const SERVICE_ID = z.string().min(1).max(2041);

/** The services that a window needs the details of, by the ids of their rows. */
export const VIEW = z.strictObject({
  /** Those on its screen, and a few beyond its edges. */
  rows: z.array(SERVICE_ID).max(MAX_ROWS_ON_SCREEN).readonly(),
  /** The one in its details. */
  details: SERVICE_ID.nullable(),
  /** Others that what it shows depends on, such as all that a filter is to find; the first are the most important. */
  needed: z.array(SERVICE_ID).max(MAX_ROWS_NEEDED).readonly(),
});

/** The services that a window needs the details of, by the ids of their rows. */
export type View = z.infer<typeof VIEW>;
