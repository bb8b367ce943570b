import type { Clock } from '../net/clock.ts';
import type { TransportTarget } from '../net/tls-opening.ts';
import type { Connect, Transport, TransportEnd } from '../net/tls-transport.ts';
import { framed, Framer } from '../../protocol/dso/framer.ts';
import { parseTranscript } from '../../protocol/transcript.ts';
import { formatMessage } from '../../protocol/transcript-message.ts';

/** What a session under examination needs of the world. */
export interface SessionDependencies {
  readonly clock: Clock;
  readonly connect: Connect;
}

/** What was heard of the subject: a message, the end of the connection in good order or not, or nothing in time. */
export type Heard =
  | { readonly kind: 'message'; readonly line: string; readonly bytes: Uint8Array }
  | { readonly kind: 'close' | 'abort' | 'silence' };

/** A connection to the subject, or why there is none. */
export type Opened =
  | { readonly ok: true; readonly session: ConformanceSession }
  | { readonly ok: false; readonly reason: string };

/** A raw session with a push server: says what it is told to in the words of a transcript, and listens. Follows no rule itself. */
export class ConformanceSession {
  /** Both sides' lines so far. */
  readonly transcript: string[] = [];
  /** The PUSHes that came. */
  readonly pushes: Uint8Array[] = [];
  readonly #clock: Clock;
  readonly #transport: Transport;
  readonly #framer = new Framer();
  readonly #heard: Heard[] = [];
  readonly #isReady: Promise<string | undefined>;
  #end: Heard | undefined;
  #waiting: ((heard: Heard) => void) | undefined;

  private constructor({ clock, connect }: SessionDependencies, target: TransportTarget) {
    let settle: (reason: string | undefined) => void = () => undefined;
    this.#isReady = new Promise((resolve) => (settle = resolve));
    this.#clock = clock;
    this.#transport = connect(target, {
      onPhase: () => undefined,
      onSecure: () => settle(undefined),
      onData: (chunk) => this.#receive(chunk),
      onEnd: (end) => {
        settle(end.reason);
        this.#over(end);
      },
    });
  }

  /** Connects by TLS, and sends nothing. */
  static async open(dependencies: SessionDependencies, target: TransportTarget): Promise<Opened> {
    const session = new ConformanceSession(dependencies, target);
    const reason = await session.#isReady;
    return reason === undefined ? { ok: true, session } : { ok: false, reason };
  }

  /** Sends messages in one write; each is a line of a transcript, with its side. */
  say(lines: readonly string[]): void {
    const parsed = parseTranscript(lines.join('\n'));
    if (!parsed.ok) throw new TypeError(parsed.message);
    this.transcript.push(...lines);
    const octets = parsed.entries.flatMap((entry) => {
      if (entry.kind !== 'message') throw new TypeError('only messages can be said');
      return [...framed(entry.bytes)];
    });
    this.#transport.send(Uint8Array.from(octets));
  }

  /** What comes next, `silence` if nothing does within `forMs`. After the end it is the end, again and again. */
  hear(forMs: number): Promise<Heard> {
    const next = this.#heard.shift() ?? this.#end;
    if (next !== undefined) return Promise.resolve(next);
    return new Promise((resolve) => {
      const done = (heard: Heard): void => {
        stop();
        this.#waiting = undefined;
        resolve(heard);
      };
      const stop = this.#clock.at(this.#clock.nowMs() + forMs, () => done({ kind: 'silence' }));
      this.#waiting = done;
    });
  }

  /** Ends it in good order. */
  close(): void {
    this.#transport.close();
  }

  #receive(chunk: Uint8Array): void {
    for (const bytes of this.#framer.receive(chunk)) {
      const line = formatMessage(bytes);
      this.transcript.push(`S: ${line}`);
      if (line.startsWith('PUSH')) this.pushes.push(bytes);
      this.#tell({ kind: 'message', line, bytes });
    }
  }

  #over({ kind }: TransportEnd): void {
    const isOurs = kind === 'closed' || kind === 'aborted';
    const end: Heard = { kind: kind === 'eof' || isOurs ? 'close' : 'abort' };
    if (!isOurs) this.transcript.push(end.kind === 'close' ? 'S: CLOSE' : 'S: ABORT');
    this.#end = end;
    this.#waiting?.(end);
  }

  #tell(heard: Heard): void {
    if (this.#waiting === undefined) this.#heard.push(heard);
    else this.#waiting(heard);
  }
}
