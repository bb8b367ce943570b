import type { RecalledDomain, RememberedDomain } from '../contract/remembered.ts';

/** What is kept of the services of domains between two runs, by the ids of the domains' rows. */
export interface ServiceMemory {
  /** What was kept of a domain in an earlier run. */
  recall(domain: string): RecalledDomain | undefined;
  /** It is another one now; `read` tells what, whenever it is written, and undefined when nothing is worth it. */
  changed(domain: string, read: () => RememberedDomain | undefined): void;
  forget(domain: string): void;
  /** Writes what is still to be written; it never rejects. */
  flush(): Promise<void>;
}

/** The same of one domain. */
export interface DomainMemory {
  recall(): RecalledDomain | undefined;
  changed(read: () => RememberedDomain | undefined): void;
}

/** What is kept of one domain. */
export function memoryOf(memory: ServiceMemory, domain: string): DomainMemory {
  return {
    recall: () => memory.recall(domain),
    changed: (read) => memory.changed(domain, read),
  };
}
