import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base } from 'playwright/test';
import type { CommandOptions } from './command.ts';
import { Command } from './command.ts';
import { Demo } from './demo.ts';
import type { HeraldOptions } from './herald.ts';
import { Herald, domainsOf } from './herald.ts';

/** What every test of a running program gets, and what is ended with it. */
export interface Stage {
  /** The folder that the temporary ones are made in. */
  readonly temporary: string;
  /** A folder of the test's own, which goes with it. */
  readonly scratch: string;
  /** Ends something with the test, the last first. */
  readonly owned: <Kind extends { close(): Promise<unknown> }>(thing: Kind) => Kind;
  /** Starts a program of this machine. */
  readonly start: (file: string, args: readonly string[], options?: CommandOptions) => Command;
  /** Starts `browse`. */
  readonly browse: (...args: readonly string[]) => Command;
  /** A quiet demo network. */
  readonly demo: Demo;
  /** Opens the app, on a profile of its own unless told otherwise. */
  readonly open: (options?: Partial<HeraldOptions>) => Promise<Herald>;
  /** The app, watching the demo network. */
  readonly herald: Herald;
}

/** A test with a stage. */
export const test = base.extend<Stage>({
  temporary: [tmpdir(), { option: true }],
  scratch: async ({ temporary }, provide) => {
    const folder = await mkdtemp(path.join(temporary, 'herald-e2e-'));
    await provide(folder);
    // Chromium's processes outlive the one that was ended by a moment, and write.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  },
  owned: async ({ scratch }, provide) => {
    const things: { close(): Promise<unknown> }[] = [];
    await provide((thing) => {
      things.push(thing);
      return thing;
    });
    for (const thing of things.toReversed()) await thing.close();
    void scratch; // it outlives them all
  },
  start: async ({ owned }, provide) => {
    await provide((file, args, options) => {
      const command = Command.start(file, args, options);
      owned({ close: () => command.kill() });
      return command;
    });
  },
  browse: async ({ start }, provide) => {
    await provide((...args) => start(process.execPath, ['--import', 'tsx', 'main/cli/browse.ts', ...args]));
  },
  demo: async ({ scratch, owned }, provide) => {
    await provide(owned(await Demo.start(scratch)));
  },
  open: async ({ scratch, owned }, provide) => {
    await provide(async (options = {}) =>
      owned(await Herald.open({ profile: path.join(scratch, 'profile'), ...options })),
    );
  },
  herald: async ({ open, demo }, provide) => {
    await provide(await open({ domains: domainsOf(demo) }));
  },
});
