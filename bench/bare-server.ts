import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:tls';
import type { Server, TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { throwAwayCertificate } from '../main/demo/certificate.ts';
import { LineReader } from './line-reader.ts';

const CLIENT = fileURLToPath(new URL('bare-client.ts', import.meta.url));
const SERVER_NAME = 'bare.test';
/** About as long as the PUSH that it stands for. */
const PADDING = '.'.repeat(150);

/** The reference: what a write over TLS and the line that another process makes of it cost by themselves. */
export class BareServer {
  readonly #server: Server;
  readonly #socket: TLSSocket;
  readonly #client: ChildProcess;
  readonly #lines: LineReader;

  private constructor(server: Server, socket: TLSSocket, client: ChildProcess, lines: LineReader) {
    this.#server = server;
    this.#socket = socket;
    this.#client = client;
    this.#lines = lines;
  }

  /** Starts it and its client. */
  static async start(): Promise<BareServer> {
    const { keyPem, certPem } = throwAwayCertificate([SERVER_NAME], [], Date.now());
    const server = createServer({ key: keyPem, cert: certPem, minVersion: 'TLSv1.3' });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
    const args = [...process.execArgv, CLIENT, String(address.port), SERVER_NAME];
    const client = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = new LineReader(client.stdout);
    const ready = lines.next((text) => text === 'ready');
    const [socket] = (await once(server, 'secureConnection')) as [TLSSocket];
    await ready;
    return new BareServer(server, socket, client, lines);
  }

  /** Milliseconds from a write to the line that the client makes of it. */
  async measure(): Promise<number> {
    const line = this.#lines.next((text) => text === PADDING);
    const writtenMs = performance.now();
    this.#socket.write(PADDING);
    return (await line).readMs - writtenMs;
  }

  /** Ends both. */
  async end(): Promise<void> {
    const exited = once(this.#client, 'exit');
    this.#socket.destroy();
    this.#server.close();
    await exited;
  }
}
