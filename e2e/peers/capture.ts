import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { run } from '../../main/demo/testing/programs.ts';
import type { Command } from '../testing/command.ts';
import type { Start } from './name-servers.ts';

/** A capture of what goes over one TCP port of loopback, by tshark, which needs the rights of root for it. */
export class Capture {
  readonly #tshark: Command;
  readonly #file: string;
  readonly #port: number;

  private constructor(tshark: Command, file: string, port: number) {
    this.#tshark = tshark;
    this.#file = file;
    this.#port = port;
  }

  /** Begins to capture into a file; resolves once it does. */
  static async start(start: Start, file: string, port: number): Promise<Capture> {
    const tshark = start('tshark', [
      ...['-i', 'lo', '-f', `tcp port ${port}`, '-w', file],
      ...['-P', '-l', '-T', 'fields', '-e', 'tcp.srcport'],
    ]);
    await tshark.complaint(/Capture started/);
    return new Capture(tshark, file, port);
  }

  /** Ends it when all that went over the wire until now is in the file. */
  async end(): Promise<void> {
    // What is captured comes in order: a connection of ours shows that everything before it is there.
    const mark = connect(this.#port, '127.0.0.1');
    await once(mark, 'connect');
    const { port } = mark.address() as AddressInfo;
    mark.destroy();
    await this.#tshark.line((line) => (line.trim() === String(port) ? line : undefined));
    this.#tshark.signal('SIGINT');
    await this.#tshark.ended;
  }

  /** What tshark says of the capture, decrypted by the secrets in `keylog`: its lines. */
  async read(keylog: string, ...args: readonly string[]): Promise<readonly string[]> {
    const ended = await run('tshark', ['-r', this.#file, '-o', `tls.keylog_file:${keylog}`, ...args]);
    if (ended.status !== 0) throw new Error(`tshark: ${ended.stderr}`);
    return ended.stdout.split('\n').filter((line) => line !== '');
  }

  /** The decrypted octets of the first connection, by who sent them. */
  async streams(keylog: string): Promise<{ readonly C: Buffer; readonly S: Buffer }> {
    const lines = await this.read(keylog, '-q', '-z', 'follow,tls,raw,0');
    // tshark indents what node 1 sent; who that is depends on what it could make out first.
    const isIndented = !lines.includes(`Node 0: 127.0.0.1:${this.#port}`);
    const octets = lines.filter((line) => /^\t?[\da-f]+$/.test(line));
    const of = (isServer: boolean): Buffer =>
      Buffer.from(
        octets
          .filter((line) => line.startsWith('\t') === (isServer === isIndented))
          .map((line) => line.trim())
          .join(''),
        'hex',
      );
    return { C: of(false), S: of(true) };
  }
}
