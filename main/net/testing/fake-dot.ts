import type { TLSSocket } from 'node:tls';
import type { DnsMessage } from '../../../protocol/wire/message.ts';
import { readMessage, writeMessage } from '../../../protocol/wire/message.ts';
import { framed, Framer } from '../../../protocol/dso/framer.ts';
import type { SecureAddress } from '../resolver-address.ts';
import type { Identity } from './certificates.ts';
import type { Accepted } from './fake-tls.ts';
import { FakeTls } from './fake-tls.ts';
import { IDENTITY, SERVER_NAME } from './recorded-transport.ts';

/** A query as a resolver over TLS got it. */
export interface SecurelyReceived {
  readonly query: DnsMessage;
  /** Octets of the query, its length not counted. */
  readonly octets: number;
  readonly connection: TLSSocket;
  /** Sends octets back with their length in front. */
  readonly send: (bytes: Uint8Array) => void;
  /** Answers the query with some parts given; everything else is echoed or empty. */
  readonly answer: (parts?: Partial<DnsMessage>) => void;
}

/** A resolver over TLS on loopback that answers only what the test tells it to, and ends with the test. */
export class FakeDot {
  readonly port: number;
  readonly server: FakeTls;
  /** All queries so far. */
  readonly received: SecurelyReceived[] = [];
  readonly #waiting: ((received: SecurelyReceived) => void)[] = [];
  #taken = 0;

  private constructor(server: FakeTls) {
    this.server = server;
    this.port = server.port;
  }

  static async start(identity: Identity = IDENTITY): Promise<FakeDot> {
    const server = await FakeTls.start(identity);
    const dot = new FakeDot(server);
    server.onAccept = (accepted) => dot.#serve(accepted);
    return dot;
  }

  /** Where it is, known by the name that its certificate usually has, or by what is given. */
  address(identity: SecureAddress['identity'] = { name: SERVER_NAME, pins: [] }): SecureAddress {
    return { host: '127.0.0.1', port: this.port, identity };
  }

  /** The next query that was not taken yet. */
  next(): Promise<SecurelyReceived> {
    const received = this.received[this.#taken++];
    return received === undefined
      ? new Promise((resolve) => this.#waiting.push(resolve))
      : Promise.resolve(received);
  }

  /** The same for several. */
  async take(count: number): Promise<readonly SecurelyReceived[]> {
    const taken: SecurelyReceived[] = [];
    while (taken.length < count) taken.push(await this.next());
    return taken;
  }

  #serve({ tls }: Accepted): void {
    const framer = new Framer();
    tls.on('data', (chunk: Buffer) => {
      for (const bytes of framer.receive(chunk)) this.#take(tls, bytes);
    });
  }

  #take(connection: TLSSocket, bytes: Uint8Array): void {
    const query = readMessage(bytes);
    const send = (reply: Uint8Array): void => void connection.write(framed(reply));
    const echoed = { ...query, isResponse: true, isAuthenticData: false, additionals: [] };
    const answer = (parts: Partial<DnsMessage> = {}): void => send(writeMessage({ ...echoed, ...parts }));
    const received = { query, octets: bytes.length, connection, send, answer };
    this.received.push(received);
    this.#waiting.shift()?.(received);
  }
}
