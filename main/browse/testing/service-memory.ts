import type { RememberedDomain } from '../../contract/remembered.ts';
import type { ServiceMemory } from '../service-memory.ts';

/** What is kept of domains, kept in memory; it is written whenever it is asked for. */
export class FakeServiceMemory implements ServiceMemory {
  /** What was written of each domain. */
  readonly kept = new Map<string, RememberedDomain>();
  readonly #changed = new Map<string, () => RememberedDomain | undefined>();

  recall(domain: string): RememberedDomain | undefined {
    const kept = this.kept.get(domain);
    return (
      kept && { ...kept, services: kept.services.map((row) => ({ ...row, standing: 'cached' as const })) }
    );
  }

  changed(domain: string, read: () => RememberedDomain | undefined): void {
    this.#changed.set(domain, read);
  }

  forget(domain: string): void {
    this.#changed.delete(domain);
    this.kept.delete(domain);
  }

  flush(): Promise<void> {
    for (const [domain, read] of this.#changed) {
      const remembered = read();
      if (remembered !== undefined) this.kept.set(domain, remembered);
    }
    this.#changed.clear();
    return Promise.resolve();
  }
}
