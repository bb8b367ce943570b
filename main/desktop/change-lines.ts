import type { Snapshot, Update } from '../contract/api.ts';
import { ChangeEvents } from '../browse/change-events.ts';
import { eventText } from '../browse/event-text.ts';

/** Tells updates as lines. */
export class ChangeLines {
  readonly #events = new ChangeEvents();

  /** The lines of everything that is there already. */
  first({ revision, tables: { domains, services } }: Snapshot): readonly string[] {
    return this.next({ revision, tables: { domains: all(domains), services: all(services) } });
  }

  /** The lines of one update. */
  next(update: Update): readonly string[] {
    const events = this.#events.next(update);
    return events.flatMap((event) => eventText(event, (id) => this.#events.domainName(id)) ?? []);
  }
}

function all<Row>(rows: readonly Row[]): { readonly put: readonly Row[]; readonly drop: readonly string[] } {
  return { put: rows, drop: [] };
}
