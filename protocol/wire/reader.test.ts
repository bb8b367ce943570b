import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtocolError } from '../errors.ts';
import { readHex } from '../testing/hex.ts';
import { Name } from './name.ts';
import { ByteReader } from './reader.ts';
import { hexOf } from './text.ts';

/** Twelve octets that pointers must not lead to. */
const HEADER = '000000000000000000000000';

test('integers are big-endian and unsigned', () => {
  const reader = new ByteReader(readHex('ff fffe fffffffd 80'));
  expect([reader.u8(), reader.u16(), reader.u32(), reader.u8()]).toEqual([0xff, 0xfffe, 0xfffffffd, 0x80]);
  expect(reader.atEnd).toBe(true);
});

test('what is not there is refused at its octet, and nothing behind the window is read', () => {
  const reader = new ByteReader(readHex('0102 0304'));
  const window = reader.window(2);
  expect(reader.position).toBe(2);
  expect(window.bytesLeft).toBe(2);
  expect(() => window.u32()).toThrow('4 octets are declared and 2 are there (RFC 1035 §4.1)');
  expect(() => window.octets(3)).toThrow(ProtocolError);
  expect(window.u16()).toBe(0x0102);
  expect(() => window.u8()).toThrow(expect.objectContaining({ offset: 2 }));
  expect(() => reader.window(3)).toThrow(ProtocolError);
  reader.u8();
  expect(() => reader.expectEnd('it')).toThrow('it has 1 octets too many');
});

test.each([
  ['plain', '03636f6d00', 'com.', 17],
  ['the root', '00', '.', 13],
  ['a pointer to a name', '03636f6d00 c00c', 'com.', 19, 17],
  ['a label and a pointer', '03636f6d00 0161c00c', 'a.com.', 21, 17],
  ['a pointer into the middle of a name', '0161 03636f6d00 0162c00e', 'b.com.', 23, 19],
  ['a pointer to a pointer', '03636f6d00 c00c c011', 'com.', 21, 19],
  ['a pointer to the root octet of a name', '0161 00 c00e', '.', 17, 15],
])('a name is read through %s', (_, hex, text, end, start = 12) => {
  const reader = new ByteReader(readHex(HEADER + hex), start);
  expect(reader.name().toString()).toBe(text);
  expect(reader.position).toBe(end);
});

const BROKEN_NAMES = [
  ['a pointer to itself', 'c00c', 12],
  ['a pointer forward', 'c00e 03636f6d00', 12],
  ['a label and a pointer to itself', '0161 c00c', 12],
  ['two pointers to one another', 'c00e c00c', 14],
  ['a pointer to octets that were read on the way', '0161 0162 c00c', 14],
  ['a pointer into the header', 'c00b', 12],
  ['a pointer to octet 0', 'c000', 12],
  ['a pointer behind the end', 'ffff', 12],
  ['half a pointer', 'c0', 12],
  ['a label that runs on', '0361', 12],
  ['a missing root', '0161', 12],
  ['nothing', '', 12],
  ['a label of type 0x40', '4161', 12],
  ['a label of type 0x80', '8161', 12],
  ['a name that would run into the one that points at it', '0161 c00c', 14],
] as const;

test.each(BROKEN_NAMES)('CHG-18: a name with %s is refused', (_, hex, start) => {
  const reader = new ByteReader(readHex(HEADER + hex), start);
  expect(() => reader.name()).toThrow(ProtocolError);
});

test('CHG-18: a name ends with its window, though the message goes on', () => {
  const bytes = readHex(`${HEADER}0161 00`);
  expect(() => new ByteReader(bytes, 12, 14).name()).toThrow('a name runs past its end');
  expect(() => new ByteReader(bytes, 12, 13).name()).toThrow('a label runs past its end');
  expect(() => new ByteReader(readHex(`${HEADER}00 c00c`), 13, 14).name()).toThrow(
    'a pointer runs past its end',
  );
});

test('a name has at most 255 octets, pointers followed', () => {
  const label = `3f${'78'.repeat(63)}`;
  const rest = `3d${'79'.repeat(61)}`;
  const whole = readHex(HEADER + label.repeat(3) + rest + '00');
  expect(new ByteReader(whole, 12).name().wire).toHaveLength(255);
  const over = readHex(`${HEADER}${label.repeat(3)}3e${'79'.repeat(62)}00`);
  expect(() => new ByteReader(over, 12).name()).toThrow('a name has more than 255 octets (RFC 1035 §2.3.4)');
  // 3 · 64 + 62 + 1 = 255 octets, and one label of one octet in front of the pointer.
  const start = whole.length;
  const pointed = Uint8Array.of(...whole, ...readHex('0161 c00c'));
  expect(() => new ByteReader(pointed, start).name()).toThrow('more than 255 octets');
  const known = new ByteReader(pointed, 12);
  known.name();
  expect(() => known.name()).toThrow('more than 255 octets');
});

test('a chain of pointers ends, and one of more than 127 is refused', () => {
  const chain = (pointers: number): Uint8Array => {
    const octets = [...readHex(`${HEADER}0161 00`)];
    for (let count = 0; count < pointers; count++) {
      const target = count === 0 ? 12 : 15 + 2 * (count - 1);
      octets.push(0xc0 | (target >>> 8), target & 0xff);
    }
    return Uint8Array.from(octets);
  };
  expect(new ByteReader(chain(127), 15 + 2 * 126).name().toString()).toBe('a.');
  expect(() => new ByteReader(chain(128), 15 + 2 * 127).name()).toThrow(ProtocolError);
});

test('names remembered from earlier in the message are those that stand there', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 24 }).chain(pointerRich), (bytes) => {
      const reader = new ByteReader(bytes, 12);
      while (!reader.atEnd) {
        const at = reader.position;
        const remembered = attempt(() => reader.name());
        const fresh = attempt(() => new ByteReader(bytes, at).name());
        expect(remembered).toBe(fresh);
        if (fresh === 'refused') return;
      }
    }),
    { numRuns: 2000 },
  );
});

test('the names of one message share what they read', () => {
  const reader = new ByteReader(readHex(`${HEADER}0161 03636f6d00 0162c00e c013`), 12);
  const [, second, third] = [reader.name(), reader.name(), reader.name()];
  expect(second.toString()).toBe('b.com.');
  expect(third).toBe(second);
  expect(second).toBeInstanceOf(Name);
});

test('a place inside a name is remembered as what begins there', () => {
  const reader = new ByteReader(readHex(`${HEADER}0161 03636f6d00 0162c00e 0163c00e c013`), 12);
  const names = Array.from({ length: 4 }, () => reader.name().toString());
  expect(names).toEqual(['a.com.', 'b.com.', 'c.com.', 'b.com.']);
});

/** Short labels and pointers to anywhere near, behind a header. */
function pointerRich(seed: Uint8Array): fc.Arbitrary<Uint8Array> {
  const piece = fc.oneof(
    fc.constantFrom([1, 0x61], [1, 0x42], [2, 0x63, 0x64], [0]),
    fc.integer({ min: 10, max: 40 }).map((target) => [0xc0, target]),
  );
  return fc
    .array(piece, { maxLength: 16 })
    .map((pieces) =>
      Uint8Array.from([...readHex(HEADER), ...pieces.flat(), ...seed.map((octet) => octet & 3)]),
    );
}

function attempt(read: () => Name): string {
  try {
    return hexOf(read().wire);
  } catch (error) {
    if (error instanceof ProtocolError) return 'refused';
    throw error;
  }
}
