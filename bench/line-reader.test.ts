import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { LineReader } from './line-reader.ts';

test('a line that comes in pieces is read when it is whole, and those before it that nobody wants are passed over', async () => {
  const stream = new PassThrough();
  const reader = new LineReader(stream);
  const wanted = reader.next((text) => text.includes('2'));

  stream.write('line 1\nli');
  stream.write('ne 2\nline 3\n');

  expect(await wanted).toMatchObject({ text: 'line 2' });
});

test('a line is stamped when it is read', async () => {
  const stream = new PassThrough();
  const wanted = new LineReader(stream).next(() => true);
  const beforeMs = performance.now();
  stream.write('line\n');

  const { readMs } = await wanted;

  expect(readMs).toBeGreaterThanOrEqual(beforeMs);
  expect(readMs).toBeLessThanOrEqual(performance.now());
});
