import type { ServiceRow } from '../../contract/api.ts';
import type { RecalledDomain, RememberedDomain } from '../../contract/remembered.ts';
import type { ServiceMemory } from '../service-memory.ts';

/** What is kept of domains, kept in memory; it is written whenever it is asked for. */
export class FakeServiceMemory implements ServiceMemory {
  /** How many services are recalled at a time. */
  pieceSize = 1_000;
  /** What was written of each domain. */
  readonly kept = new Map<string, RememberedDomain>();
  readonly #changed = new Map<string, () => RememberedDomain | undefined>();

  recall(domain: string): RecalledDomain | undefined {
    const kept = this.kept.get(domain);
    return kept && { asOfMs: kept.asOfMs, pieces: this.#piecesOf(kept) };
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

  *#piecesOf({ services }: RememberedDomain): Generator<readonly ServiceRow[], void> {
    for (let at = 0; at < services.length; at += this.pieceSize)
      yield services.slice(at, at + this.pieceSize).map((row) => ({ ...row, standing: 'cached' }));
  }
}
