import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { TlsOptions } from 'node:tls';
import { PUSH_IDENTITY } from './identity.ts';

/** What a server does with a connection; `reset` cuts it off by RST. */
export type Serve = (socket: Socket, reset: () => void) => void;

/** A server at which something is wrong, and which closes with its test. */
export class RogueServer {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;
  #visits = 0;

  private constructor(server: Server, sockets: Set<Socket>) {
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
    this.#sockets = sockets;
    server.on('connection', () => (this.#visits += 1));
  }

  /** Speaks TLS as it should, shows `identity`, and then does with each connection what the test says. */
  static tls(serve: Serve, identity: TlsOptions = PUSH_IDENTITY): Promise<RogueServer> {
    const server = createTlsServer({ ALPNProtocols: ['dot'], ...identity });
    const raws = new Map<number, Socket>();
    server.on('connection', (raw: Socket) => raws.set(raw.remotePort!, raw));
    server.on('tlsClientError', (_error, socket) => socket.destroy()); // a client that distrusts us
    server.on('secureConnection', (socket) => {
      const reset = (): void => void raws.get(socket.remotePort!)?.resetAndDestroy();
      serve(
        socket.on('error', () => undefined),
        reset,
      );
    });
    return RogueServer.#listening(server);
  }

  /** Speaks no TLS. */
  static plain(serve: Serve): Promise<RogueServer> {
    const server = createServer((socket) =>
      serve(
        socket.on('error', () => undefined),
        () => socket.resetAndDestroy(),
      ),
    );
    return RogueServer.#listening(server);
  }

  static async #listening(server: Server): Promise<RogueServer> {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      sockets.add(socket.on('error', () => undefined));
      socket.on('close', () => sockets.delete(socket));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new RogueServer(server, sockets);
  }

  /** How often somebody connected. */
  get visits(): number {
    return this.#visits;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** A port of this machine at which nothing listens. */
export async function deadPort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
