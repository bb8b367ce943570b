import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import type { Random } from '../../protocol/testing/fuzz/random.ts';
import { cutOff } from './cut-off.ts';
import type { Weather } from './pipe.ts';
import { Pipe } from './pipe.ts';

const HOST = '127.0.0.1';

/** The two ways through a gate, as the client sees them. */
export type Direction = 'up' | 'down';

interface Passage {
  readonly client: Socket;
  readonly server: Socket;
  readonly pipes: Readonly<Record<Direction, Pipe>>;
  isDamaged: boolean;
}

/** A port of its own in front of a server's: what passes it goes as the weather lets it, and breaks where somebody hits it. */
export class WireGate {
  readonly port: number;
  readonly #listener: Server;
  readonly #behind: number;
  readonly #random: Random;
  readonly #passages = new Set<Passage>();
  #weather: Weather = 'clear';
  #isShut = false;
  #count = 0;

  private constructor(listener: Server, behind: number, random: Random) {
    this.#listener = listener;
    this.port = (listener.address() as AddressInfo).port;
    this.#behind = behind;
    this.#random = random;
    listener.on('connection', (client) => this.#admit(client));
  }

  /** Opens a gate in front of a port of loopback. */
  static async open(behind: number, random: Random): Promise<WireGate> {
    const listener = createServer({ allowHalfOpen: true, noDelay: true });
    listener.listen(0, HOST);
    await once(listener, 'listening');
    return new WireGate(listener, behind, random);
  }

  /** How many connections lead through it now. */
  get open(): number {
    return this.#passages.size;
  }

  /** How many connections were ever made. */
  get count(): number {
    return this.#count;
  }

  set weather(weather: Weather) {
    this.#weather = weather;
    for (const { pipes } of this.#passages) {
      pipes.up.weather = weather;
      pipes.down.weather = weather;
    }
  }

  /** Whether new connections are refused: RST as they come. */
  set isShut(isShut: boolean) {
    this.#isShut = isShut;
  }

  /** Cuts all connections: RST at both ends. */
  reset(): void {
    for (const passage of this.#passages) reset(passage);
  }

  /** Ends one direction of all connections: a FIN, and no close_notify before it. */
  halfClose(direction: Direction): void {
    for (const { pipes } of this.#passages) pipes[direction].cut();
  }

  /** Flips a bit of the next chunk in one direction of all connections. */
  flip(direction: Direction): void {
    for (const passage of this.#passages) {
      passage.pipes[direction].isFlipping = true;
      passage.isDamaged = true;
    }
  }

  /**
   * All is well again: clear weather, the gate open, no bits flipped any more. Connections that had one are cut, since a wrong
   * length in a TLS record leaves them silent, and nobody but the keepalive would notice.
   */
  heal(): void {
    this.isShut = false;
    this.weather = 'clear';
    for (const passage of this.#passages) if (passage.isDamaged) reset(passage);
  }

  async close(): Promise<void> {
    const closed = once(this.#listener, 'close');
    this.#listener.close();
    this.reset();
    await closed;
  }

  #admit(client: Socket): void {
    this.#count += 1;
    if (this.#isShut) {
      client.on('error', () => undefined);
      client.resetAndDestroy();
      return;
    }
    const server = connect({ port: this.#behind, host: HOST, allowHalfOpen: true, noDelay: true });
    const pipes = {
      up: new Pipe(client, server, this.#weather, this.#random),
      down: new Pipe(server, client, this.#weather, this.#random),
    };
    const passage = { client, server, pipes, isDamaged: false };
    this.#passages.add(passage);
    client.on('close', () => this.#closed(passage));
    server.on('close', () => this.#closed(passage));
  }

  #closed(passage: Passage): void {
    if (passage.client.closed && passage.server.closed) this.#passages.delete(passage);
  }
}

function reset({ client, server }: Passage): void {
  cutOff(client);
  cutOff(server);
}
