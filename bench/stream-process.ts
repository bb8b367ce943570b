import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { StreamName, StreamRequest, StreamServerOptions, StreamServerReady } from './stream-protocol.ts';

const FILE = fileURLToPath(new URL('stream-server.ts', import.meta.url));

/** The process that `stream-server.ts` runs in, so that what the server does is not measured as ours. */
export class StreamProcess {
  readonly ready: StreamServerReady;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, ready: StreamServerReady) {
    this.#child = child;
    this.ready = ready;
  }

  /** Starts it; resolves when it listens. */
  static async start(options: StreamServerOptions): Promise<StreamProcess> {
    const child = fork(FILE, [JSON.stringify(options)]);
    const [ready] = (await once(child, 'message')) as [StreamServerReady];
    return new StreamProcess(child, ready);
  }

  /** Asks for a stream. */
  send(stream: StreamName, form: StreamRequest['form']): void {
    this.#child.send({ stream, form } satisfies StreamRequest);
  }

  /** Ends the process, which goes when nobody speaks to it any more. */
  async end(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }
}
