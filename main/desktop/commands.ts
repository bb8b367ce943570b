import type { Command, CommandResult, CoreCommand } from '../contract/command.ts';
import type { PauseInput } from '../browse/pause-policy.ts';
import type { SettingsFile, WatchedDomain } from '../storage/settings.ts';
import type { Core } from './core.ts';
import type { FavouriteDesk } from './favourite-desk.ts';
import { domainsToKeep } from './watched-domains.ts';

/** What commands act on. */
export interface CommandParts {
  readonly core: Core;
  readonly settings: Pick<SettingsFile, 'value' | 'save'>;
  readonly favourites: Pick<FavouriteDesk, 'watchService' | 'watchDomain' | 'unwatch' | 'forget'>;
  /** The domains of the demo network, which are not kept. */
  readonly demoDomains: readonly string[];
  /** Where a domain belongs that is new. */
  readonly newPlace: (name: string) => Pick<WatchedDomain, 'place'>;
  readonly openSettings: () => void;
  readonly copy: (text: string) => Promise<void>;
  /** Told of what bears on whether anything is watched. */
  readonly attention: (input: PauseInput) => void;
  /** The number of the browser window, while it is open. */
  readonly windowId: () => number | undefined;
}

const DONE: CommandResult = { ok: true };

/** Does what the browser window asks for. What changes the settings is answered when they are on the disk. */
export class Commands {
  readonly #parts: CommandParts;

  constructor(parts: CommandParts) {
    this.#parts = parts;
  }

  /** Does one thing; a refusal is a value. */
  async execute(command: Command): Promise<CommandResult> {
    const { attention, copy, openSettings, windowId } = this.#parts;
    switch (command.kind) {
      case 'pause':
        return this.pause();
      case 'resume':
        return this.resume();
      case 'visibility': {
        const id = windowId();
        if (id !== undefined) attention({ kind: 'page', id, visibility: command.visibility });
        return DONE;
      }
      case 'person':
        attention({ kind: 'person' });
        return DONE;
      case 'view': {
        const id = windowId();
        if (id !== undefined) this.#parts.core.look(id, command.view);
        return DONE;
      }
      case 'open-settings':
        openSettings();
        return DONE;
      case 'copy-text':
        await copy(command.text);
        return DONE;
      case 'watch-service':
        return this.#parts.favourites.watchService(command.id);
      case 'watch-domain':
        return this.#parts.favourites.watchDomain(command.id);
      case 'unwatch':
        return this.#parts.favourites.unwatch(command.id);
      case 'add-domain':
      case 'remove-domain':
      case 'retry-domain':
      case 'look-here':
      case 'clear-departed':
      case 'dismiss-digest':
      case 'suggest-domains':
      case 'verify-service':
        return this.#executeInCore(command);
    }
  }

  /** Stops watching until `resume`, over the end of this run too: a network that costs still does after a restart. */
  async pause(): Promise<CommandResult> {
    this.#parts.attention({ kind: 'user', wish: 'pause' });
    await this.#parts.settings.save({ isPaused: true });
    return DONE;
  }

  /** Ends the user's own pause. */
  async resume(): Promise<CommandResult> {
    this.#parts.attention({ kind: 'user', wish: 'watch' });
    await this.#parts.settings.save({ isPaused: false });
    return DONE;
  }

  async #executeInCore(command: CoreCommand): Promise<CommandResult> {
    const { core, demoDomains, favourites, newPlace, settings } = this.#parts;
    const result = await core.execute(command);
    if (result.ok && (command.kind === 'add-domain' || command.kind === 'remove-domain')) {
      const { domains } = core.snapshot().tables;
      await settings.save({ domains: domainsToKeep(domains, settings.value.domains, demoDomains, newPlace) });
      if (command.kind === 'remove-domain') await favourites.forget(command.id);
    }
    return result;
  }
}
