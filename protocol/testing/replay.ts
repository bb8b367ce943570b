import type { ClientOutput, PushClient } from '../push/client.ts';
import { parseTranscript } from '../transcript.ts';
import type { TranscriptEntry } from '../transcript.ts';
import { formatEntry } from '../transcript.ts';
import { hold } from './dialogue.ts';
import type { Subject } from './subjects.ts';
import { clientSubject } from './subjects.ts';

/**
 * Runs the transcript of a session through a client, as it was pasted: what the server said is fed in, and the client must
 * say what it said then. What it is told to do is read from its own lines, but for closing in good order, of which a
 * transcript does not say whose wish it was.
 */
export function replay(client: PushClient, transcript: string): void {
  const parsed = parseTranscript(transcript);
  if (!parsed.ok) throw new TypeError(parsed.message);
  const start = parsed.entries.findIndex((entry) => entry.kind === 'message');
  hold(withoutTalk(clientSubject(client)), withCommands(parsed.entries.slice(start)));
}

/** The lines of a dialogue: before each that a client does not say by itself, what has it say so. */
function withCommands(entries: readonly TranscriptEntry[]): string {
  const questions = new Map<string, string>();
  const lines = entries.flatMap((entry): readonly string[] => {
    const line = formatEntry(entry);
    if (line === 'C: CLOSE') return [];
    const [, id, question] = /^C: SUBSCRIBE #(\d+) (.*?)(?: \+ |$)/.exec(line) ?? [];
    if (id !== undefined && question !== undefined) {
      questions.set(id, question);
      return [`subscribe ${question}`, line];
    }
    const unsubscribed = questions.get(/^C: UNSUBSCRIBE (\d+)$/.exec(line)?.[1] ?? '');
    if (unsubscribed !== undefined) return [`unsubscribe ${unsubscribed}`, line];
    const doubted = /^C: RECONFIRM (.*)$/.exec(line)?.[1];
    return doubted === undefined ? [line] : [`reconfirm ${doubted}`, line];
  });
  return lines.join('\n');
}

/** The subject as its peer knows it: octets and broken connections. */
function withoutTalk(subject: Subject): Subject {
  const heard = (outputs: readonly ClientOutput[]): readonly ClientOutput[] =>
    outputs.filter((output) => output.kind === 'send' || (output.kind === 'close' && output.how === 'abort'));
  return {
    side: subject.side,
    get deadlineMs() {
      return subject.deadlineMs;
    },
    start: (nowMs) => heard(subject.start(nowMs)),
    receive: (chunk, nowMs) => heard(subject.receive(chunk, nowMs)),
    tick: (nowMs) => heard(subject.tick(nowMs)),
    command: (verb, phrase, nowMs) => heard(subject.command(verb, phrase, nowMs)),
  };
}
