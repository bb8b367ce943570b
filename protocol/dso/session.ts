import { ProtocolError } from '../errors.ts';
import { HEADER_OCTETS, opcodeOf } from '../wire/message.ts';
import { NameMemory } from '../wire/name-memory.ts';
import { Opcode, Rcode, rcodeName } from '../wire/registry.ts';
import type { BaseTlv, Timeouts } from './base-tlvs.ts';
import { isBaseTlv, keepaliveOf, keepaliveTlv, padded, retryDelayOf, retryDelayTlv } from './base-tlvs.ts';
import { framed, Framer } from './framer.ts';
import { readInitiated } from './initiated.ts';
import type { DsoHeader, DsoMessage } from './message.ts';
import { readDsoMessage, writeDsoMessage } from './message.ts';
import { Operations } from './operations.ts';
import { checkOrdinary } from './ordinary.ts';
import type { Deadline } from './session-timers.ts';
import { SessionTimers } from './session-timers.ts';
import type { CloseOutput, EndCause, PeerRequest, SessionEvent, SessionOutput } from './session-output.ts';
import type { Phase } from './session-phase.ts';
import { KEEPALIVE_REPLY_MS, PROBE_REPLY_MS, RETRY_DELAY_GRACE_MS } from './session-phase.ts';
import type { OutgoingTlv, Role, TlvRules } from './tlv.ts';

/** What a session needs to know beforehand. */
export interface SessionOptions<Value> {
  readonly role: Role;
  /** The TLVs of the layer above beside the base ones. */
  readonly rules: TlvRules<Value | BaseTlv>;
  /** A client's wishes in every Keepalive; for a server, what it grants a client that wishes this. */
  readonly timeouts: (wishes: Timeouts | undefined) => Timeouts;
}

/** A request that was sent, and the MESSAGE ID that its operation goes by. */
export interface SentRequest {
  readonly id: number;
  readonly output: SessionOutput;
}

type Output<Value> = SessionOutput | SessionEvent<Value>;

/**
 * One end of a DSO session (RFC 8490): takes octets and the time, returns what to send, when to close, and what it means
 * to the layer above. It knows framing, MESSAGE IDs, the base TLVs and both timers, and nothing of what the others say.
 */
export class DsoSession<Value extends { readonly kind: string }> {
  readonly #options: SessionOptions<Value>;
  readonly #framer = new Framer();
  readonly #names = new NameMemory();
  readonly #operations = new Operations();
  /** MESSAGE IDs of the peer's live operations: the other half of the 17-bit space (RFC 8490 §5.5.2). */
  readonly #held = new Set<number>();
  readonly #timers: SessionTimers;
  #phase: Phase;

  constructor(options: SessionOptions<Value>, nowMs: number) {
    this.#options = options;
    this.#timers = new SessionTimers(options.role, nowMs);
    this.#phase = { name: 'establishing', sinceMs: nowMs };
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** The timeouts in force. */
  get timeouts(): Timeouts {
    return this.#timers.timeouts;
  }

  /** When `tick` has something to do, in the caller's milliseconds; undefined while nothing is awaited. */
  get deadlineMs(): number | undefined {
    const { atMs } = this.#deadline();
    return atMs === Infinity ? undefined : atMs;
  }

  /**
   * A client's opener: a Keepalive, since its refusal can only mean that the server does no DSO, where that of another
   * request can mean anything (RFC 8490 §5.2).
   */
  open(nowMs: number): SessionOutput {
    return this.#keepalive(nowMs);
  }

  /** Takes octets from the peer. Octets behind the end of the session are dropped. */
  *receive(chunk: Uint8Array, nowMs: number): Generator<Output<Value>, void, undefined> {
    for (const bytes of this.#framer.receive(chunk)) {
      if (this.#phase.name === 'ended') return;
      if (this.#phase.name === 'draining') continue;
      try {
        yield* this.#message(bytes, nowMs);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        yield { ...this.abort('fault', error.message), fault: error };
        return;
      }
    }
  }

  /** Does what is due at `nowMs`. */
  tick(nowMs: number): readonly SessionOutput[] {
    const { kind, atMs } = this.#deadline();
    if (nowMs < atMs) return [];
    switch (kind) {
      case 'establishment':
        return [this.abort('silence', 'no answer to the opener within 30 s (RFC 8490 §5.1.1)')];
      case 'keepalive':
        return [this.#keepalive(nowMs)];
      case 'keepalive-reply':
        return [this.abort('silence', 'no answer to a Keepalive within 30 s (RFC 8490 §6.5)')];
      case 'probe-reply':
        return [this.abort('severed', 'no answer to a Keepalive within 5 s of a change of the network')];
      case 'silence':
        return [this.abort('silence', 'the client was silent for two keepalive intervals (RFC 8490 §6.5.1)')];
      case 'idle':
        return [this.#idle()];
      case 'drain':
        return [this.abort('retry-delay', 'the client did not close after Retry Delay (RFC 8490 §6.6.1)')];
      case 'nothing':
        return [];
    }
  }

  /** Sends a request; undefined when all MESSAGE IDs are in use. A client may do so before the session is established. */
  request(tlv: OutgoingTlv, nowMs: number): SentRequest | undefined {
    const isLongLived = this.#options.rules.get(tlv.type)?.isLongLived ?? false;
    const id = this.#operations.start({ kind: 'pending', isLongLived }, nowMs);
    if (id === undefined) return undefined;
    return { id, output: this.#send({ id, isResponse: false, rcode: Rcode.NOERROR }, [tlv], nowMs) };
  }

  /** The network has changed under the connection: a Keepalive, new or under way, shows if it still leads anywhere (RFC 8490 §6.5). */
  probe(nowMs: number): readonly SessionOutput[] {
    if (this.#phase.name !== 'established' || this.#operations.hurry(nowMs + PROBE_REPLY_MS)) return [];
    return [this.#keepalive(nowMs, true)];
  }

  /** Sends a unidirectional message, which only an established session allows (RFC 8490 §5.1). */
  notify(tlv: OutgoingTlv, nowMs: number): SessionOutput {
    if (this.#phase.name !== 'established') throw new TypeError('no notice yet (RFC 8490 §5.1)');
    return this.#send({ id: 0, isResponse: false, rcode: Rcode.NOERROR }, [tlv], nowMs);
  }

  /** Answers a request of the peer. NOERROR establishes a session and keeps a long-lived operation's MESSAGE ID in use. */
  respond(
    request: PeerRequest<Value>,
    rcode: number,
    tlvs: readonly OutgoingTlv[],
    nowMs: number,
  ): SessionOutput {
    if (rcode === Rcode.NOERROR) {
      if (this.#phase.name === 'establishing') this.#phase = { name: 'established' };
      if (this.#options.rules.get(request.type)?.isLongLived === true) this.#held.add(request.id);
    }
    return this.#send({ id: request.id, isResponse: true, rcode }, padded(tlvs, request.isPadded), nowMs);
  }

  /** Sends an ordinary DNS message on the session. */
  ordinary(bytes: Uint8Array, nowMs: number): SessionOutput {
    this.#timers.message(false, nowMs);
    return { kind: 'send', bytes: framed(bytes) };
  }

  /** An operation of ours is given up. */
  release(id: number, nowMs: number): void {
    this.#operations.giveUp(id, nowMs);
  }

  /** An operation of the peer is over. */
  releasePeer(id: number): void {
    this.#held.delete(id);
  }

  /** A server asks the client to leave and not to come back for a while (RFC 8490 §6.6.1). */
  sendAway(delayMs: number, rcode: number, nowMs: number): SessionOutput {
    if (this.#phase.name !== 'established') throw new TypeError('no Retry Delay yet (RFC 8490 §5.1)');
    const output = this.#send({ id: 0, isResponse: false, rcode }, [retryDelayTlv(delayMs)], nowMs);
    this.#phase = { name: 'draining', untilMs: nowMs + RETRY_DELAY_GRACE_MS };
    return output;
  }

  /** Ends the session so that what is under way arrives. */
  close(cause: EndCause, reason: string): CloseOutput {
    this.#phase = { name: 'ended' };
    return { kind: 'close', how: 'graceful', cause, reason };
  }

  /** Ends the session at once. */
  abort(cause: EndCause, reason: string): CloseOutput {
    this.#phase = { name: 'ended' };
    return { kind: 'close', how: 'abort', cause, reason };
  }

  #idle(): CloseOutput {
    if (this.#options.role === 'client')
      return this.close('idle', 'nothing is in progress (RFC 8490 §6.4.1)');
    return this.abort('idle', 'the client did not close an idle session (RFC 8490 §6.4.1)');
  }

  /** What comes of one message. It throws before anything has come of it, so that nothing gets lost. */
  #message(bytes: Uint8Array, nowMs: number): readonly Output<Value>[] {
    if (bytes.length < HEADER_OCTETS)
      throw new ProtocolError('RFC 8490 §5.4', 'a message has no whole header');
    if (opcodeOf(bytes) !== Opcode.DSO) {
      this.#timers.message(false, nowMs);
      checkOrdinary(bytes, this.#options.role, this.#phase);
      return [{ kind: 'ordinary', bytes }];
    }
    const message = readDsoMessage(bytes, this.#options.rules, this.#names);
    const isKeepalive = message.isResponse
      ? this.#operations.isKeepalive(message.id)
      : message.tlvs[0]?.value?.kind === 'keepalive';
    this.#timers.message(isKeepalive, nowMs);
    return message.isResponse ? this.#response(message, nowMs) : this.#initiated(message, nowMs);
  }

  #response(message: DsoMessage<Value | BaseTlv>, nowMs: number): readonly Output<Value>[] {
    const { id, rcode } = message;
    if (message.records > 0) throw new ProtocolError('RFC 8490 §5.4', 'a response counts records');
    const answer = this.#operations.answer(id, rcode, nowMs);
    if (answer === 'keepalive') return this.#keepaliveResponse(message, nowMs);
    const established = rcode === Rcode.NOERROR ? this.#establish() : [];
    if (answer === 'absorbed') return established;
    const retryDelayMs = retryDelayOf(message.tlvs.map((tlv) => tlv.value));
    return [...established, { kind: answer, id, rcode, retryDelayMs }];
  }

  #keepaliveResponse(message: DsoMessage<Value | BaseTlv>, nowMs: number): readonly Output<Value>[] {
    if (message.rcode !== Rcode.NOERROR) {
      // An established session outlives it: an error response is no reason to close (RFC 8490 §5.5.3).
      if (this.#phase.name === 'established') return [];
      return [this.close('no-dso', `the opener was answered ${rcodeName(message.rcode)} (RFC 8490 §5.1.1)`)];
    }
    this.#timers.adopt(keepaliveOf(message.tlvs.map((tlv) => tlv.value)), nowMs);
    return this.#establish();
  }

  #initiated(message: DsoMessage<Value | BaseTlv>, nowMs: number): readonly Output<Value>[] {
    const { role, rules } = this.#options;
    const isEarly = this.#phase.name === 'establishing' && (role === 'client' || message.id === 0);
    // An overloaded server may turn a client away before it answers the opener; that does no harm.
    if (isEarly && message.tlvs[0]?.value?.kind !== 'retry-delay') {
      throw new ProtocolError('RFC 8490 §5.1', 'the session is not established');
    }
    const initiated = readInitiated(message, role === 'client' ? 'server' : 'client', rules);
    if (initiated.kind !== 'known') {
      const rcode = initiated.kind === 'formerr' ? Rcode.FORMERR : Rcode.DSOTYPENI;
      return [this.#send({ id: message.id, isResponse: true, rcode }, padded([], initiated.isPadded), nowMs)];
    }
    const { request } = initiated;
    if (this.#held.has(request.id))
      throw new ProtocolError('RFC 8490 §5.4.1', `MESSAGE ID ${request.id} is in use`);
    if (!isBaseTlv(request.value)) {
      const value = request.value;
      return [request.id === 0 ? { kind: 'notice', value } : { ...request, value }];
    }
    if (request.value.kind === 'keepalive') return this.#keepaliveFromPeer(request, request.value, nowMs);
    if (request.value.kind === 'retry-delay') {
      const { delayMs } = request.value;
      const reason = `the server asks to stay away for ${delayMs} ms, ${rcodeName(message.rcode)} (RFC 8490 §6.6.1)`;
      return [{ ...this.close('retry-delay', reason), retryDelayMs: delayMs }];
    }
    return [];
  }

  #keepaliveFromPeer(
    request: PeerRequest<unknown>,
    timeouts: Timeouts,
    nowMs: number,
  ): readonly Output<Value>[] {
    if (this.#options.role === 'client') {
      this.#timers.adopt(timeouts, nowMs);
      return [];
    }
    this.#timers.adopt(this.#options.timeouts(timeouts), nowMs);
    const tlvs = padded([keepaliveTlv(this.timeouts)], request.isPadded);
    const response = { id: request.id, isResponse: true, rcode: Rcode.NOERROR };
    return [this.#send(response, tlvs, nowMs, true), ...this.#establish()];
  }

  #establish(): readonly SessionEvent<Value>[] {
    if (this.#phase.name !== 'establishing') return [];
    this.#phase = { name: 'established' };
    return [{ kind: 'established' }];
  }

  #keepalive(nowMs: number, isProbe = false): SessionOutput {
    const untilMs = nowMs + (isProbe ? PROBE_REPLY_MS : KEEPALIVE_REPLY_MS);
    const id = this.#operations.start({ kind: 'keepalive', untilMs, isProbe }, nowMs);
    if (id === undefined) return this.abort('fault', 'no MESSAGE ID is left for a Keepalive');
    const tlv = keepaliveTlv(this.#options.timeouts(undefined));
    return this.#send({ id, isResponse: false, rcode: Rcode.NOERROR }, [tlv], nowMs, true);
  }

  #send(header: DsoHeader, tlvs: readonly OutgoingTlv[], nowMs: number, isKeepalive = false): SessionOutput {
    this.#timers.message(isKeepalive, nowMs);
    return { kind: 'send', bytes: framed(writeDsoMessage(header, tlvs)) };
  }

  #deadline(): Deadline {
    const isBusy = this.#operations.active + this.#held.size > 0;
    return this.#timers.next(this.#phase, { isBusy, keepalive: this.#operations.keepalive });
  }
}
