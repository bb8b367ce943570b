import type { WebContents } from 'electron';
import type { Update } from '../contract/api.ts';
import { parseCommand } from '../contract/command.ts';
import type { Command, CommandResult } from '../contract/command.ts';
import type { Core } from './core.ts';
import type { Sent } from './trusted-sender.ts';

/** The three verbs, which are also the three channels. */
export const CHANNEL = { snapshot: 'snapshot', update: 'update', command: 'command' } as const;

/** The part of Electron's `ipcMain` that is used. */
export interface IpcHandlers {
  handle(
    channel: string,
    listener: (event: Sent & { readonly sender: WebContents }, raw: unknown) => unknown,
  ): void;
}

const STRANGER = 'This page may not ask Herald for anything.';
const NOT_ALLOWED: CommandResult = { ok: false, code: 'not-allowed', message: STRANGER };
const ENDING: CommandResult = {
  ok: false,
  code: 'ending',
  message: 'Herald is about to end and does nothing any more.',
};
const BAD_COMMAND: CommandResult = {
  ok: false,
  code: 'bad-command',
  message: 'Herald did not understand what the window asked for. Please report this.',
};

/**
 * Answers the browser window, as `BrowserBridge` has it. A window that is loading, or has broken down, is sent no updates until it has asked for a
 * snapshot, so nothing piles up for it.
 */
export class Ipc {
  readonly #core: Core;
  readonly #execute: (command: Command) => CommandResult | Promise<CommandResult>;
  readonly #isTrusted: (sent: Sent) => boolean;
  readonly #stopUpdates: () => void;
  #reader: WebContents | null = null;
  #isClosed = false;

  constructor(
    handlers: IpcHandlers,
    core: Core,
    execute: (command: Command) => CommandResult | Promise<CommandResult>,
    isTrusted: (sent: Sent) => boolean,
  ) {
    this.#core = core;
    this.#execute = execute;
    this.#isTrusted = isTrusted;
    this.#stopUpdates = core.onUpdate((update) => this.#send(update));
    handlers.handle(CHANNEL.snapshot, (event) => {
      if (!isTrusted(event)) throw new Error(STRANGER);
      if (!this.#isClosed) this.#reader = event.sender;
      return JSON.stringify(this.#core.snapshot());
    });
    handlers.handle(CHANNEL.command, (event, raw) => this.#answer(event, raw));
  }

  /** To be told when the window's page is loading or gone. */
  forgetReader(): void {
    this.#reader = null;
  }

  /** Ends the subscription. The handlers stay, and refuse: a page that is still there may ask until its window is gone. */
  close(): void {
    this.#isClosed = true;
    this.#stopUpdates();
    this.forgetReader();
  }

  #send(update: Update): void {
    if (this.#reader === null || this.#reader.isDestroyed()) return;
    this.#reader.send(CHANNEL.update, JSON.stringify(update));
  }

  #answer(sent: Sent, raw: unknown): CommandResult | Promise<CommandResult> {
    if (!this.#isTrusted(sent)) return NOT_ALLOWED;
    if (this.#isClosed) return ENDING;
    const command = parseCommand(raw);
    return command === undefined ? BAD_COMMAND : this.#execute(command);
  }
}
