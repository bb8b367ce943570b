import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** A port in front of a server's on loopback that counts what passes, in both directions. */
export class PacketCounter {
  readonly port: number;
  readonly #listener: Server;
  readonly #sockets = new Set<Socket>();
  #count = 0;

  private constructor(listener: Server, behind: number) {
    this.#listener = listener;
    this.port = (listener.address() as AddressInfo).port;
    listener.on('connection', (client) => {
      const server = connect(behind, '127.0.0.1');
      this.#hand(client, server);
      this.#hand(server, client);
    });
  }

  /** Listens on a free port in front of this one. */
  static async listen(behind: number): Promise<PacketCounter> {
    const listener = createServer();
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return new PacketCounter(listener, behind);
  }

  /** How many pieces were handed on. */
  get count(): number {
    return this.#count;
  }

  async end(): Promise<void> {
    const closed = once(this.#listener, 'close');
    this.#listener.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #hand(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on('data', (octets) => {
      this.#count += 1;
      to.write(octets);
    });
    from.on('error', () => undefined); // it is over; 'close' follows
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }
}
