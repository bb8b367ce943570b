import fs from 'node:fs';
import path from 'node:path';

/** Past this many bytes the log is set aside as `.old` and begun afresh, so that both together stay bounded. */
const MAX_BYTES = 1_000_000;

/** The log of one user: dated lines in a file that never grows beyond bounds. Nothing in it leaves this machine. */
export class LogFile {
  readonly file: string;
  readonly #now: () => Date;

  constructor(file: string, now: () => Date) {
    this.file = file;
    this.#now = now;
  }

  /** Adds an entry. It never throws: a log that cannot be written must not make matters worse. */
  write(text: string): void {
    try {
      fs.mkdirSync(path.dirname(this.file), { recursive: true });
      if ((fs.statSync(this.file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) {
        fs.renameSync(this.file, `${this.file}.old`);
      }
      fs.appendFileSync(this.file, `${this.#now().toISOString()} ${text}\n`);
    } catch {
      // nowhere to write: whoever calls shows the message as well
    }
  }
}
