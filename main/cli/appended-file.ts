import type { WriteStream } from 'node:fs';
import { createWriteStream } from 'node:fs';

/** A file that lines are appended to. When it fails it says so once, and the rest of the program goes on without it. */
export class AppendedFile {
  readonly #stream: WriteStream;

  private constructor(file: string, problem: (reason: string) => void) {
    this.#stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
    this.#stream.on('error', (error) => {
      problem(`${file} cannot be written: ${error.message}. What would stand in it from here on is lost.`);
    });
  }

  /** Opens a file for appending, if one is named. `problem` is called once if it fails, then or later. */
  static open(file: string | undefined, problem: (reason: string) => void): AppendedFile | undefined {
    return file === undefined ? undefined : new AppendedFile(file, problem);
  }

  /** Appends; bound, so that it can be handed on. */
  readonly write = (text: string | Uint8Array): void => {
    if (!this.#stream.destroyed) this.#stream.write(text);
  };

  /** Resolves when everything is on its way to the disk, or was given up. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stream.destroyed) resolve();
      else this.#stream.on('close', resolve).end();
    });
  }
}
