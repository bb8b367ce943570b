import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** The types of TLS records (RFC 5246 §6.2.1); in TLS 1.2 they can be read off the wire. */
export const TlsRecord = { CIPHER_CHANGE: 20, ALERT: 21, HANDSHAKE: 22, DATA: 23 } as const;

/** What a client sent, told apart by what can be seen without its keys; `CUT` when the server cut it off by RST. */
export type Heard = number | 'FIN' | 'RST' | 'CUT';

/** Listens in on what clients send to a server: a TCP port of its own, which hands everything on. */
export class WireEar {
  readonly port: number;
  /** For each connection the types of the client's TLS records in order, and how it ended it. */
  readonly heard: Heard[][] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, serverPort: number) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (client) => this.#listen(client, serverPort));
  }

  static async start(serverPort: number): Promise<WireEar> {
    const server = createServer({ allowHalfOpen: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new WireEar(server, serverPort);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #listen(client: Socket, serverPort: number): void {
    const heard: Heard[] = [];
    this.heard.push(heard);
    const server = connect({ port: serverPort, host: '127.0.0.1', allowHalfOpen: true });
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    }
    const types = recordTypes();
    client.on('data', (chunk) => {
      heard.push(...types(chunk));
      server.write(chunk);
    });
    client.on('end', () => {
      heard.push('FIN');
      server.end();
    });
    client.on('error', () => {
      heard.push('RST');
      server.resetAndDestroy();
    });
    server.on('data', (chunk) => client.write(chunk));
    server.on('end', () => client.end());
    server.on('error', () => {
      heard.push('CUT');
      client.resetAndDestroy();
    });
  }
}

/** Reads a stream of TLS records, `type u8 | version u16 | length u16 | fragment`, whatever its cuts. */
function recordTypes(): (chunk: Buffer) => readonly number[] {
  let unread = Buffer.alloc(0);
  return (chunk) => {
    unread = Buffer.concat([unread, chunk]);
    const types: number[] = [];
    while (unread.length >= 5 && unread.length >= 5 + unread.readUInt16BE(3)) {
      types.push(unread[0]!);
      unread = unread.subarray(5 + unread.readUInt16BE(3));
    }
    return types;
  };
}
