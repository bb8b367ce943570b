import type { DomainRow, ServiceRow, SessionRow, Update } from '../contract/api.ts';
import { saysTheSame } from './row-differences.ts';

/** What an update says, one thing after the other, for those who tell it as lines. */
export type ChangeEvent =
  | { readonly event: 'domain'; readonly row: DomainRow }
  | { readonly event: 'session'; readonly row: SessionRow }
  | { readonly event: 'added' | 'changed' | 'removed'; readonly row: ServiceRow };

/** Turns updates into events, keeping the rows that it has told of. */
export class ChangeEvents {
  readonly #domains = new Map<string, DomainRow>();
  readonly #services = new Map<string, ServiceRow>();
  readonly #sessions = new Map<string, SessionRow>();

  /**
   * The events of one update. A domain is told of when its state, step or reason changes, a session when its phase does, and
   * a service when it says something else, not when only somebody else vouches for it.
   */
  next(update: Update): readonly ChangeEvent[] {
    const { domains, services, sessions } = update.tables;
    const events: ChangeEvent[] = [];
    for (const id of sessions?.drop ?? []) {
      const row = this.#sessions.get(id);
      this.#sessions.delete(id);
      if (row !== undefined) events.push({ event: 'session', row: { ...row, phase: 'closed' } });
    }
    for (const row of sessions?.put ?? []) {
      if (this.#sessions.get(row.id)?.phase !== row.phase) events.push({ event: 'session', row });
      this.#sessions.set(row.id, row);
    }
    for (const id of domains?.drop ?? []) this.#domains.delete(id);
    for (const row of domains?.put ?? []) {
      if (isNews(this.#domains.get(row.id), row)) events.push({ event: 'domain', row });
      this.#domains.set(row.id, row);
    }
    for (const id of services?.drop ?? []) {
      const row = this.#services.get(id);
      this.#services.delete(id);
      if (row !== undefined) events.push({ event: 'removed', row });
    }
    for (const row of services?.put ?? []) {
      const known = this.#services.get(row.id);
      this.#services.set(row.id, row);
      if (known === undefined) events.push({ event: 'added', row });
      else if (!saysTheSame(known, row)) events.push({ event: 'changed', row });
    }
    return events;
  }

  /** The domains that are watched, as last told. */
  get domains(): Iterable<DomainRow> {
    return this.#domains.values();
  }

  /** The name of a domain by the id of its row. */
  domainName(id: string): string {
    return this.#domains.get(id)?.name ?? id;
  }
}

function isNews(old: DomainRow | undefined, row: DomainRow): boolean {
  return old?.state !== row.state || old.step !== row.step || old.reason !== row.reason;
}
