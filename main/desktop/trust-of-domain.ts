import type { WatchedDomain } from '../storage/settings.ts';
import type { TrustFiles } from '../storage/trust-files.ts';

/** The files of a domain in the settings, and what stands beside them. */
export function trustFilesOf({ caFile, demands }: WatchedDomain): TrustFiles {
  const { isStrict = false, pins = [], certFile = null, keyFile = null, passphrase = null } = demands ?? {};
  return { caFile, isStrict, pins, certFile, keyFile, passphrase };
}
