import { expect, test } from 'vitest';
import { OctetPool } from './octet-pool.ts';

test.each([0, 1, 64, 65, 300, 2047, 2048, 65_535])('%i octets are copied, not viewed', (length) => {
  const pool = new OctetPool();
  const octets = Uint8Array.from({ length }, (_, at) => at % 251);
  const expected = Uint8Array.from(octets);

  const copy = pool.copy(octets);
  octets.fill(255);

  expect(copy).toEqual(expected);
});

test('copies do not overlap, however many there are', () => {
  const pool = new OctetPool();
  const copies = Array.from({ length: 500 }, (_, number) =>
    pool.copy(new Uint8Array(100).fill(number % 256)),
  );

  expect(copies.map((copy) => [...new Set(copy)])).toEqual(copies.map((_, number) => [number % 256]));
});

test('what is copied keeps little else alive', () => {
  const pool = new OctetPool();
  const message = new Uint8Array(60_000);

  for (const length of [4, 100, 2000]) {
    expect(pool.copy(message.subarray(12, 12 + length)).buffer.byteLength).toBeLessThanOrEqual(8192);
  }
});
