import type { DomainRow, Update } from '../contract/api.ts';
import type { LadderRow } from '../contract/ladder.ts';

/** A domain and the ladder that it stands on. */
export interface Explained {
  readonly domain: DomainRow;
  readonly ladder: LadderRow;
}

/** How far all domains have come: some are on their way, all are decided, or there is no more to come. */
export type Progress = 'climbing' | 'decided' | 'complete';

/** What updates tell of domains and their ladders, put together. */
export class Explanation {
  readonly #domains = new Map<string, DomainRow>();
  readonly #ladders = new Map<string, LadderRow>();

  /** Takes an update. A domain that has failed, or is polled, stays so: what a later attempt brings is another explanation. */
  take({ tables: { domains, ladders } }: Update): void {
    const settled = new Set([...this.#domains.values()].filter(isWithoutPush).map(({ id }) => id));
    for (const row of ladders?.put ?? []) if (!settled.has(row.id)) this.#ladders.set(row.id, row);
    for (const row of domains?.put ?? []) if (!settled.has(row.id)) this.#domains.set(row.id, row);
  }

  /** The domains in the order in which they came. */
  get explained(): readonly Explained[] {
    return [...this.#domains.values()].flatMap((domain) => {
      const ladder = this.#ladders.get(domain.id);
      return ladder === undefined ? [] : [{ domain, ladder }];
    });
  }

  /** Every domain is decided once it is live, has failed or is polled; then the first data of the live ones may still come. */
  get progress(): Progress {
    const rows = this.explained;
    if (!rows.every(({ domain }) => domain.state === 'live' || isWithoutPush(domain))) return 'climbing';
    const isWaiting = rows.some(({ ladder }) => ladder.steps.some(({ verdict }) => verdict === 'under-way'));
    return isWaiting ? 'decided' : 'complete';
  }

  get isAllLive(): boolean {
    return this.explained.every(({ domain }) => domain.state === 'live');
  }
}

/** Whether a domain is decided, and not for push. */
function isWithoutPush({ state }: DomainRow): boolean {
  return state === 'failed' || state === 'polling';
}
