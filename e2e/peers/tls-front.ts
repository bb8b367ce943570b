import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import type { Server } from 'node:tls';
import { createServer } from 'node:tls';
import { PUSH_IDENTITY } from '../testing/identity.ts';

/** Speaks TLS in front of a server that speaks none, and hands the octets and the end of either side on. */
export class TlsFront {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, behind: number) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('secureConnection', (client) => {
      const inner = connect(behind, '127.0.0.1');
      for (const socket of [client, inner]) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined); // it is over; 'close' follows
        socket.on('close', () => this.#sockets.delete(socket));
      }
      client.pipe(inner);
      inner.pipe(client);
      // A server that closes with octets unread has its connection reset, which pipes do not hand on.
      inner.on('close', () => client.end());
      client.on('close', () => inner.destroy());
    });
    server.on('tlsClientError', (_error, socket) => socket.destroy());
  }

  /** In front of a port of loopback. */
  static async start(behind: number): Promise<TlsFront> {
    const server = createServer({ ...PUSH_IDENTITY, ALPNProtocols: ['dot'] });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TlsFront(server, behind);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
