import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import type { Server, TLSSocket } from 'node:tls';
import { connect, createServer } from 'node:tls';
import type { Random } from '../../protocol/testing/fuzz/random.ts';
import type { ServerCertificate } from '../../main/demo/certificate.ts';

const HOST = '127.0.0.1';

/** How the messages inside TLS are cut: not, behind the first octet of each write, or behind every octet. */
export type Cutting = 'whole' | 'first-octet' | 'octets';

/** Pieces longer than this are not cut into single octets, which would take for ever. */
const MAX_CUT = 600;

/**
 * The TLS end of a push server, with another TLS connection behind it to the server itself: so the certificate can change, and
 * the octets inside TLS can be cut anywhere, the length in front of a message in the middle too.
 */
export class TlsFront {
  readonly port: number;
  readonly #listener: Server;
  readonly #sockets = new Set<Socket>();
  /** The port of the server behind, and the authority that it is trusted by. */
  behind: { readonly port: number; readonly caPem: string; readonly serverName: string };
  cutting: Cutting = 'whole';
  readonly #random: Random;

  private constructor(listener: Server, behind: TlsFront['behind'], random: Random) {
    this.#listener = listener;
    this.port = (listener.address() as AddressInfo).port;
    this.behind = behind;
    this.#random = random;
    listener.on('connection', (raw: Socket) => this.#own(raw));
    listener.on('secureConnection', (client) => this.#join(client));
    listener.on('tlsClientError', (_error, socket) => socket.destroy());
  }

  /** Listens on a free port of loopback, with TLS up to this version. */
  static async open(
    certificate: ServerCertificate,
    behind: TlsFront['behind'],
    random: Random,
    maxVersion: 'TLSv1.2' | 'TLSv1.3',
  ): Promise<TlsFront> {
    const { certPem: cert, keyPem: key } = certificate;
    const listener = createServer({ cert, key, maxVersion, ALPNProtocols: ['dot'], noDelay: true });
    listener.listen(0, HOST);
    await once(listener, 'listening');
    return new TlsFront(listener, behind, random);
  }

  /** Shows another certificate from the next handshake on. */
  set certificate({ certPem: cert, keyPem: key }: ServerCertificate) {
    this.#listener.setSecureContext({ cert, key });
  }

  async close(): Promise<void> {
    const closed = once(this.#listener, 'close');
    this.#listener.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #own(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined); // it is over; 'close' follows
    socket.on('close', () => this.#sockets.delete(socket));
  }

  #join(client: TLSSocket): void {
    const { port, caPem: ca, serverName: servername } = this.behind;
    const server = connect({ port, host: HOST, servername, ca, ALPNProtocols: ['dot'] });
    this.#own(client);
    this.#own(server);
    this.#hand(client, server);
    this.#hand(server, client);
  }

  /** Hands octets on, a piece behind the other so that each is a TLS record of its own. */
  #hand(from: TLSSocket, to: TLSSocket): void {
    const pieces: Uint8Array[] = [];
    let isWriting = false;
    let isEnded = false;
    const next = (): void => {
      const piece = pieces.shift();
      isWriting = piece !== undefined;
      if (piece !== undefined) to.write(piece, next);
      else if (isEnded) to.end();
    };
    from.on('data', (octets: Buffer) => {
      pieces.push(...this.#cut(octets));
      if (!isWriting) next();
    });
    from.on('end', () => {
      isEnded = true;
      if (!isWriting) next();
    });
    from.on('close', () => {
      // A server that cut its client off has no more to say; one that closed has said all of it.
      if (!isEnded) to.destroy();
    });
  }

  #cut(octets: Buffer): readonly Uint8Array[] {
    if (this.cutting === 'whole') return [octets];
    if (this.cutting === 'octets' && octets.length <= MAX_CUT)
      return Array.from(octets, (octet) => Uint8Array.of(octet));
    const middle = 1 + this.#random.below(octets.length);
    return [octets.subarray(0, 1), octets.subarray(1, middle), octets.subarray(middle)].filter(
      ({ length }) => length > 0,
    );
  }
}
