/** Ends a `switch` over a union: a kind that was forgotten is a compile error here, and a TypeError if it ever arrives. */
export function unreachable(value: never): never {
  throw new TypeError(`unreachable: ${JSON.stringify(value)}`);
}
