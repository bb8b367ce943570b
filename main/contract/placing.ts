/** On which networks domains are asked for, as the settings window shows and says it. */
import { z } from 'zod';

/**
 * Where a person wants a domain asked for: by default its name and how it came decide, else on any network, or only on those
 * that it was added on.
 */
export const PLACE_CHOICES = ['default', 'anywhere', 'own-networks'] as const;

/** One of them. */
export type PlaceChoice = (typeof PLACE_CHOICES)[number];

const PLACING = z.strictObject({
  /** Whether a domain that belongs to some networks is kept from the resolvers of others. */
  keepsApart: z.boolean(),
});

/** What the user chose for all domains. */
export type Placing = z.infer<typeof PLACING>;

/** Reads what the settings window sent; undefined when it is something else. */
export function parsePlacing(raw: unknown): Placing | undefined {
  const parsed = PLACING.safeParse(raw);
  return parsed.success ? parsed.data : undefined;
}
