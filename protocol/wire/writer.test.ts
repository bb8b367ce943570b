import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryName } from '../testing/arbitraries.ts';
import { Name } from './name.ts';
import { ByteReader } from './reader.ts';
import { hexOf } from './text.ts';
import { ByteWriter } from './writer.ts';

const HEADER_OCTETS = 12;

function afterHeader(capacity = 512): ByteWriter {
  const writer = new ByteWriter(capacity);
  writer.octets(new Uint8Array(HEADER_OCTETS));
  return writer;
}

test('integers are big-endian', () => {
  const writer = new ByteWriter();
  writer.u8(0x01);
  writer.u16(0xfffe);
  writer.u32(0xfffffffd);
  expect(hexOf(writer.finish())).toBe('01fffefffffffd');
});

test('octets written where the buffer grows are not lost', () => {
  const writer = new ByteWriter(1);
  writer.u8(1);
  writer.u8(2);
  writer.octets(Uint8Array.of(3, 4, 5, 6, 7));
  writer.u16(0x0809);
  writer.u32(0x0a0b0c0d);
  writer.name(Name.of('a'), false);
  expect(hexOf(writer.finish())).toBe('0102030405060708090a0b0c0d016100');
});

test('a name is compressed to the longest suffix that stands in the message', () => {
  const writer = afterHeader();
  writer.name(Name.of('b.example.com'), true);
  writer.name(Name.of('a.b.example.com'), true);
  writer.name(Name.of('c.com'), true);
  writer.name(Name.of('b.example.com'), true);
  writer.name(Name.root, true);
  expect(hexOf(writer.finish().subarray(HEADER_OCTETS))).toBe(
    '0162076578616d706c6503636f6d000161c00c0163c016c00c00',
  );
});

test('a pointer never changes the case of a name', () => {
  const writer = afterHeader();
  writer.name(Name.of('Example.com'), true);
  writer.name(Name.of('example.com'), true);
  expect(hexOf(writer.finish().subarray(HEADER_OCTETS))).toBe(
    '074578616d706c6503636f6d00076578616d706c65c014',
  );
});

test('a name that must not be compressed is not, and may be pointed at', () => {
  const writer = afterHeader();
  writer.name(Name.of('a.b'), true);
  writer.name(Name.of('c.a.b'), false);
  writer.name(Name.of('c.a.b'), true);
  expect(hexOf(writer.finish().subarray(HEADER_OCTETS))).toBe('016101620001630161016200c011');
});

test('nothing is pointed at that a pointer cannot reach', () => {
  const writer = new ByteWriter();
  writer.octets(new Uint8Array(0x4000));
  writer.name(Name.of('far'), true);
  writer.name(Name.of('far'), true);
  expect(hexOf(writer.finish().subarray(0x4000))).toBe('03666172000366617200');
  const near = new ByteWriter();
  near.octets(new Uint8Array(0x3fff));
  near.name(Name.of('near'), true);
  near.name(Name.of('near'), true);
  expect(hexOf(near.finish().subarray(0x3fff))).toBe('046e65617200ffff');
});

test('what is taken back is not pointed at', () => {
  const writer = afterHeader();
  writer.name(Name.of('a.com'), true);
  const { length } = writer;
  writer.name(Name.of('b.org'), true);
  writer.truncate(length);
  writer.name(Name.of('c.org'), true);
  writer.name(Name.of('d.a.com'), true);
  expect(hexOf(writer.finish().subarray(HEADER_OCTETS))).toBe('016103636f6d000163036f7267000164c00c');
});

test('any names are read back octet for octet, compressed or not', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(arbitraryName, fc.boolean()), { maxLength: 8 }), (names) => {
      const writer = afterHeader(8);
      for (const [name, compress] of names) writer.name(name, compress);
      const reader = new ByteReader(writer.finish(), HEADER_OCTETS);
      for (const [name] of names) expect(hexOf(reader.name().wire)).toBe(hexOf(name.wire));
      expect(reader.atEnd).toBe(true);
    }),
  );
});
