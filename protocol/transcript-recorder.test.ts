import { expect, test } from 'vitest';
import { framed } from './dso/framer.ts';
import { loadVectors } from './testing/hex.ts';
import { TranscriptRecorder } from './transcript-recorder.ts';
import type { Side, TranscriptEntry } from './transcript.ts';
import { formatEntry, parseTranscript } from './transcript.ts';

const CAPTURE = loadVectors('apple-01');

test('a recorded connection is the transcript of its messages, whatever the chunks', () => {
  const whole = record((recorder) =>
    CAPTURE.flatMap(({ line, framed: octets }) => recorder.octets(sideOf(line), octets, 0)),
  );
  const octetByOctet = record((recorder) =>
    CAPTURE.flatMap(({ line, framed: octets }) =>
      Array.from(octets, (octet) => recorder.octets(sideOf(line), Uint8Array.of(octet), 0)).flat(),
    ),
  );
  expect(whole).toEqual(CAPTURE.map(({ line }) => line));
  expect(octetByOctet).toEqual(whole);
});

test('time that passes between messages has its line, and what happens at once has none', () => {
  const unsubscribe = framed(CAPTURE.at(-1)!.message);
  const lines = record((recorder) => [
    ...recorder.octets('C', unsubscribe, 100),
    ...recorder.octets('C', unsubscribe.subarray(0, 5), 600.4),
    ...recorder.octets('C', unsubscribe.subarray(5), 1100.4),
    ...recorder.octets('C', unsubscribe, 1100.8),
    ...recorder.ended('C', 'close', 1102),
    ...recorder.ended('S', 'abort', 1102),
  ]);
  expect(lines).toEqual([
    '+100',
    'C: UNSUBSCRIBE 2',
    '+1000',
    'C: UNSUBSCRIBE 2',
    '+1',
    'C: UNSUBSCRIBE 2',
    '+1',
    'C: CLOSE',
    'S: ABORT',
  ]);
});

test('what a side had sent of a message when it ended is told', () => {
  const lines = record((recorder) => [
    ...recorder.octets('S', Uint8Array.of(0, 9, 1), 0),
    ...recorder.ended('S', 'abort', 0),
  ]);
  expect(lines).toEqual(['S: STREAM 000901', 'S: ABORT']);
  expect(parseTranscript(lines.join('\n')).ok).toBe(true);
});

function record(run: (recorder: TranscriptRecorder) => readonly TranscriptEntry[]): readonly string[] {
  return run(new TranscriptRecorder(0)).map((entry) => formatEntry(entry));
}

function sideOf(line: string): Side {
  return line.startsWith('C: ') ? 'C' : 'S';
}
