import { isIPv4 } from 'node:net';
import type { Reply } from '../../protocol/discovery/procedure.ts';
import type { AnswerPath } from '../../protocol/dnssec/believed-ad.ts';
import type { ResolverAddress } from './resolver-address.ts';
import { isSecure } from './resolver-address.ts';

/** A reply, and who answered: a server, or the memory of the resolver itself; undefined when nobody did. */
export type Resolved = Reply & {
  readonly from?: ResolverAddress | 'memory';
  /** The way that an answer came, be it from memory by now; not given, it counts as open. */
  readonly path?: AnswerPath;
};

/** The way that answers of a resolver come. */
export function pathOf(address: ResolverAddress): AnswerPath {
  if (isSecure(address)) return 'dot';
  return isLoopback(address.host) ? 'loopback' : 'open';
}

/** 127.0.0.0/8 and ::1 (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3); a host name is none, whatever it leads to. */
function isLoopback(host: string): boolean {
  return host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}
