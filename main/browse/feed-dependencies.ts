import type { SessionRow } from '../contract/api.ts';
import type { Clock } from '../net/clock.ts';
import type { Connect } from '../net/tls-transport.ts';
import type { ReconfirmPolicy } from '../../protocol/push/reconfirm.ts';
import type { RefusalMemory } from '../../protocol/push/refusal-memory.ts';
import type { FeedEnd } from './feed-user.ts';

/** What a feed needs of the world. */
export interface FeedDependencies {
  readonly clock: Clock;
  /** What this server has declined; it outlives the session. */
  readonly refusals: RefusalMemory;
  /** When this server may be asked to reconfirm a record; it outlives the session. */
  readonly reconfirms: ReconfirmPolicy;
  readonly connect: Connect;
  /** A batch of outputs was performed: what it put into tables belongs together. */
  readonly batchDone: () => void;
  readonly phaseChanged: (phase: SessionRow['phase']) => void;
  /** It is over; users are told afterwards. */
  readonly ended: (end: FeedEnd) => void;
}
