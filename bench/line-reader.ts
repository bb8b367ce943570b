import type { Readable } from 'node:stream';

/** A line of a program's output, and when it was read, by `performance.now`. */
export interface ReadLine {
  readonly text: string;
  readonly readMs: number;
}

/** Reads a stream of text line by line and stamps each when it comes. */
export class LineReader {
  readonly #waiting = new Set<(line: ReadLine) => void>();
  #rest = '';

  constructor(stream: Readable) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => this.#take(text, performance.now()));
  }

  /** Resolves with the first line from now on that `isWanted`. */
  next(isWanted: (text: string) => boolean): Promise<ReadLine> {
    return new Promise((resolve) => {
      const look = (line: ReadLine): void => {
        if (!isWanted(line.text)) return;
        this.#waiting.delete(look);
        resolve(line);
      };
      this.#waiting.add(look);
    });
  }

  #take(text: string, readMs: number): void {
    const lines = `${this.#rest}${text}`.split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) for (const look of [...this.#waiting]) look({ text: line, readMs });
  }
}
