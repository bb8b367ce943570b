import { expect, test } from 'vitest';
import { readEntries } from './master-tokens.ts';
import { nameOf, secondsOf } from './master-words.ts';
import { Name } from './name.ts';

function words(text: string): readonly (readonly string[])[] {
  return readEntries(text).map(({ tokens }) => tokens.map((token) => token.text));
}

test('an entry is a line, comments and blank lines are none', () => {
  expect(words('\uFEFFa b ; c\r\n\n  ;\nd\te')).toEqual([
    ['a', 'b'],
    ['d', 'e'],
  ]);
});

test('parentheses hold lines together', () => {
  expect(words('a ( b ; c\n d )e\nf')).toEqual([['a', 'b', 'd', 'e'], ['f']]);
});

test('a quoted word holds what others end at, and escapes stay as written', () => {
  expect(words('"a b;(\\"" c\\ d\\;e\\032')).toEqual([['a b;(\\"', 'c\\ d\\;e\\032']]);
});

test('words know their place, and an entry whether it starts with its owner', () => {
  const [first, second] = readEntries('a  "b"\n c');
  expect(first).toMatchObject({ ownerOmitted: false, end: { line: 1, column: 7 } });
  expect(first?.tokens).toMatchObject([
    { line: 1, column: 1, isQuoted: false },
    { line: 1, column: 4, isQuoted: true },
  ]);
  expect(second).toMatchObject({ ownerOmitted: true, tokens: [{ line: 2, column: 2 }] });
});

test.each([
  ['a\n (', 2, 2, 'this "(" has no ")"'],
  ['a )', 1, 3, 'this ")" has no "("'],
  ['(a (', 1, 4, 'cannot stand in one another'],
  ['a "b\nc"', 1, 3, 'does not end on its line'],
  ['a\\', 1, 2, 'cannot stand at the end of a line'],
])('%j is refused at its place', (text, line, column, problem) => {
  expect(() => readEntries(text)).toThrow(expect.objectContaining({ line, column }));
  expect(() => readEntries(text)).toThrow(problem);
});

test('times have units or are seconds, up to 31 bits', () => {
  expect(['0', '3600', '1h30m', '1W2d', '2147483647'].map(secondsOf)).toEqual([
    0, 3600, 5400, 777_600, 2_147_483_647,
  ]);
  expect(['', 'h', '1x', '-1', '2147483648', '4000w', '1.5'].map(secondsOf)).toEqual(
    Array.from({ length: 7 }, () => undefined),
  );
});

test('a name is absolute with a final dot, which no backslash takes away', () => {
  const name = (text: string) => {
    const [entry] = readEntries(text);
    return nameOf(entry!.tokens[0]!, Name.of('example.')).toString();
  };
  expect(['a.', 'a', '@', 'a\\.', 'a\\\\.', '.'].map(name)).toEqual([
    'a.',
    'a.example.',
    'example.',
    'a\\..example.',
    'a\\\\.',
    '.',
  ]);
  const long = `${'x'.repeat(63)}.`.repeat(3) + 'y'.repeat(55);
  expect(() => name(long)).toThrow('at most 255 octets');
});
