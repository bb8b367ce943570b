import { createSocket } from 'node:dgram';
import type { Socket as DatagramSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const HOST = '127.0.0.1';

/**
 * Relays that put a distance between a client and servers of this machine: whatever goes either way takes half a round trip. Taking
 * the time once with a distance and once without says how many round trips the client waits for, whatever else it does meanwhile.
 */
export class FarAway {
  /** The length of a round trip, which may be changed between two connections. */
  rttMs = 0;
  /** How many datagrams and connections came from clients. */
  datagrams = 0;
  connections = 0;
  readonly #datagramSockets = new Set<DatagramSocket>();
  readonly #servers = new Set<Server>();
  readonly #sockets = new Set<Socket>();

  /** Relays UDP to a port of this machine; gives the port to ask in its place. Answers have to fit into datagrams. */
  async relayDatagrams(port: number): Promise<number> {
    const front = this.#owned(createSocket('udp4'));
    front.bind(0, HOST);
    await once(front, 'listening');
    front.on('message', (query, client) => {
      this.datagrams++;
      const back = this.#owned(createSocket('udp4'));
      back.once('message', (answer) => {
        this.#end(back);
        this.#later(() => front.send(answer, client.port, client.address));
      });
      this.#later(() => back.send(query, port, HOST));
    });
    return front.address().port;
  }

  /** Relays TCP to a port of this machine; gives the port to connect to in its place. A connection costs a round trip to be made. */
  async relayStreams(port: number): Promise<number> {
    const server = createServer((client) => this.#join(client, port));
    this.#servers.add(server);
    server.listen(0, HOST);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#datagramSockets) this.#end(socket);
    for (const socket of this.#sockets) socket.destroy();
    for (const server of this.#servers) {
      server.close();
      await once(server, 'close');
    }
  }

  /** On loopback the client has its connection at once, so that its first octets have to wait for what SYN and its answer would take. */
  #join(client: Socket, port: number): void {
    this.connections++;
    const server = connect(port, HOST);
    const made = sleep(this.rttMs);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(from);
      from.on('data', (chunk) => void made.then(() => this.#later(() => to.write(chunk))));
      from.on('end', () => void made.then(() => this.#later(() => to.end())));
      from.on('error', () => undefined); // 'close' follows
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    }
  }

  #later(deliver: () => void): void {
    if (this.rttMs === 0) deliver();
    else setTimeout(deliver, this.rttMs / 2);
  }

  #owned(socket: DatagramSocket): DatagramSocket {
    this.#datagramSockets.add(socket);
    return socket;
  }

  #end(socket: DatagramSocket): void {
    if (!this.#datagramSockets.delete(socket)) return;
    socket.close();
  }
}
