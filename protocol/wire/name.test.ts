import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryName } from '../testing/arbitraries.ts';
import { Name, parseName } from './name.ts';
import { hexOf, octetsOf } from './text.ts';

const LABEL_63 = 'x'.repeat(63);

test.each([
  ['.', '00'],
  ['com', '03636f6d00'],
  ['com.', '03636f6d00'],
  ['Dr\\. Pepper.com', '0a44722e2050657070657203636f6d00'],
  ['a\\\\b', '03615c6200'],
  ['a\\"b', '0361226200'],
  ['a\\000b\\255', '04610062ff00'],
  ['Büro', '0542c3bc726f00'],
  ['🖨', '04f09f96a800'],
  ['\\🖨', '04f09f96a800'],
  ['a b', '0361206200'],
  ['*', '012a00'],
])('"%s" has the octets %s', (text, hex) => {
  const parsed = parseName(text);
  expect(parsed.ok && hexOf(parsed.name.wire)).toBe(hex);
});

test.each([
  ['', 'it is empty'],
  ['a..b', 'a label is empty'],
  ['.a', 'a label is empty'],
  ['..', 'a label is empty'],
  ['a\\', 'must be followed by'],
  ['a\\12', 'must be followed by'],
  ['a\\1b2', 'must be followed by'],
  ['a\\256', 'must be followed by'],
  [`${LABEL_63}x`, 'at most 63 octets, not 64'],
  ['ü'.repeat(32), 'at most 63 octets, not 64'],
])('"%s" is no name', (text, problem) => {
  const parsed = parseName(text);
  expect(parsed).toMatchObject({ ok: false, code: 'bad-name' });
  expect(parsed).toHaveProperty('message', expect.stringContaining(problem));
});

test('a name has at most 255 octets, the root included, and a label 63', () => {
  const longest = [LABEL_63, LABEL_63, LABEL_63, 'y'.repeat(61)];
  expect(Name.ofLabels(longest).wire).toHaveLength(255);
  expect(() => Name.ofLabels([...longest.slice(0, 3), 'y'.repeat(62)])).toThrow(
    'at most 255 octets, not 256',
  );
  expect(() => Name.ofLabels([`${LABEL_63}x`])).toThrow('at most 63 octets, not 64');
  expect(() => Name.ofLabels([''])).toThrow('at least one octet');
  expect(parseName(longest.join('.')).ok).toBe(true);
  expect(parseName([...longest.slice(0, 3), 'y'.repeat(62)].join('.')).ok).toBe(false);
});

test('a constant of ours that is no name is our mistake', () => {
  expect(() => Name.of('a..b')).toThrow(TypeError);
});

test('what a name shows is read back as the same octets, and holds no white space, no control and no dot of a label', () => {
  fc.assert(
    fc.property(arbitraryName, (name) => {
      const text = name.toString();
      const parsed = parseName(text);
      expect(parsed.ok && hexOf(parsed.name.wire)).toBe(hexOf(name.wire));
      expect(text).not.toMatch(/[\0- \x7f]/);
      expect(text.replace(/\\./gs, '').split('.')).toHaveLength(name.isRoot ? 2 : name.labelCount + 1);
    }),
  );
});

test('names are equal when they differ in the case of A to Z alone', () => {
  expect(Name.of('_IPP._tcp.Example').equals(Name.of('_ipp._TCP.example'))).toBe(true);
  expect(Name.of('É').equals(Name.of('é'))).toBe(false);
  expect(Name.of('[').equals(Name.of('{'))).toBe(false); // 0x5b and 0x7b, one bit beside Z and z
  expect(Name.of('@').equals(Name.of('`'))).toBe(false); // 0x40 and 0x60, beside A and a
  expect(Name.of('a\\.b').equals(Name.of('a.b'))).toBe(false);
  fc.assert(
    fc.property(arbitraryName, arbitraryName, (one, other) => {
      expect(one.equals(other)).toBe(folded(one) === folded(other));
    }),
  );
});

test('names are spelled alike when every octet is the same, whichever object says it', () => {
  expect(Name.of('Laser.test').isSpelledLike(Name.of('Laser.test'))).toBe(true);
  expect(Name.of('Laser.test').isSpelledLike(Name.of('laser.test'))).toBe(false);
  expect(Name.of('a.b').isSpelledLike(Name.of('a\\.b'))).toBe(false);
  expect(Name.of('test').isSpelledLike(Name.of('a.test'))).toBe(false);
});

test('the length octets of labels are not letters', () => {
  // A label of 0x41 octets there is none of, but one of 0x21 next to one of 0x01 must not fold into anything else.
  const one = Name.ofLabels(['A'.repeat(0x21), 'b']);
  expect(one.key).toBe(`\x21${'a'.repeat(0x21)}\x01b\0`);
});

test('labels are cut from the left', () => {
  const name = Name.of('a.b\\.c.d');
  expect(name.labelCount).toBe(3);
  expect(name.labels).toEqual([octetsOf('a'), octetsOf('b.c'), octetsOf('d')]);
  expect(name.parent.toString()).toBe('b\\.c.d.');
  expect(name.skip(2).toString()).toBe('d.');
  expect(name.skip(9).isRoot).toBe(true);
  expect(Name.root.parent.isRoot).toBe(true);
  expect(name.prepend('x', 'y.z').toString()).toBe('x.y\\.z.a.b\\.c.d.');
});

test('a name lies within its ancestors and itself, by whole labels and without regard to case', () => {
  const name = Name.of('laser.Example.com');
  const isWithin = (ancestor: string) => name.isWithin(Name.of(ancestor));
  expect(['laser.example.com', 'example.COM', 'com', '.'].filter(isWithin)).toHaveLength(4);
  expect(['ample.com', 'x.laser.example.com', 'org', 'er.example.com'].filter(isWithin)).toEqual([]);
});

/** The naive twin of `key`. */
function folded(name: Name): string {
  const octets = Array.from(name.wire, (octet) => (octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet));
  return octets.join(' ');
}
