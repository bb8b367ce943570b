import type { Material } from './material.ts';
import type { Random } from './random.ts';

/** One input, and what must hold when a subject takes it. */
export interface Trial {
  /** Fails with what is wrong; whatever the subject throws that it must not is wrong. */
  check(): void | Promise<void>;
  /** Smaller trials that may fail alike, those that are much smaller first. */
  smaller(): Iterable<Trial>;
  /** The input, as lines from which somebody can have it again. */
  show(): readonly string[];
}

/** Something that takes octets or text of strangers, and how to find out what it makes of them. */
export interface FuzzTarget {
  readonly name: string;
  /** What is shown to hold, in a few words. */
  readonly summary: string;
  /** How many inputs are made of the same material. */
  readonly batch: number;
  /** Makes an input, the same for the same random numbers and material. */
  trial(random: Random, material: Material): Trial;
}

/** What a subject did wrong. */
export class Finding extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Finding';
  }
}

/** Fails unless it holds. */
export function must(holds: boolean, otherwise: string | (() => string)): asserts holds {
  if (!holds) throw new Finding(typeof otherwise === 'string' ? otherwise : otherwise());
}

/** Parts of a list left out: halves, quarters, and so on down to single items. */
export function* shortened<Item>(items: readonly Item[]): Generator<readonly Item[], void, undefined> {
  for (let size = Math.ceil(items.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < items.length; at += size) yield items.toSpliced(at, size);
  }
}

/** Octets with parts left out, then with single octets zero, which may be what is left to say. */
export function* shortenedOctets(octets: Uint8Array): Generator<Uint8Array, void, undefined> {
  const { length } = octets;
  for (let size = Math.ceil(length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < length; at += size) yield without(octets, at, size);
  }
  for (let at = 0; at < length; at++) if (octets[at] !== 0) yield octets.with(at, 0);
}

/** Octets without `size` of them from `at` on. */
export function without(octets: Uint8Array, at: number, size: number): Uint8Array {
  const end = Math.min(octets.length, at + size);
  const rest = new Uint8Array(octets.length - (end - at));
  rest.set(octets.subarray(0, at));
  rest.set(octets.subarray(end), at);
  return rest;
}

/** Parts in one piece. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
