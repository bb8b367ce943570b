import type { TrustPolicy } from '../net/trust-policy.ts';
import type { Name } from '../../protocol/wire/name.ts';

/** A push server as discovery found it: the host and port of its SRV record, the host's addresses, and whom to believe. */
export interface PushServerTarget {
  readonly host: Name;
  readonly port: number;
  readonly addresses: readonly string[];
  /** The name to ask the server for, by SNI: that of the host, or of the end of its aliases. */
  readonly serverName: string;
  /** What it has to show. */
  readonly policy: TrustPolicy;
  /** What it is there for; a push server unless given. */
  readonly role?: 'resolver';
}
