import { expect, test } from 'vitest';
import { PushClient } from '../push/client.ts';
import type { ClientOutput } from '../push/client.ts';
import { TranscriptRecorder } from '../transcript-recorder.ts';
import type { Side } from '../transcript.ts';
import { formatEntry } from '../transcript.ts';
import { Name } from '../wire/name.ts';
import { replay } from './replay.ts';
import { TestServer } from './subjects.ts';
import { TestZones } from './test-zones.ts';

const QUESTION = { name: Name.of('_ipp._tcp.example.com'), type: 12, class: 1 };
const ZONE = '_ipp._tcp.example.com. 60 IN PTR Dr\\.\\032Pepper._ipp._tcp.example.com.';

test('the transcript of a session runs as a test', () => {
  const transcript = recordedSession();
  expect(transcript).toContain('C: UNSUBSCRIBE 2');
  expect(transcript).toContain('C: KEEPALIVE #3');
  expect(transcript).toContain('C: CLOSE');
  replay(new PushClient(0), transcript);
});

test('and fails when the client no longer says what it said', () => {
  const transcript = recordedSession();
  const wrong = [
    transcript.replace('C: UNSUBSCRIBE 2', 'C: UNSUBSCRIBE 7'),
    transcript.replace('C: KEEPALIVE #3', 'C: KEEPALIVE #4'),
    transcript.replace(/^C: KEEPALIVE #3.*$/m, ''),
    transcript.replace('C: SUBSCRIBE #2', 'C: SUBSCRIBE #9'),
    `${transcript}\nC: ABORT`,
  ];
  for (const text of wrong) expect(() => replay(new PushClient(0), text)).toThrow(/line \d+ of the dialogue/);
  expect(() => replay(new PushClient(0), 'C: DANCE')).toThrow('Line 1, column 4 of the transcript');
});

test('a transcript that ends in an abort is replayed to it', () => {
  const transcript = `# the server broke a rule
    +35
    C: KEEPALIVE #1 inactivity=15000 keepalive=3600000
    S: RESPONSE #1 NOERROR KEEPALIVE inactivity=15000 keepalive=3600000
    S: TYPE63488`;
  expect(() => replay(new PushClient(0), `${transcript}\nC: ABORT`)).not.toThrow();
  expect(() => replay(new PushClient(0), transcript)).toThrow('abort fault');
});

/** A client and a server that talk for a while, as the connection between them saw it. */
function recordedSession(): string {
  const client = new PushClient(0);
  const server = new TestServer(new TestZones(['example.com.'], ZONE)).session;
  const recorder = new TranscriptRecorder(-20);
  const lines: string[] = [];
  const pass = (side: Side, outputs: readonly ClientOutput[], nowMs: number): void => {
    for (const output of outputs) {
      if (output.kind === 'close') {
        lines.push(
          ...recorder.ended(side, output.how === 'abort' ? 'abort' : 'close', nowMs).map(formatEntry),
        );
      } else if (output.kind === 'send') {
        lines.push(...recorder.octets(side, output.bytes, nowMs).map(formatEntry));
        const [other, reply] = side === 'C' ? (['S', server] as const) : (['C', client] as const);
        pass(other, reply.receive(output.bytes, nowMs), nowMs);
      }
    }
  };
  const tick = (): void => {
    const atMs = client.deadlineMs!;
    pass('C', client.tick(atMs), atMs);
  };
  pass('C', client.open(0), 0);
  pass('C', client.subscribe(QUESTION, 40), 40);
  tick();
  pass('C', client.unsubscribe(QUESTION, 4_000_000), 4_000_000);
  tick();
  return lines.join('\n');
}
