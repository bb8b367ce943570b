import type { ServiceRow } from '../contract/api.ts';
import type { Clock } from '../net/clock.ts';
import type { Service } from '../../protocol/dnssd/service.ts';
import type { Publisher } from './publisher.ts';
import type { DomainMemory } from './service-memory.ts';
import type { NewsWitness } from './service-news.ts';

/** What the row of a domain says of its services. */
export interface ShownSummary {
  readonly services: number;
  readonly unconfirmed: number;
  readonly asOfMs: number | null;
  readonly settledMs: number | null;
}

/** What the services of one domain are shown with. */
export interface ShownDependencies {
  readonly clock: Clock;
  readonly publisher: Publisher;
  /**
   * Whether what was shown stays, and says what it is, until the domain has settled again, whatever becomes of its records
   * meanwhile. A window wants that; a command line tells of records as they come and go.
   */
  readonly keepsMemory: boolean;
  /** What is kept of it between two runs; undefined where nothing is. */
  readonly memory?: DomainMemory | undefined;
  /** Called when more of that is shown. */
  readonly recalled: () => void;
  /** Who is told of what happens to them. */
  readonly witness?: NewsWitness | undefined;
  /** How what is known of a service came. */
  readonly viaOf: (service: Service) => ServiceRow['via'];
}
