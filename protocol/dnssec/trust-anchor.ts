import type { Name } from '../wire/name.ts';
import type { Dnskey } from './dnskey.ts';
import type { Ds } from './ds.ts';

/** Keys of a zone that are trusted from the start: by their digests, or themselves (RFC 4033 §2, RFC 4035 §4.4). */
export interface TrustAnchor {
  readonly zone: Name;
  readonly ds: readonly Ds[];
  readonly keys: readonly Dnskey[];
}

/** The anchor of a name: that of the closest zone above it, so that a private zone may have its own; undefined when none has. */
export function closestAnchor(anchors: readonly TrustAnchor[], name: Name): TrustAnchor | undefined {
  return anchors
    .filter(({ zone }) => name.isWithin(zone))
    .reduce<TrustAnchor | undefined>(
      (closest, anchor) =>
        closest !== undefined && closest.zone.labelCount >= anchor.zone.labelCount ? closest : anchor,
      undefined,
    );
}
