import type { CommandResult } from '../contract/command.ts';
import { MAX_FAVOURITES } from '../contract/favourite.ts';
import { Favourites } from '../browse/favourites.ts';
import type { ServiceNews } from '../browse/service-news.ts';
import type { Clock } from '../net/clock.ts';
import type { SettingsFile } from '../storage/settings.ts';
import type { Core } from './core.ts';
import type { Notifier } from './notices.ts';
import { Notices } from './notices.ts';

/** What favourites are kept and told with. */
export interface FavouriteParts {
  readonly clock: Clock;
  readonly settings: Pick<SettingsFile, 'value' | 'change' | 'save'>;
  readonly notifier: Notifier;
  /** Opens the browser window, or brings it to the front. */
  readonly show: () => void;
}

/** The part of the core that is needed. */
export type FavouriteCore = Pick<Core, 'snapshot' | 'showFavourites' | 'callOut'>;

const DONE: CommandResult = { ok: true };

/** Keeps what a person keeps an eye on, over the end of the run, and notifies of it. */
export class FavouriteDesk {
  readonly #parts: FavouriteParts;
  readonly #favourites: Favourites;
  readonly #notices: Notices;
  #core: FavouriteCore | undefined;

  constructor(parts: FavouriteParts) {
    const { clock, notifier, settings } = parts;
    this.#parts = parts;
    this.#favourites = new Favourites(settings.value.favourites);
    this.#notices = new Notices({
      clock,
      notifier,
      isWanted: () => settings.value.notifies,
      concerns: (news) => this.#favourites.concerns(news),
      open: (item) => this.open(item?.id ?? null, item?.domain ?? null),
    });
  }

  /** Begins to show windows what there is. */
  begin(core: FavouriteCore): void {
    this.#core = core;
    this.#show();
  }

  /** Something happened in a domain, by its name as shown. */
  told(news: readonly ServiceNews[], domainName: string): void {
    if (this.#favourites.note(news)) {
      this.#show();
      this.#parts.settings.change({ favourites: this.#favourites.kept });
    }
    this.#notices.take(news, domainName);
  }

  /** Keeps an eye on a service from now on, by the id of its row. */
  watchService(id: string): Promise<CommandResult> {
    const { services, departed } = this.#core?.snapshot().tables ?? { services: [], departed: [] };
    const row = services.find((one) => one.id === id) ?? departed.find((one) => one.id === id);
    if (row === undefined) return Promise.resolve(UNKNOWN_SERVICE);
    return this.#added(this.#favourites.addService(row));
  }

  /** The same of all services of a domain. */
  watchDomain(id: string): Promise<CommandResult> {
    const { domains } = this.#core?.snapshot().tables ?? { domains: [] };
    if (!domains.some((domain) => domain.id === id)) return Promise.resolve(UNKNOWN_DOMAIN);
    return this.#added(this.#favourites.addDomain(id));
  }

  /** No longer keeps an eye on a service or a domain. */
  async unwatch(id: string): Promise<CommandResult> {
    if (this.#favourites.remove(id)) await this.#save();
    return DONE;
  }

  /** A domain is not watched any longer, nor is anything in it. */
  async forget(domain: string): Promise<void> {
    if (this.#favourites.forget(domain)) await this.#save();
  }

  /** Shows a service or, with null, all there is, in the window: somebody clicked on it outside of that. */
  open(service: string | null, domain: string | null): void {
    this.#parts.show();
    this.#core?.callOut({ service, domain });
  }

  /** The run ends: what is there was last seen now. */
  close(): void {
    const { clock, settings } = this.#parts;
    this.#notices.close();
    this.#favourites.end(this.#core?.snapshot().tables.services ?? [], clock.wallMs());
    settings.change({ favourites: this.#favourites.kept });
  }

  async #added(isAdded: boolean): Promise<CommandResult> {
    if (!isAdded) return TOO_MANY;
    await this.#save();
    return DONE;
  }

  #show(): void {
    this.#core?.showFavourites(this.#favourites.rows);
  }

  async #save(): Promise<void> {
    this.#show();
    await this.#parts.settings.save({ favourites: this.#favourites.kept });
  }
}

const UNKNOWN_SERVICE: CommandResult = {
  ok: false,
  code: 'unknown-service',
  message: 'This service is not in the list any more.',
};
const UNKNOWN_DOMAIN: CommandResult = {
  ok: false,
  code: 'unknown-domain',
  message: 'This domain is not in the list any more.',
};
const TOO_MANY: CommandResult = {
  ok: false,
  code: 'not-allowed',
  message: `Herald keeps an eye on ${MAX_FAVOURITES} things at most. Take some out first.`,
};
