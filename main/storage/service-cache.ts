import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { ServiceRow } from '../contract/api.ts';
import type { RecalledDomain, RememberedDomain } from '../contract/remembered.ts';
import type { Clock } from '../net/clock.ts';
import { removeLeftovers, writeAtomically } from './atomic-file.ts';
import { fileProblem } from './file-problem.ts';
import { MAX_FILE_OCTETS, readServices, servicePieces } from './service-file.ts';

/** A stream of changes is written at most this often, and what changes once so soon, in milliseconds. */
const WRITE_EVERY_MS = 30_000;
const WRITE_AFTER_MS = 2_000;

/** A file of ours: the digest of a domain's name, for a name may hold anything and be longer than that of a file. */
const FILE_NAME = /^[0-9a-f]{32}\.json$/;

/** Lets whatever else waits have its turn. */
const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Reads what is known of a domain at the moment it is written; undefined when that is nothing worth keeping. */
export type ReadDomain = () => RememberedDomain | undefined;

/**
 * The last known services of each domain that is watched, a file a domain, to be shown at the next start before anybody has
 * answered. A process that is killed loses half a minute of them at most, and never a file.
 */
export class ServiceCache {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #onProblem: (message: string) => void;
  /** Domains that are known otherwise than their files say. */
  readonly #changed = new Map<string, ReadDomain>();
  #cancelTimer: (() => void) | undefined;
  #writtenMs = -Infinity;
  #written: Promise<void> = Promise.resolve();
  #hasFailed = false;

  /** `onProblem` is told, in sentences for people, of a file that is no use, and once when writing begins to fail. */
  constructor(folder: string, clock: Clock, onProblem: (message: string) => void) {
    this.#folder = folder;
    this.#clock = clock;
    this.#onProblem = onProblem;
  }

  /** What was last known of a domain, by the id of its row; undefined when nothing was. What cannot be read is set aside. */
  recall(domain: string): RecalledDomain | undefined {
    const file = this.#fileOf(domain);
    removeLeftovers(file);
    let text: string;
    try {
      if (fs.statSync(file).size > MAX_FILE_OCTETS) throw new Error('it is larger than Herald writes any');
      text = fs.readFileSync(file, 'utf8');
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isMissing) {
        this.#onProblem(
          `The last known services of ${domain} could not be read from ${file}: ${fileProblem(error)}. They show when the domain answers.`,
        );
      }
      return undefined;
    }
    const read = readServices(domain, text);
    if (read.kind === 'read')
      return { asOfMs: read.asOfMs, pieces: this.#piecesOf(domain, file, read.pieces) };
    if (read.kind === 'unreadable') this.#setAside(domain, file);
    return undefined;
  }

  /** What is known of a domain has changed; it is written a little later. */
  changed(domain: string, read: ReadDomain): void {
    this.#changed.set(domain, read);
    if (this.#cancelTimer !== undefined) return;
    const dueMs = Math.max(this.#clock.nowMs() + WRITE_AFTER_MS, this.#writtenMs + WRITE_EVERY_MS);
    this.#cancelTimer = this.#clock.at(dueMs, () => void this.flush()); // it never rejects
  }

  /** A domain is not watched any longer: nothing is kept of it. */
  forget(domain: string): void {
    this.#changed.delete(domain);
    this.#written = this.#written.then(() => this.#remove([path.basename(this.#fileOf(domain))]));
  }

  /** Removes the files of all domains but these. */
  keepOnly(domains: readonly string[]): void {
    const kept = new Set(domains.map((domain) => path.basename(this.#fileOf(domain))));
    this.#written = this.#written.then(async () => {
      const names = await fs.promises.readdir(this.#folder).catch(() => []); // there is none yet
      const ours = names.filter((name) => FILE_NAME.test(name.replace(/\.unreadable$/, '')));
      await this.#remove(ours.filter((name) => !kept.has(name.replace(/\.unreadable$/, ''))));
    });
  }

  /** Writes at once what is still to be written, as it is known now. It never rejects. */
  async flush(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const [domain, read] of changed) {
      const remembered = read();
      if (remembered === undefined) continue;
      this.#writtenMs = this.#clock.nowMs();
      this.#written = this.#written.then(() => this.#write(domain, remembered));
    }
    await this.#written;
  }

  *#piecesOf(
    domain: string,
    file: string,
    pieces: Iterable<readonly ServiceRow[] | undefined>,
  ): Generator<readonly ServiceRow[], void> {
    for (const piece of pieces) {
      if (piece === undefined) this.#setAside(domain, file);
      else yield piece;
    }
  }

  async #write(domain: string, remembered: RememberedDomain): Promise<void> {
    try {
      let text = '';
      for (const piece of servicePieces(domain, remembered)) {
        text += piece;
        await nextTurn();
      }
      await fs.promises.mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeAtomically(this.#fileOf(domain), text);
      this.#hasFailed = false;
    } catch (error) {
      if (!this.#hasFailed) {
        this.#onProblem(
          `The last known services could not be kept in ${this.#folder}: ${fileProblem(error)}. The next start shows older ones, or none, until the domains answer.`,
        );
      }
      this.#hasFailed = true;
    }
  }

  async #remove(names: readonly string[]): Promise<void> {
    for (const name of names)
      await fs.promises.rm(path.join(this.#folder, name), { force: true }).catch(() => undefined); // it is looked at again at the next start
  }

  #setAside(domain: string, file: string): void {
    const aside = `${file}.unreadable`;
    try {
      fs.renameSync(file, aside);
      this.#onProblem(
        `The last known services of ${domain} could not be understood, so they show when the domain answers. The old file was kept as ${aside}.`,
      );
    } catch (error) {
      this.#onProblem(
        `The last known services of ${domain} in ${file} could not be understood and not be set aside: ${fileProblem(error)}.`,
      );
    }
  }

  #fileOf(domain: string): string {
    const digest = createHash('sha256').update(domain).digest('hex').slice(0, 32);
    return path.join(this.#folder, `${digest}.json`);
  }
}
