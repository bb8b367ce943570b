import type { Question } from '../../protocol/wire/record.ts';
import { questionKey } from '../../protocol/wire/record.ts';
import type { Resolved } from './resolved.ts';

/** Told what became of a question. */
export type Listener = (reply: Resolved) => void;

/** Begins to ask a question; the returned function ends it without a reply. `onReply` is called once, and not within this call. */
export type Ask = (question: Question, onReply: Listener) => () => void;

/** Each may take three sockets, and a program on macOS has 256 files at first. */
const MAX_UNDER_WAY = 64;

/** A question and everybody who waits for its answer. */
interface Flight {
  readonly key: string;
  readonly question: Question;
  readonly listeners: Set<Listener>;
  /** Ends the asking; undefined before it has begun. */
  stop: (() => void) | undefined;
}

/** The questions under way: each is asked once however many wait for it, and not too many are asked at a time. */
export class Flights {
  readonly #ask: Ask;
  readonly #onReply: (question: Question, reply: Resolved) => void;
  readonly #flights = new Map<string, Flight>();
  /** Those that have not begun, the oldest first; some may be of no interest any more. */
  #queue: Flight[] = [];
  #underWay = 0;

  /** `onReply` is told of every reply before the listeners are. */
  constructor(ask: Ask, onReply: (question: Question, reply: Resolved) => void) {
    this.#ask = ask;
    this.#onReply = onReply;
  }

  /** Asks, unless the same is being asked already. Returns the way to lose interest, which may be used twice. */
  join(question: Question, listener: Listener): () => void {
    const key = questionKey(question);
    const flight = this.#flights.get(key) ?? this.#prepare(key, question);
    flight.listeners.add(listener);
    this.#begin();
    return () => {
      if (!flight.listeners.delete(listener) || flight.listeners.size > 0) return;
      this.#end(flight);
      this.#begin();
    };
  }

  /** Asks everything anew, for what is under way goes to a network that is no more; `meanwhile` nothing is. */
  restart(meanwhile: () => void): void {
    const flights = [...this.#flights.values()];
    for (const flight of flights) this.#halt(flight);
    this.#queue = flights;
    meanwhile();
    this.#begin();
  }

  /** Ends everything with this reply. */
  close(reply: Resolved): void {
    const flights = [...this.#flights.values()];
    for (const flight of flights) this.#end(flight);
    this.#queue = [];
    for (const { listeners } of flights) for (const listener of listeners) listener(reply);
  }

  #prepare(key: string, question: Question): Flight {
    const flight: Flight = { key, question, listeners: new Set(), stop: undefined };
    this.#flights.set(key, flight);
    this.#queue.push(flight);
    return flight;
  }

  #begin(): void {
    while (this.#underWay < MAX_UNDER_WAY) {
      const flight = this.#queue.shift();
      if (flight === undefined) return;
      if (this.#flights.get(flight.key) !== flight || flight.stop !== undefined) continue;
      this.#underWay++;
      flight.stop = this.#ask(flight.question, (reply) => this.#replied(flight, reply));
    }
  }

  #replied(flight: Flight, reply: Resolved): void {
    this.#end(flight);
    this.#onReply(flight.question, reply);
    for (const listener of [...flight.listeners]) listener(reply);
    this.#begin();
  }

  #end(flight: Flight): void {
    this.#halt(flight);
    if (this.#flights.get(flight.key) === flight) this.#flights.delete(flight.key);
  }

  #halt(flight: Flight): void {
    if (flight.stop === undefined) return;
    this.#underWay--;
    flight.stop();
    flight.stop = undefined;
  }
}
