/** How Herald shows itself where nobody looks at a screen: lines for changes, and a picture that is kept up to date. */
import type { Snapshot } from '../contract/api.ts';
import { ChangeLines } from './change-lines.ts';
import type { Core } from './core.ts';
import type { PictureFile, Picture } from './picture-file.ts';
import { printable } from '../browse/printable.ts';

/** Two pictures a second at most, in milliseconds. */
const LOOK_EVERY_MS = 500;
/** After a change the picture is followed for this long, until the highlight of a new line has faded. */
const RESTLESS_MS = 3_000;
/** A window at rest is looked at now and then all the same: ages in it grow. */
const AT_REST_EVERY_MS = 5_000;

/** With `--once`: how long nothing may have changed before the services count as complete. */
const SETTLED_MS = 700;
/** With `--once`: when we give up, in milliseconds. */
const GIVE_UP_MS = 30_000;

/** What the headless run needs of the application. */
export interface HeadlessParts {
  readonly core: Core;
  /** The file that is kept equal to the window; null when no picture is wanted. */
  readonly file: PictureFile | null;
  readonly isOnce: boolean;
  readonly capture: () => Promise<Picture | null>;
  /** The revision that is painted in the window; -1 while there is none. */
  readonly paintedRevision: () => Promise<number>;
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
  readonly quit: (status: number) => void;
  /** A clock that never runs backwards, in milliseconds. */
  readonly nowMs: () => number;
}

/** Follows the core and the window until stopped. */
export class Headless {
  readonly #parts: HeadlessParts;
  readonly #startedMs: number;
  readonly #stopUpdates: () => void;
  #changedMs: number;
  #pictureMs = -Infinity;
  #timer: NodeJS.Timeout;

  constructor(parts: HeadlessParts) {
    const { core, print, nowMs } = parts;
    this.#parts = parts;
    this.#startedMs = nowMs();
    this.#changedMs = nowMs();
    const lines = new ChangeLines();
    for (const line of lines.first(core.snapshot())) print(line);
    this.#stopUpdates = core.onUpdate((update) => {
      this.#changedMs = nowMs();
      for (const line of lines.next(update)) print(line);
    });
    this.#timer = setTimeout(() => void this.#look(), 0); // it reports its own failures
  }

  /** Ends it; a picture under way may still be written. */
  stop(): void {
    this.#stopUpdates();
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const { isOnce, complain, quit, nowMs } = this.#parts;
    try {
      if (isOnce && (await this.#isComplete())) {
        await this.#takePicture();
        quit(0);
        return;
      }
      if (isOnce && nowMs() - this.#startedMs > GIVE_UP_MS) {
        for (const line of this.#whatIsMissing()) complain(line);
        quit(1);
        return;
      }
      const sinceMs = nowMs() - this.#pictureMs;
      if (nowMs() - this.#changedMs < RESTLESS_MS || sinceMs >= AT_REST_EVERY_MS) await this.#takePicture();
    } catch (error) {
      complain(error instanceof Error ? error.message : String(error));
      quit(1);
      return;
    }
    this.#timer = setTimeout(() => void this.#look(), LOOK_EVERY_MS); // it reports its own failures
  }

  async #takePicture(): Promise<void> {
    const { file, capture, nowMs } = this.#parts;
    if (file === null) return;
    const picture = await capture();
    if (picture !== null) await file.keep(picture);
    this.#pictureMs = nowMs();
  }

  async #isComplete(): Promise<boolean> {
    const { core, paintedRevision, nowMs } = this.#parts;
    const snapshot = core.snapshot();
    if (nowMs() - this.#changedMs < SETTLED_MS || !areLive(snapshot)) return false;
    return (await paintedRevision()) >= snapshot.revision;
  }

  #whatIsMissing(): readonly string[] {
    const { domains } = this.#parts.core.snapshot().tables;
    const missing = domains.filter((row) => row.state !== 'live' || row.services === 0);
    if (missing.length === 0)
      return ['The window did not show the services in time. Try again without --once to look at it.'];
    return missing.map(({ name, state, reason }) =>
      printable(`${name} was not shown in time: it is ${state}, ${reason ?? 'and lists no services'}`),
    );
  }
}

function areLive({ tables }: Snapshot): boolean {
  return tables.domains.every((row) => row.state === 'live' && row.services > 0);
}
