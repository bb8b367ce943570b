import { Framer } from './dso/framer.ts';
import type { Side, TranscriptEntry } from './transcript.ts';

/**
 * Makes the transcript of a connection while it goes on: takes the octets of both streams as they come and returns the
 * entries that they complete.
 */
export class TranscriptRecorder {
  readonly #framers: { readonly [S in Side]: Framer } = { C: new Framer(), S: new Framer() };
  #lastMs: number;

  constructor(nowMs: number) {
    this.#lastMs = nowMs;
  }

  /** Octets that a side sent. The caller must not write to them again before it has formatted what is returned. */
  octets(side: Side, chunk: Uint8Array, nowMs: number): readonly TranscriptEntry[] {
    const messages = [...this.#framers[side].receive(chunk)];
    return this.#at(
      nowMs,
      messages.map((bytes): TranscriptEntry => ({ kind: 'message', side, bytes })),
    );
  }

  /** A side ended the connection. What it had sent of an unfinished message is told before. */
  ended(side: Side, how: 'close' | 'abort', nowMs: number): readonly TranscriptEntry[] {
    const { partial } = this.#framers[side];
    const cut: readonly TranscriptEntry[] =
      partial.length === 0 ? [] : [{ kind: 'stream', side, bytes: partial }];
    return this.#at(nowMs, [...cut, { kind: how, side }]);
  }

  #at(nowMs: number, entries: readonly TranscriptEntry[]): readonly TranscriptEntry[] {
    if (entries.length === 0) return [];
    const ms = Math.round(nowMs - this.#lastMs);
    if (ms <= 0) return entries;
    this.#lastMs += ms;
    return [{ kind: 'wait', ms }, ...entries];
  }
}
