import { framed, Framer } from '../../protocol/dso/framer.ts';
import type { SessionOutput } from '../../protocol/dso/session-output.ts';
import type { Change } from '../../protocol/push/change.ts';
import { parseTranscript } from '../../protocol/transcript.ts';
import type { TranscriptEntry } from '../../protocol/transcript.ts';
import { formatMessage } from '../../protocol/transcript-message.ts';
import { ByteReader } from '../../protocol/wire/reader.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import type { PushSession } from './push-connection.ts';

/** A session that is honest but for one misbehaviour, played at its moment. */
export class MisbehavingSession implements PushSession {
  readonly #honest: PushSession;
  readonly #misbehaviour: Misbehaviour;
  readonly #framer = new Framer();
  /** When the script is due that does not wait for the client. */
  #dueMs: number | undefined;
  #isMute = false;

  constructor(honest: PushSession, misbehaviour: Misbehaviour, nowMs: number) {
    this.#honest = honest;
    this.#misbehaviour = misbehaviour;
    if (misbehaviour.at === 'connection') this.#dueMs = nowMs;
  }

  get subscriptionCount(): number {
    return this.#honest.subscriptionCount;
  }

  get deadlineMs(): number | undefined {
    return this.#dueMs ?? (this.#isMute ? undefined : this.#honest.deadlineMs);
  }

  receive(chunk: Uint8Array, nowMs: number): readonly SessionOutput[] {
    return [...this.#framer.receive(chunk)].flatMap((bytes) => this.#message(bytes, nowMs));
  }

  tick(nowMs: number): readonly SessionOutput[] {
    if (this.#dueMs === undefined) return this.#isMute ? [] : this.#honest.tick(nowMs);
    this.#dueMs = undefined;
    this.#isMute = this.#misbehaviour.isMuteAfter;
    return played(this.#misbehaviour.script);
  }

  publish(changes: readonly Change[], nowMs: number): readonly SessionOutput[] {
    return this.#isMute ? [] : this.#honest.publish(changes, nowMs);
  }

  shutdown(delay: Parameters<PushSession['shutdown']>[0], nowMs: number): readonly SessionOutput[] {
    return this.#honest.shutdown(delay, nowMs);
  }

  #message(bytes: Uint8Array, nowMs: number): readonly SessionOutput[] {
    if (this.#isMute) return [];
    const { at, isInstead, isMuteAfter, script } = this.#misbehaviour;
    const line = formatMessage(bytes);
    if (typeof at === 'string' || !at.test(line)) return this.#honest.receive(framed(bytes), nowMs);
    this.#isMute = isMuteAfter;
    const honest = isInstead ? [] : this.#honest.receive(framed(bytes), nowMs);
    return [...honest, ...played(filled(script, bytes, line))];
  }
}

/** The octets that a script sends, and how it ends the connection; what it cannot mean is a `TypeError`. */
export function played(script: string): readonly SessionOutput[] {
  const parsed = parseTranscript(script);
  if (!parsed.ok) throw new TypeError(parsed.message);
  return parsed.entries.map(output);
}

function output(entry: TranscriptEntry): SessionOutput {
  const reason = 'the server misbehaves as it was told to';
  switch (entry.kind) {
    case 'message':
      return { kind: 'send', bytes: framed(entry.bytes) };
    case 'stream':
      return { kind: 'send', bytes: entry.bytes };
    case 'close':
      return { kind: 'close', how: 'graceful', cause: 'done', reason };
    case 'abort':
      return { kind: 'close', how: 'abort', cause: 'done', reason };
    case 'wait':
      throw new TypeError('a script of a misbehaviour does not wait');
  }
}

/** A script with the MESSAGE ID and the name of the client's message in it. */
function filled(script: string, bytes: Uint8Array, line: string): string {
  const id = bytes.length < 2 ? 0 : new ByteReader(bytes).u16();
  const name = /^[A-Z]+ (?:#\d+ )?(\S+\.) /.exec(line)?.[1] ?? '.';
  return script.replace(/#ID\b/g, `#${id}`).replace(/\bNAME\b/g, () => name);
}
