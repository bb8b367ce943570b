import type { Clock } from '../net/clock.ts';
import { Guest } from './guest.ts';
import { noteChange } from './printer-note.ts';
import { VISITORS } from './visitors.ts';
import type { Zones } from './zones.ts';

/** A change comes after at least this, and after at most this much more. */
const MIN_WAIT_MS = 2000;
const WAIT_SPREAD_MS = 3000;
/** How likely the note of a printer changes; else somebody comes or goes. */
const NOTE_SHARE = 0.25;

/**
 * Lets devices come and go and printers change their note, every two to five seconds. The same seed on the same zones
 * makes the same life. The returned function ends it and leaves everything as it stands.
 */
export function startLife(zones: Zones, clock: Clock, seed: number): () => void {
  const life = new Life(zones, randomNumbers(seed));
  let stop: () => void;
  const wait = (): void => {
    stop = clock.at(clock.nowMs() + life.nextWaitMs(), () => {
      life.step();
      wait();
    });
  };
  wait();
  return () => stop();
}

class Life {
  readonly #zones: Zones;
  readonly #random: () => number;
  #away: readonly Guest[];
  #here: readonly Guest[] = [];

  constructor(zones: Zones, random: () => number) {
    this.#zones = zones;
    this.#random = random;
    this.#away = VISITORS.map((visitor) => new Guest(visitor, zones.all[visitor.zone % zones.all.length]!));
  }

  nextWaitMs(): number {
    return MIN_WAIT_MS + this.#random() * WAIT_SPREAD_MS;
  }

  step(): void {
    if (this.#random() < NOTE_SHARE) this.#changeNote();
    // The more are here, the likelier is it that one goes.
    else if (this.#random() * (this.#here.length + this.#away.length) < this.#here.length)
      this.#depart(this.#pick(this.#here));
    else this.#arrive(this.#pick(this.#away));
  }

  #arrive(guest: Guest): void {
    this.#away = this.#away.filter((other) => other !== guest);
    this.#here = [...this.#here, guest];
    guest.zone.apply(guest.arrival());
  }

  #depart(guest: Guest): void {
    this.#here = this.#here.filter((other) => other !== guest);
    this.#away = [...this.#away, guest];
    guest.zone.apply(guest.departure());
  }

  #changeNote(): void {
    const zone = this.#pick(this.#zones.all);
    zone.apply(noteChange(zone, (items) => this.#pick(items)));
  }

  #pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.#random() * items.length)]!;
  }
}

/** Numbers from 0 up to 1 that a seed determines: a 32-bit counter, well mixed. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}
