import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright';
import { Command } from '../e2e/testing/command.ts';
import { Demo } from '../e2e/testing/demo.ts';
import { Herald, domainsOf } from '../e2e/testing/herald.ts';
import { AUTHORITY, trustFile } from '../e2e/testing/identity.ts';
import { Logind, MessageBus } from '../e2e/testing/message-bus.ts';
import { PushRelay } from '../e2e/testing/push-relay.ts';
import { BareApp } from './bare-app.ts';

/** How long nobody may look before everything is closed, in both applications. */
export const GRACE_MS = 1_000;

/** An application whose window can be hidden, on a machine that can be sent to sleep. */
export interface Subject {
  readonly app: ElectronApplication;
  readonly logind: Logind;
  /**
   * Waits for the next connection that it makes; `closedMs` resolves with the moment, by `performance.now`, at which its side
   * of that was closed.
   */
  readonly connected: () => Promise<{ readonly closedMs: Promise<number> }>;
}

/** Whatever was started, to be ended in the reverse order. */
export class Started {
  readonly #things: { close(): Promise<unknown> }[] = [];

  own<Thing extends { close(): Promise<unknown> }>(thing: Thing): Thing {
    this.#things.push(thing);
    return thing;
  }

  /** Starts a program. */
  readonly start = (...args: Parameters<typeof Command.start>): Command => {
    const command = Command.start(...args);
    this.own({ close: () => command.kill() });
    return command;
  };

  async end(): Promise<void> {
    for (const thing of this.#things.splice(0).toReversed()) await thing.close();
  }
}

/** Herald, watching the demo network through a relay that hears each close_notify. */
export async function heraldSubject(folder: string, started: Started): Promise<Subject> {
  await mkdir(folder);
  const { logind, env } = await machine(folder, started);
  const demo = started.own(await Demo.start(folder));
  const relay = started.own(await PushRelay.start(demo, ...demo.network.zones));
  const domains = domainsOf(demo, await trustFile(join(folder, 'trust.pem'), AUTHORITY.ca));
  const settings = { graceSeconds: GRACE_MS / 1000 };
  const { app } = started.own(
    await Herald.open({ profile: join(folder, 'profile'), domains, settings, env }),
  );
  let seen = 0;
  const connected: Subject['connected'] = async () => {
    const { closeNotifyMs } = await relay.connection(seen);
    seen += 1;
    return { closedMs: closeNotifyMs };
  };
  return { app, logind, connected };
}

/** The bare application. */
export async function bareSubject(folder: string, started: Started): Promise<Subject> {
  await mkdir(folder);
  const { logind, env } = await machine(folder, started);
  const bare = started.own(await BareApp.open(env, join(folder, 'profile')));
  const connected: Subject['connected'] = async () => {
    const socket = await bare.connection();
    return { closedMs: once(socket, 'end').then(() => performance.now()) };
  };
  return { app: bare.app, logind, connected };
}

async function machine(folder: string, { start }: Started) {
  const bus = await MessageBus.start(start, folder);
  return { logind: await Logind.start(bus), env: bus.environment('system') };
}
