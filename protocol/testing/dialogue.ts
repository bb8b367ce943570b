import { framed } from '../dso/framer.ts';
import type { CloseOutput } from '../dso/session-output.ts';
import { PushClient } from '../push/client.ts';
import type { ClientOutput } from '../push/client.ts';
import { unreachable } from '../errors.ts';
import type { TranscriptEntry } from '../transcript.ts';
import { formatEntry } from '../transcript.ts';
import { hexOf } from '../wire/text.ts';
import type { Step } from './dialogue-script.ts';
import { readScript } from './dialogue-script.ts';
import type { Subject, TestServer } from './subjects.ts';
import { clientSubject, expectedSpeech, serverSubject, spoken, spokenClose } from './subjects.ts';

/** A subject that ticks this often within one line without coming to rest is stuck. */
const MAX_TICKS = 10_000;

/**
 * Holds a dialogue with a client or a server and fails at the first line that is not as written. Lines of the subject's
 * side and `=> …` are what it must say, in order and with nothing left over when the other side speaks, time passes or a
 * command is given; lines of the other side are what it hears; `+1000` lets time pass; anything else is a command.
 *
 * `S: … &` arrives in one piece with the next line; `C: … …` compares only the beginning; `=> abort fault §6.3.1` wants the
 * last words somewhere in the reason; `S: STREAM HEX` is octets without a length of their own.
 */
export function dialogue(machine: PushClient | TestServer, text: string): void {
  hold(machine instanceof PushClient ? clientSubject(machine) : serverSubject(machine), text);
}

/** The same with any subject. */
export function hold(subject: Subject, text: string): void {
  new Dialogue(subject, text).run();
}

type Sent = Exclude<TranscriptEntry, { readonly kind: 'wait' }>;

class Dialogue {
  readonly #subject: Subject;
  readonly #text: string;
  readonly #said: ClientOutput[] = [];
  #held = new Uint8Array();
  #nowMs = 0;

  constructor(subject: Subject, text: string) {
    this.#subject = subject;
    this.#text = text;
  }

  run(): void {
    this.#say(this.#subject.start(0));
    let last = 0;
    for (const step of readScript(this.#text)) {
      this.#step(step);
      last = step.line;
    }
    this.#expectSilence(last);
    if (this.#held.length > 0) this.#fail(last, 'the last line ends in "&" and nothing follows it');
  }

  #step(step: Step): void {
    switch (step.kind) {
      case 'told':
        this.#told(step);
        return;
      case 'command': {
        this.#expectSilence(step.line);
        const { words, end } = step.phrase;
        this.#say(this.#subject.command(words[0]!.text, { words: words.slice(1), end }, this.#nowMs));
        return;
      }
      case 'entry':
        if (step.entry.kind === 'wait') this.#wait(step.entry.ms, step.line);
        else if (step.entry.side === this.#subject.side) this.#expect(step.entry, step);
        else this.#hear(step.entry, step);
        return;
      default:
        unreachable(step);
    }
  }

  #say(outputs: readonly ClientOutput[]): void {
    this.#said.push(...outputs);
  }

  #wait(ms: number, line: number): void {
    this.#expectSilence(line);
    const untilMs = this.#nowMs + ms;
    for (let ticks = 0; (this.#subject.deadlineMs ?? Infinity) <= untilMs; ticks++) {
      if (ticks === MAX_TICKS) this.#fail(line, `the subject does not get past ${this.#nowMs} ms`);
      this.#nowMs = Math.max(this.#nowMs, this.#subject.deadlineMs!);
      this.#say(this.#subject.tick(this.#nowMs));
    }
    this.#nowMs = untilMs;
    this.#say(this.#subject.tick(untilMs));
  }

  #hear(entry: Sent, step: Step & { kind: 'entry' }): void {
    if (this.#held.length === 0) this.#expectSilence(step.line);
    if (step.isOpen) this.#fail(step.line, 'what the other side says must be written out');
    // That the other side is gone is for the subject's owner to learn, not for the subject.
    if (entry.kind !== 'message' && entry.kind !== 'stream') return;
    const octets = entry.kind === 'message' ? framed(entry.bytes) : entry.bytes;
    const chunk = new Uint8Array(this.#held.length + octets.length);
    chunk.set(this.#held);
    chunk.set(octets, this.#held.length);
    this.#held = step.isJoined ? chunk : new Uint8Array();
    if (!step.isJoined) this.#say(this.#subject.receive(chunk, this.#nowMs));
  }

  #expect(entry: Sent, step: Step & { kind: 'entry' }): void {
    const wanted = formatEntry(entry);
    const output = this.#said.shift();
    const said = output?.kind === 'close' ? this.#closeLine(output) : this.#lineOf(output);
    if (step.isOpen ? !said.startsWith(wanted) : said !== wanted) this.#fail(step.line, wanted, said);
    if (step.isOpen || entry.kind !== 'message' || output?.kind !== 'send') return;
    const octets = framed(entry.bytes);
    if (hexOf(output.bytes) === hexOf(octets)) return;
    this.#fail(
      step.line,
      `the octets ${hexOf(octets)}`,
      `other octets of the same meaning: ${hexOf(output.bytes)}`,
    );
  }

  #told(step: Step & { kind: 'told' }): void {
    if (step.text === 'nothing') {
      this.#expectSilence(step.line);
      return;
    }
    const output = this.#said.shift();
    const said = this.#lineOf(output);
    if (output?.kind === 'close') {
      const told = spokenClose(output);
      const [, fragment] = step.text.split(`${told} `);
      const isSo =
        step.text === told || (step.text.startsWith(told) && output.reason.includes(fragment ?? '\n'));
      if (!isSo) this.#fail(step.line, `=> ${step.text}`, `${said}: ${output.reason}`);
      return;
    }
    const wanted = `=> ${expectedSpeech(step.phrase)}`;
    if (said !== wanted && !said.startsWith(`${wanted} `)) this.#fail(step.line, wanted, said);
  }

  /** An output as the line of a dialogue; its octets must be one message with its length. */
  #lineOf(output: ClientOutput | undefined): string {
    if (output === undefined) return 'nothing';
    if (output.kind === 'close') return `=> ${spokenClose(output)}`;
    if (output.kind !== 'send') return `=> ${spoken(output)}`;
    const { side } = this.#subject;
    const bytes = output.bytes.subarray(2);
    const isFramed =
      output.bytes.length >= 2 && ((output.bytes[0]! << 8) | output.bytes[1]!) === bytes.length;
    return formatEntry(
      isFramed ? { kind: 'message', side, bytes } : { kind: 'stream', side, bytes: output.bytes },
    );
  }

  #closeLine({ how }: CloseOutput): string {
    return formatEntry({ kind: how === 'graceful' ? 'close' : 'abort', side: this.#subject.side });
  }

  #expectSilence(line: number): void {
    const [output] = this.#said;
    if (output !== undefined) this.#fail(line, 'nothing more before this line', this.#lineOf(output));
  }

  #fail(line: number, wanted: string, said?: string): never {
    const lines = this.#text.split('\n').map((text, at) => `${at + 1 === line ? '>' : ' '} ${text.trim()}`);
    const near = lines.slice(Math.max(0, line - 6), line + 1).join('\n');
    const difference = said === undefined ? wanted : `expected ${wanted}\n     got ${said}`;
    throw new Error(`line ${line} of the dialogue, at ${this.#nowMs} ms:\n${difference}\n\n${near}`);
  }
}

/** The opening of every dialogue with a client whose server grants these timeouts. */
export function established(inactivityMs = 15_000, keepaliveMs = 3_600_000): string {
  return `
    C: KEEPALIVE #1 inactivity=15000 keepalive=3600000
    S: RESPONSE #1 NOERROR KEEPALIVE inactivity=${inactivityMs} keepalive=${keepaliveMs}   => established`;
}

/** The opening of a dialogue with a server, whose client wishes these timeouts and gets them. */
export function opened(inactivityMs = 15_000, keepaliveMs = 3_600_000): string {
  return `
    C: KEEPALIVE #1 inactivity=${inactivityMs} keepalive=${keepaliveMs}
    S: RESPONSE #1 NOERROR KEEPALIVE inactivity=${inactivityMs} keepalive=${keepaliveMs}`;
}
