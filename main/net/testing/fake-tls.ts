import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { TLSSocket, TlsOptions } from 'node:tls';
import { createServer as createTlsServer } from 'node:tls';
import { onTestFinished } from 'vitest';

/** A connection as a server sees it. */
export interface Accepted {
  readonly tls: TLSSocket;
  readonly raw: Socket;
  /** What the client sent, decrypted. */
  readonly text: () => string;
  /** How it ended: `end` for close_notify and FIN, else the code of the error. */
  readonly ending: Promise<string>;
}

/** A TLS server on loopback that only listens, and ends with the test. */
export class FakeTls {
  readonly port: number;
  /** All connections that completed the handshake. */
  readonly accepted: Accepted[] = [];
  /** Told of each of them at once. */
  onAccept: (accepted: Accepted) => void = () => undefined;
  readonly #waiting: ((accepted: Accepted) => void)[] = [];
  #taken = 0;

  private constructor(port: number) {
    this.port = port;
  }

  static async start(options: TlsOptions): Promise<FakeTls> {
    const tls = createTlsServer({ ALPNProtocols: ['dot'], ...options });
    const raws: Socket[] = [];
    tls.on('connection', (raw: Socket) => void raws.push(raw.on('error', () => undefined)));
    tls.on('tlsClientError', () => undefined);
    const fake = new FakeTls(await listening(tls));
    tls.on('secureConnection', (socket) => {
      const raw = raws.find(({ remotePort }) => remotePort === socket.remotePort)!;
      fake.#accept(socket, raw);
    });
    onTestFinished(() => {
      for (const raw of raws) raw.destroy();
      tls.close();
    });
    return fake;
  }

  /** The next connection that was not taken yet. */
  next(): Promise<Accepted> {
    const accepted = this.accepted[this.#taken++];
    return accepted === undefined
      ? new Promise((resolve) => this.#waiting.push(resolve))
      : Promise.resolve(accepted);
  }

  #accept(tls: TLSSocket, raw: Socket): void {
    let text = '';
    tls.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    const ending = new Promise<string>((resolve) => {
      tls.on('end', () => resolve('end'));
      tls.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
    const accepted = { tls, raw, text: () => text, ending };
    this.accepted.push(accepted);
    this.onAccept(accepted);
    this.#waiting.shift()?.(accepted);
  }
}

/** A TCP server on loopback that does as the test says, and ends with the test. Gives its port. */
export async function startTcp(serve: (socket: Socket) => void): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    serve(socket);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return await listening(server);
}

/** A port of loopback at which nothing listens. */
export async function deadPort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  server.close();
  await once(server, 'close');
  return port;
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
