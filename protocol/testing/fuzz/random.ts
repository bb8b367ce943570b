/**
 * Random numbers that are the same for the same seed, so that what they lead to can be had again: the generator sfc32 of
 * Chris Doty-Humphrey's PractRand.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** Every path of words and numbers below a seed has numbers of its own. */
  constructor(seed: number, ...path: readonly (string | number)[]) {
    this.#a = seed >>> 0;
    this.#b = hash(path.join('\n'), 0x811c9dc5);
    this.#c = hash(path.join('\n'), 0x9e3779b9);
    for (let rounds = 0; rounds < 12; rounds++) this.u32();
  }

  /** A whole number from 0 to 2³²−1. */
  u32(): number {
    const sum = (this.#a + this.#b + this.#counter++) >>> 0;
    this.#a = (this.#b ^ (this.#b >>> 9)) >>> 0;
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) >>> 0;
    return sum;
  }

  /** A whole number from 0 up to but not including `limit`, which is at least 1. */
  below(limit: number): number {
    return Math.floor((this.u32() / 2 ** 32) * limit);
  }

  /** True once in so many times. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  /** One of several things. */
  pick<Item>(items: readonly Item[]): Item {
    if (items.length === 0) throw new TypeError('nothing to pick from');
    return items[this.below(items.length)]!;
  }

  /** So many things, each made anew. */
  times<Item>(count: number, make: (at: number) => Item): readonly Item[] {
    return Array.from({ length: count }, (_, at) => make(at));
  }

  /** So many octets of any value. */
  octets(length: number): Uint8Array {
    const octets = new Uint8Array(length);
    for (let at = 0; at < length; at++) octets[at] = this.u32();
    return octets;
  }
}

/** FNV-1a over the characters of a text. */
function hash(text: string, start: number): number {
  let value = start;
  for (let at = 0; at < text.length; at++) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return value;
}
