import type { ChildProcessByStdio, StdioOptions } from 'node:child_process';
import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';

/** The checkout. */
export const ROOT = path.resolve(import.meta.dirname, '../..');

/** How a command ended. */
export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: readonly string[];
  readonly stderr: string;
}

/** What a command is started with, where it differs from the tests' own. */
export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** A process group of its own, which signals go to as a whole: for commands that start others. */
  readonly isGroup?: boolean;
}

/** A running program: its lines are waited for, and so is its end. */
export class Command {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #isGroup: boolean;
  readonly #lines: string[] = [];
  readonly #waiting = new Set<() => void>();
  #stderr = '';
  #isOver = false;
  /** Resolves when it has ended and all its output is read. */
  readonly ended: Promise<Ended>;

  private constructor(file: string, args: readonly string[], options: CommandOptions) {
    const { env = process.env, cwd = ROOT, isGroup = false } = options;
    const stdio = ['ignore', 'pipe', 'pipe'] satisfies StdioOptions;
    this.#isGroup = isGroup;
    this.#child = spawn(file, args, { env, cwd, detached: isGroup, stdio }) as ChildProcessByStdio<
      null,
      Readable,
      Readable
    >;
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.#lines.push(line);
      this.#wake();
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
      this.#wake();
    });
    this.ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (status, signal) => {
        this.#isOver = true;
        this.#wake();
        resolve({ status, signal, stdout: this.#lines, stderr: this.#stderr });
      });
    });
    this.ended.catch(() => undefined); // whoever awaits it is told
  }

  static start(file: string, args: readonly string[], options: CommandOptions = {}): Command {
    return new Command(file, args, options);
  }

  /** Its process ID, which is also that of its group if it has one. */
  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('it could not be started');
    return this.#child.pid;
  }

  /** All lines of its standard output so far. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** The first line, there or to come, that `read` makes something of; fails when the command ends without one. */
  line<Value>(read: (line: string) => Value | undefined): Promise<Value> {
    return this.#next(() => {
      for (const line of this.#lines) {
        const value = read(line);
        if (value !== undefined) return value;
      }
      return undefined;
    });
  }

  /** Resolves when its standard error holds a text. */
  complaint(pattern: RegExp): Promise<string> {
    return this.#next(() => pattern.exec(this.#stderr)?.[0]);
  }

  /** Sends a signal, to the whole group if it is one, as a terminal does. */
  signal(name: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (this.#isGroup && pid !== undefined) signalGroup(pid, name);
    else this.#child.kill(name);
  }

  /** Stops reading its standard output, as a program does that ends at the other side of a pipe. */
  hangUp(): void {
    this.#child.stdout.destroy();
  }

  /** Ends it at once, with all that it started if it is a group; resolves when it is gone. */
  async kill(): Promise<void> {
    if (this.#child.pid === undefined) return;
    this.signal('SIGKILL');
    if (!this.#isOver) await this.ended;
  }

  #next<Value>(look: () => Value | undefined): Promise<Value> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const value = look();
        if (value === undefined && !this.#isOver) return;
        this.#waiting.delete(check);
        if (value !== undefined) resolve(value);
        else reject(new Error(`it ended without it: ${[...this.#lines, this.#stderr].join('\n')}`));
      };
      this.#waiting.add(check);
      check();
    });
  }

  #wake(): void {
    for (const check of [...this.#waiting]) check();
  }
}

function signalGroup(leader: number, name: NodeJS.Signals): void {
  try {
    process.kill(-leader, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // gone already
  }
}
