import path from 'node:path';
import type { Command } from './command.ts';
import { ROOT } from './command.ts';
import type { MessageBus } from './message-bus.ts';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const ITEM = 'org.kde.StatusNotifierItem';
const ITEM_OBJECT = '/StatusNotifierItem';
const MENU = 'com.canonical.dbusmenu';
const MENU_OBJECT = '/com/canonical/dbusmenu';
/** The items of the root, with all their properties. */
const WHOLE_MENU = ['0', '1', '@as []'];
const MENU_ITEM = /<\((\d+), \{[^}]*'label': <(?:'([^']*)'|"([^"]*)")>/g;

/** An item of a menu: the number that it is chosen by, and what it says. */
interface MenuItem {
  readonly id: string;
  readonly label: string;
}

/** A desktop that shows icons in a tray: the one of Herald, and its menu, as they are seen over D-Bus. */
export class TrayHost {
  readonly #bus: MessageBus;
  readonly #watcher: Command;

  private constructor(bus: MessageBus, watcher: Command) {
    this.#bus = bus;
    this.#watcher = watcher;
  }

  /** Is there on the session's bus from now on. */
  static async start(bus: MessageBus): Promise<TrayHost> {
    const template = path.join(ROOT, 'e2e/testing/tray-host.py');
    return new TrayHost(bus, await bus.mock('session', template, WATCHER));
  }

  /** Clicks on the icon, once it is there. */
  async click(): Promise<void> {
    await this.#call(ITEM_OBJECT, `${ITEM}.Activate`, '0', '0');
  }

  /** What the items of its menu say, but for lines between them. */
  async menu(): Promise<readonly string[]> {
    return (await this.#items()).map(({ label }) => label);
  }

  /** Chooses the item that says something. */
  async choose(label: string | RegExp): Promise<void> {
    const items = await this.#items();
    const item = items.find((one) =>
      typeof label === 'string' ? one.label === label : label.test(one.label),
    );
    if (item === undefined) throw new Error(`no ${label} in the menu: ${JSON.stringify(items)}`);
    await this.#call(MENU_OBJECT, `${MENU}.Event`, item.id, "'clicked'", "<''>", 'uint32 0');
  }

  async #items(): Promise<readonly MenuItem[]> {
    const layout = await this.#call(MENU_OBJECT, `${MENU}.GetLayout`, ...WHOLE_MENU);
    return [...layout.matchAll(MENU_ITEM)].map(([, id = '', plain, quoted]) => ({
      id,
      label: plain ?? quoted ?? '',
    }));
  }

  async #call(object: string, method: string, ...args: readonly string[]): Promise<string> {
    const icon = await this.#watcher.line((line) => /RegisterStatusNotifierItem "([^"]+)"/.exec(line)?.[1]);
    return this.#bus.call('session', icon, object, method, ...args);
  }
}
