import { once } from 'node:events';
import { connect } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { PushClient } from '../../../protocol/push/client.ts';
import type { ClientOutput } from '../../../protocol/push/client.ts';
import { Name } from '../../../protocol/wire/name.ts';
import { RecordClass } from '../../../protocol/wire/registry.ts';
import { lines } from './zone-fixture.ts';

/** A push client on a real TLS connection that notes what it is told, one line each. */
export class PushSubscriber {
  readonly socket: TLSSocket;
  /** `+ record`, `- record`, `accepted name`, `established`, or why it closed. */
  readonly told: string[] = [];
  readonly #client = new PushClient(0);
  readonly #waiting = new Set<() => void>();

  private constructor(socket: TLSSocket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => this.#perform(this.#client.receive(chunk, 0)));
    socket.on('close', () => this.#note('closed'));
  }

  /** Connects as a client of Herald does, by name and authority, and opens the session. */
  static async connect(port: number, ca: string, options: ConnectionOptions = {}): Promise<PushSubscriber> {
    const socket = connect({ port, host: '127.0.0.1', servername: 'push.office.test', ca, ...options });
    await once(socket, 'secureConnect');
    const subscriber = new PushSubscriber(socket);
    subscriber.#perform(subscriber.#client.open(0));
    return subscriber;
  }

  subscribe(name: string, type: number): void {
    this.#perform(this.#client.subscribe({ name: Name.of(name), type, class: RecordClass.IN }, 0));
  }

  /** Resolves once something that was told contains `text`, from the first line on. */
  async hears(text: string): Promise<void> {
    while (!this.told.some((line) => line.includes(text))) {
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  #perform(outputs: readonly ClientOutput[]): void {
    for (const output of outputs) this.#output(output);
  }

  #output(output: ClientOutput): void {
    if (output.kind === 'send') this.socket.write(output.bytes);
    else if (output.kind === 'close') this.#close(output.reason);
    else if (output.kind === 'changes') for (const line of lines(output.changes)) this.#note(line);
    else this.#note('question' in output ? `${output.kind} ${String(output.question.name)}` : output.kind);
  }

  #close(reason: string): void {
    this.#note(reason);
    this.socket.end();
  }

  #note(line: string): void {
    this.told.push(line);
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
