/** The settings of one user: one small JSON file, read once, written whole and atomically. */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { FAVOURITE, MAX_FAVOURITES } from '../contract/favourite.ts';
import { PLACE_CHOICES } from '../contract/placing.ts';
import { MAX_GRACE_SECONDS, MAX_IDLE_MINUTES } from '../contract/pausing.ts';
import { isHostName } from '../net/certificate-check.ts';
import { NETWORK_MARK } from '../net/network-mark.ts';
import { isPin } from '../net/spki-pins.ts';
import { removeLeftovers, writeAtomically } from './atomic-file.ts';
import { fileProblem } from './file-problem.ts';

/**
 * Version 2 has resolvers over TLS, which version 1 would have asked in clear text; 3 has demands that 2 would have dropped;
 * 4 has places, without which 3 would ask for a domain on any network.
 */
const VERSION = 4;
/** Versions that are read, all as the latest. */
const READ_VERSIONS = [1, 2, 3, VERSION] as const;

/** How many networks a domain can be of; the eldest is forgotten for one more. */
export const MAX_NETWORKS = 64;

/** It may hold the passphrase of a key. */
const OWNER_ONLY = 0o600;

/** Several changes close together, such as a window being dragged, are one write; in milliseconds. */
const WRITE_AFTER_MS = 500;

/** How a resolver over TLS shows who it is: by its name, by the pins of its key, or by both. */
const IDENTITY = z
  .object({
    name: z.string().refine(isHostName).nullable(),
    pins: z.array(z.string().refine(isPin)).max(16).readonly(),
  })
  .refine(({ name, pins }) => name !== null || pins.length > 0);

const RESOLVER = z.object({
  host: z.string().min(1).max(255),
  port: z.int().min(1).max(65_535),
  /** Only a resolver over TLS has one. */
  identity: IDENTITY.optional(),
});

/** What a domain's server must show beside its name, and what it is shown. */
const DEMANDS = z.object({
  /** Whether a name of the server that DNS alone vouches for is not enough. */
  isStrict: z.boolean().default(false),
  /** Pins as in `spki-pins.ts`. */
  pins: z.array(z.string().refine(isPin)).max(16).readonly().default([]),
  /** The file of a certificate of the user's own, and that of its key where it is another; null for none. */
  certFile: z.string().min(1).nullable().default(null),
  keyFile: z.string().min(1).nullable().default(null),
  /** The passphrase of that key; null for none. */
  passphrase: z.string().max(1000).nullable().default(null),
});

/** Where a domain belongs. */
const PLACE = z.object({
  choice: z.enum(PLACE_CHOICES).default('default'),
  /** Whether it was taken from what a network suggested. */
  isSuggested: z.boolean().default(false),
  /** The marks of the networks that it was added on, the latest last. */
  networks: z.array(z.string().regex(NETWORK_MARK)).max(MAX_NETWORKS).readonly().default([]),
});

const WATCHED_DOMAIN = z.object({
  name: z.string().min(1).max(1020),
  /** The resolver to ask for this domain; null for the system's. */
  resolver: RESOLVER.nullable().default(null),
  /** The file with the certificate authorities to trust for this domain; null for the system's. */
  caFile: z.string().min(1).nullable().default(null),
  /** Left out where nothing of it is special. */
  demands: DEMANDS.optional(),
  /** Left out while it has been found on no network, and nobody chose anything. */
  place: PLACE.optional(),
});

const WINDOW_PLACE = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  isMaximized: z.boolean().default(false),
});

const SETTINGS = z.object({
  version: z.literal(READ_VERSIONS).transform(() => VERSION),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  domains: z.array(WATCHED_DOMAIN).max(1000).default([]),
  /** Whether the user's own Pause holds. */
  isPaused: z.boolean().default(false),
  /** Whether to stop watching when nobody looks at a window, and how long nobody may look before that, in seconds. */
  pauseOnHide: z.boolean().default(true),
  graceSeconds: z.int().min(0).max(MAX_GRACE_SECONDS).default(30),
  /** Whether to stop watching when nobody uses the computer, and for how many minutes nobody may before that. */
  pauseOnIdle: z.boolean().default(false),
  idleMinutes: z.int().min(1).max(MAX_IDLE_MINUTES).default(10),
  /** Whether favourites stay watched even then. */
  keepFavourites: z.boolean().default(false),
  /** Whether closing the window leaves Herald in the tray, where there is one. */
  closeToTray: z.boolean().default(false),
  /** Whether the user was told of that when it first happened. */
  knowsTray: z.boolean().default(false),
  /** The file with the keys that DNSSEC begins with; null for the root's, which come with Herald. */
  anchorFile: z.string().min(1).max(4096).nullable().default(null),
  /** What the user keeps an eye on, and whether to notify of it. */
  favourites: z.array(FAVOURITE).max(MAX_FAVOURITES).readonly().default([]),
  notifies: z.boolean().default(false),
  /** Whether a domain that belongs to some networks is kept from the resolvers of others. */
  keepsApart: z.boolean().default(true),
  /** What the marks of networks are made with; null until there is one. */
  networkSalt: z.string().min(1).max(100).nullable().default(null),
  /** Where the browser window last was, in screen coordinates; null before the first time. */
  window: WINDOW_PLACE.nullable().default(null),
});

/** What is kept between two runs. */
export type Settings = z.infer<typeof SETTINGS>;

/** Some of the settings. */
export type SettingsPart = Partial<Omit<Settings, 'version'>>;

/** A domain that the user added, with what is special about reaching it. */
export type WatchedDomain = z.infer<typeof WATCHED_DOMAIN>;

/** What a domain's server must show beside its name, and what it is shown. */
export type ServerDemands = z.infer<typeof DEMANDS>;

/** Where a window is, in screen coordinates. */
export type WindowPlace = z.infer<typeof WINDOW_PLACE>;

/** The settings of somebody who never changed any. */
export const DEFAULT_SETTINGS: Settings = SETTINGS.parse({ version: VERSION });

/** Settings as last read or changed, and the file that follows them. */
export class SettingsFile {
  readonly #file: string;
  readonly #onProblem: (message: string) => void;
  #value: Settings;
  #timer: NodeJS.Timeout | null = null;
  /** The settings that the last write took, and that write; one that waits for its turn takes what holds then. */
  #taken: Settings;
  #written: Promise<void> = Promise.resolve();
  #isQueued = false;

  /**
   * Reads `file`. One that cannot be understood is set aside, never overwritten, and the defaults stand. `onProblem` is
   * told, in a sentence for people, of this and of every write that fails.
   */
  constructor(file: string, onProblem: (message: string) => void) {
    this.#file = file;
    this.#onProblem = onProblem;
    removeLeftovers(file);
    this.#value = this.#read() ?? DEFAULT_SETTINGS;
    this.#taken = this.#value;
  }

  get value(): Settings {
    return this.#value;
  }

  /** Changes some of the settings now, and the file a little later: for what changes many times a second. */
  change(part: SettingsPart): void {
    this.#value = { ...this.#value, ...part };
    this.#timer ??= setTimeout(() => void this.flush(), WRITE_AFTER_MS); // its failure is told to onProblem
  }

  /** Changes some of the settings, and resolves when they would survive the end of the process. It never rejects. */
  save(part: SettingsPart): Promise<void> {
    this.#value = { ...this.#value, ...part };
    return this.flush();
  }

  /** Writes at once what is still to be written. One write at a time, so that the last one stands. It never rejects. */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#taken !== this.#value && !this.#isQueued) {
      this.#isQueued = true;
      this.#written = this.#written.then(() => this.#write());
    }
    return this.#written;
  }

  async #write(): Promise<void> {
    this.#isQueued = false;
    this.#taken = this.#value;
    try {
      await fs.promises.mkdir(path.dirname(this.#file), { recursive: true });
      await writeAtomically(this.#file, `${JSON.stringify(this.#taken, null, 2)}\n`, OWNER_ONLY);
    } catch (error) {
      this.#onProblem(
        `The settings could not be saved to ${this.#file}: ${fileProblem(error)}. They hold until Herald is closed.`,
      );
    }
  }

  #read(): Settings | undefined {
    let text: string;
    try {
      text = fs.readFileSync(this.#file, 'utf8');
    } catch (error) {
      if (!isMissing(error)) {
        this.#onProblem(
          `The settings in ${this.#file} could not be read: ${fileProblem(error)}. Herald starts with its defaults.`,
        );
      }
      return undefined;
    }
    const settings = parseSettings(text);
    if (settings === undefined) this.#setAside();
    return settings;
  }

  #setAside(): void {
    const aside = `${this.#file}.unreadable`;
    try {
      fs.renameSync(this.#file, aside);
      this.#onProblem(
        `The settings could not be understood, so Herald starts with its defaults. The old file was kept as ${aside}.`,
      );
    } catch (error) {
      this.#onProblem(
        `The settings in ${this.#file} could not be understood and not be set aside: ${fileProblem(error)}.`,
      );
    }
  }
}

/** Reads the text of a settings file; undefined when it is none, or one of another version. */
export function parseSettings(text: string): Settings | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = SETTINGS.safeParse(json);
  return parsed.success ? parsed.data : undefined;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
