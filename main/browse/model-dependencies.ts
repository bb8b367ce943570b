import type { Clock } from '../net/clock.ts';
import type { Question } from '../../protocol/wire/record.ts';
import type { Publisher } from './publisher.ts';
import type { DomainMemory } from './service-memory.ts';
import type { NewsWitness } from './service-news.ts';

/** What a model asks of the watch that it belongs to. */
export interface ModelListener {
  readonly ask: (questions: readonly Question[]) => void;
  readonly unask: (questions: readonly Question[]) => void;
  /** What the domain's row says of its services may be something else now. */
  readonly servicesChanged: () => void;
}

/** What a model needs of the world. */
export interface ModelDependencies {
  readonly clock: Clock;
  readonly publisher: Publisher;
  /** Whether what was shown stays until the domain has settled again, whatever becomes of its records meanwhile. */
  readonly keepsMemory: boolean;
  /** What is kept of it between two runs; undefined where nothing is. */
  readonly memory?: DomainMemory | undefined;
  /** Who is told of what happens to its services. */
  readonly witness?: NewsWitness | undefined;
}
