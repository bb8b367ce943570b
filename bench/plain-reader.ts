import { once } from 'node:events';
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import dnsPacket from 'dns-packet';
import { Framer } from '../protocol/dso/framer.ts';
import { SERVER } from './generated-zone.ts';
import type { Taken } from './octet-meter.ts';
import { OctetMeter } from './octet-meter.ts';
import type { StreamServerReady } from './stream-protocol.ts';

/** The reference: TLS, framing, and dns-packet's decoder. */
export class PlainReader {
  readonly #socket: TLSSocket;
  readonly #meter = new OctetMeter();
  readonly #framer = new Framer();

  private constructor(socket: TLSSocket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#meter.pass(chunk.length, () => this.#decode(chunk)));
  }

  static async open({ plainPort, caPem }: StreamServerReady): Promise<PlainReader> {
    const servername = String(SERVER).slice(0, -1);
    const socket = connect({ host: '127.0.0.1', port: plainPort, servername, ca: caPem });
    await once(socket, 'session'); // the ticket comes when the server, too, has ended the handshake
    return new PlainReader(socket);
  }

  /** From the first octet of a stream until the last message is decoded. */
  take(octets: number, request: () => void): Promise<Taken> {
    return this.#meter.measure(octets, request, () => undefined);
  }

  close(): void {
    this.#socket.destroy();
  }

  #decode(chunk: Uint8Array): void {
    for (const { buffer, byteOffset, length } of this.#framer.receive(chunk)) {
      dnsPacket.decode(Buffer.from(buffer, byteOffset, length));
    }
  }
}
