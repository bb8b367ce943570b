/** Fails unless two lists are the same but for their order. */
export function expectSame(what: string, actual: readonly string[], wanted: readonly string[]): void {
  const [one, other] = [actual.toSorted().join('\n'), wanted.toSorted().join('\n')];
  if (one !== other) throw new Error(`${what} should be\n${other}\nand are\n${one}`);
}
