import type { Update } from '../../main/contract/api.ts';

/** So many lines are kept. */
const KEPT = 60;

/** What happened last in a world, with the time. */
export class WorldLog {
  readonly #lines: string[] = [];
  readonly #startMs = performance.now();

  note(line: string): void {
    this.#lines.push(`+${Math.round(performance.now() - this.#startMs)} ms  ${line}`);
    if (this.#lines.length > KEPT) this.#lines.shift();
  }

  /** Notes what an update says of domains and sessions, and how many rows of services it changes. */
  noteUpdate({ tables: { domains, sessions, services } }: Update): void {
    for (const { id, state, step, server, reason } of domains?.put ?? [])
      this.note(`  ${id}: ${[state, step, server, reason].filter((part) => part !== null).join(', ')}`);
    for (const { id, phase, subscriptions } of sessions?.put ?? [])
      this.note(`  session ${id}: ${phase}, ${subscriptions} subscriptions`);
    for (const id of sessions?.drop ?? []) this.note(`  session ${id}: over`);
    if (services !== undefined)
      this.note(`  services: ${services.put.length} put, ${services.drop.length} dropped`);
  }

  /** The last lines, the oldest first. */
  get lines(): readonly string[] {
    return this.#lines;
  }
}
