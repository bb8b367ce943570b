import type { Socket } from 'node:net';
import type { Random } from '../../protocol/testing/fuzz/random.ts';
import { cutOff } from './cut-off.ts';

/**
 * What becomes of the octets of one direction. `slow`: every chunk waits up to 60 ms. `dribble`: one octet a write.
 * `stall`: nothing moves.
 */
export type Weather = 'clear' | 'slow' | 'dribble' | 'stall';

/** The longest that a chunk waits in slow weather. */
const SLOW_MS = 60;

/** What waits to be handed on, in the order it came. */
type Parcel = { readonly kind: 'octets'; readonly octets: Uint8Array } | { readonly kind: 'end' | 'reset' };

/** One direction of a connection through a gate: hands octets, FIN and RST on in order, as fast as the weather lets it. */
export class Pipe {
  readonly #to: Socket;
  readonly #random: Random;
  readonly #parcels: Parcel[] = [];
  #weather: Weather;
  /** Calls off the wait for the next step; undefined while nothing waits. */
  #stopWaiting: (() => void) | undefined;
  /** Whether the next chunk gets a bit that is wrong. */
  #isFlipping = false;
  #isCut = false;

  constructor(from: Socket, to: Socket, weather: Weather, random: Random) {
    this.#to = to;
    this.#random = random;
    this.#weather = weather;
    from.on('data', (octets: Buffer) => this.#take({ kind: 'octets', octets: this.#perhapsFlipped(octets) }));
    from.on('end', () => this.#take({ kind: 'end' }));
    from.on('error', () => this.#take({ kind: 'reset' }));
    from.on('close', () => this.#take({ kind: 'end' }));
    to.on('close', () => this.#drop());
  }

  /** Changes the weather; what waited goes on by the new one. */
  set weather(weather: Weather) {
    this.#weather = weather;
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    this.#move();
  }

  /** Lets the next chunk arrive with one bit wrong, or no longer so. */
  set isFlipping(isFlipping: boolean) {
    this.#isFlipping = isFlipping;
  }

  /** Ends this direction with a FIN and nothing behind it, whatever comes. */
  cut(): void {
    this.#drop();
    this.#to.end();
  }

  #drop(): void {
    this.#isCut = true;
    this.#stopWaiting?.();
    this.#parcels.length = 0;
  }

  #perhapsFlipped(octets: Buffer): Uint8Array {
    if (!this.#isFlipping) return octets;
    this.#isFlipping = false;
    const at = this.#random.below(octets.length);
    return octets.with(at, octets[at]! ^ (1 << this.#random.below(8)));
  }

  #take(parcel: Parcel): void {
    if (this.#isCut) return;
    this.#parcels.push(parcel);
    this.#move();
  }

  #move(): void {
    while (this.#stopWaiting === undefined && this.#parcels.length > 0 && this.#weather !== 'stall') {
      const parcel = this.#parcels.shift()!;
      if (parcel.kind !== 'octets') this.#end(parcel.kind);
      else if (this.#weather === 'dribble') this.#dribble(parcel.octets);
      else if (this.#weather === 'slow') this.#delay(parcel.octets);
      else this.#to.write(parcel.octets);
    }
  }

  #end(kind: 'end' | 'reset'): void {
    if (kind === 'end') this.#to.end();
    else cutOff(this.#to);
  }

  #dribble(octets: Uint8Array): void {
    this.#to.write(octets.subarray(0, 1));
    if (octets.length > 1) this.#parcels.unshift({ kind: 'octets', octets: octets.subarray(1) });
    const step = setImmediate(() => this.#go());
    this.#stopWaiting = () => clearImmediate(step);
  }

  #delay(octets: Uint8Array): void {
    let isOver = false;
    const arrive = (): void => {
      if (!isOver) this.#to.write(octets);
      isOver = true;
    };
    const step = setTimeout(() => {
      arrive();
      this.#go();
    }, this.#random.below(SLOW_MS));
    this.#stopWaiting = () => {
      clearTimeout(step);
      if (!this.#isCut) arrive();
    };
  }

  #go(): void {
    this.#stopWaiting = undefined;
    this.#move();
  }
}
