import type { ZoneKeys } from './set-check.ts';

/** What is known of the zone that a name lies in. */
export type ZoneTrust =
  | (ZoneKeys & { readonly kind: 'secure' })
  /** Proven not to be signed, or not in a way that is understood. */
  | { readonly kind: 'insecure'; readonly reason: string }
  | { readonly kind: 'bogus'; readonly reason: string }
  | {
      readonly kind: 'indeterminate';
      readonly reason: string;
      /** The resolver takes the signatures out of its answers, so that nobody behind it can check any. */
      readonly isStripped: boolean;
    };

/** What is worth remembering of a zone; what could not be found out, for a moment only. */
export type LastingTrust = ZoneTrust & { readonly kind: 'secure' | 'insecure' | 'indeterminate' };
