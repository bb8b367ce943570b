import { randomInt } from 'node:crypto';

/** Numbers from 0 up to but not including 1, evenly spread. Tests pass a seeded one. */
export type Random = () => number;

/** `randomInt` takes ranges below this. */
const STEPS = 2 ** 48 - 1;

/** Numbers that nobody can guess, for message IDs and source ports (RFC 5452 §4.3, §4.5). */
export const cryptoRandom: Random = () => randomInt(STEPS) / STEPS;

/** A whole number from 0 up to but not including `below`. */
export function randomBelow(random: Random, below: number): number {
  return Math.floor(random() * below);
}
