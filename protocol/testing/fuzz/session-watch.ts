import { readInitiated } from '../../dso/initiated.ts';
import { readDsoMessage } from '../../dso/message.ts';
import type { Phase } from '../../dso/session-phase.ts';
import type { Role } from '../../dso/tlv.ts';
import type { ClientOutput } from '../../push/client.ts';
import { PUSH_TLV_RULES } from '../../push/tlvs.ts';
import { opcodeOf, readMessage } from '../../wire/message.ts';
import { Opcode } from '../../wire/registry.ts';
import { must } from './trial.ts';

/** Nothing has more to do than this at one moment, or within one wait. */
const MAX_TICKS = 200;
/** Times that a session waits for at most: 2³²−2 ms twice, and some more. */
const MAX_AHEAD_MS = 2 ** 33 + 60_000;

/** What is watched of one end of a session. */
export interface Machine {
  readonly phase: Phase;
  readonly deadlineMs: number | undefined;
  receive(chunk: Uint8Array, nowMs: number): readonly ClientOutput[];
  tick(nowMs: number): readonly ClientOutput[];
}

/** Keeps the time for one end of a session and fails as soon as it does what no end may do, whatever it is sent. */
export class SessionWatch {
  readonly #machine: Machine;
  readonly #role: Role;
  /** Everything it said, in order. */
  readonly said: ClientOutput[] = [];
  #isClosed = false;
  #nowMs = 1_000;

  constructor(role: Role, machine: Machine) {
    this.#role = role;
    this.#machine = machine;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Takes note of what it said to something. */
  note(outputs: readonly ClientOutput[]): readonly ClientOutput[] {
    for (const output of outputs) {
      must(!this.#isClosed, `it said ${output.kind} after its end`);
      if (output.kind === 'close') this.#isClosed = true;
      else if (output.kind === 'send') this.#checkSent(output.bytes);
      this.said.push(output);
    }
    this.#checkRest();
    return outputs;
  }

  /** The peer's octets arrive, in pieces of about the same length. */
  receive(octets: Uint8Array, pieces: number): void {
    const size = Math.max(1, Math.ceil(octets.length / pieces));
    for (let at = 0; at === 0 || at < octets.length; at += size) {
      this.note(this.#machine.receive(octets.slice(at, at + size), this.#nowMs));
    }
  }

  /** Time passes, and what falls due is done at its time. */
  wait(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (let ticks = 0; (this.#machine.deadlineMs ?? Infinity) <= untilMs; ticks++) {
      must(ticks < MAX_TICKS, `it does not get past ${this.#nowMs} ms`);
      this.#nowMs = Math.max(this.#nowMs, this.#machine.deadlineMs!);
      this.note(this.#machine.tick(this.#nowMs));
    }
    this.#nowMs = untilMs;
    this.note(this.#machine.tick(untilMs));
  }

  /** Time passes until something falls due, if anything will. */
  due(): void {
    const { deadlineMs } = this.#machine;
    if (deadlineMs !== undefined) this.wait(Math.max(0, deadlineMs - this.#nowMs));
  }

  #checkRest(): void {
    const { deadlineMs, phase } = this.#machine;
    const isEnded = phase.name === 'ended';
    must(isEnded === this.#isClosed, `its phase is ${phase.name} and it said ${isEnded ? 'no' : 'its'} end`);
    if (deadlineMs === undefined) return;
    must(!isEnded, `something is due at ${deadlineMs} ms, after its end`);
    must(deadlineMs <= this.#nowMs + MAX_AHEAD_MS, `something is due at ${deadlineMs} ms`); // not NaN either
  }

  /** One whole message with its length, which its peer may be sent. */
  #checkSent(bytes: Uint8Array): void {
    const message = bytes.subarray(2);
    must(
      ((bytes[0]! << 8) | bytes[1]!) === message.length,
      'what it sent is not one message with its length',
    );
    must(this.#role === 'server' || this.#machine.phase.name !== 'draining', 'a client does not drain');
    if (opcodeOf(message) !== Opcode.DSO) {
      readMessage(message);
      return;
    }
    const read = readDsoMessage(message, PUSH_TLV_RULES);
    must(read.records === 0, 'what it sent counts records');
    if (read.isResponse) must(read.id !== 0, 'it sent a response with MESSAGE ID 0');
    else {
      const { kind } = readInitiated(read, this.#role, PUSH_TLV_RULES);
      must(kind === 'known', `it sent a message of ${kind}`);
    }
  }
}
