import type { CloseOutput, SessionOutput } from '../../../protocol/dso/session-output.ts';
import type { Change } from '../../../protocol/push/change.ts';
import type { PushZones } from '../../../protocol/push/server.ts';
import { DEFAULT_SERVER_OPTIONS, PushServerSession } from '../../../protocol/push/server.ts';
import { Rcode } from '../../../protocol/wire/registry.ts';
import { shownPeer } from '../../net/testing/shown-peer.ts';
import type { TransportTarget } from '../../net/tls-opening.ts';
import type { Transport, TransportEnd, TransportEvents } from '../../net/tls-transport.ts';
import type { VirtualClock } from '../../net/virtual-clock.ts';

/** What a link is made with. */
export interface EtherLinkParts {
  readonly zones: PushZones;
  readonly clock: VirtualClock;
  /** Does something when the network flows. */
  readonly later: (task: () => void) => void;
  /** `dead`: nothing listens there. `silent`: whatever is sent there is lost. `stranger`: it cannot show who it is. */
  readonly state: 'alive' | 'dead' | 'silent' | 'stranger';
  /** What becomes of the RCODE of each of its responses. */
  readonly rcodeOf: (rcode: number) => number;
  /** The server has no room and sends its client away for so long; undefined when it lets it in. */
  readonly turnAwayMs: number | undefined;
  /** How long it takes to come about, and to end once the client has closed it. */
  readonly delaysMs: () => { readonly opening: number; readonly ending: number };
}

/** A server that does not answer is given up after this, as by the TLS transport. */
const CONNECT_MS = 10_000;
/** A connection that leads nowhere is taken for closed after this, as the TLS transport does. */
const STRANDED_CLOSE_MS = 5_000;

/** One connection in memory, with a push server at its other end. */
export class EtherLink {
  readonly target: TransportTarget;
  readonly session: PushServerSession;
  readonly transport: Transport;
  /** How the client ended it; undefined while it has not. */
  clientEnd: 'close' | 'abort' | undefined;
  /** How the server ended it. */
  serverEnd: CloseOutput | undefined;
  /** How many writes of the client arrived. */
  clientWrites = 0;
  readonly #events: TransportEvents;
  readonly #parts: EtherLinkParts;
  #isOver = false;
  #isStranded = false;
  #giveUp = (): void => undefined;

  constructor(target: TransportTarget, events: TransportEvents, parts: EtherLinkParts) {
    this.target = target;
    this.#events = events;
    this.#parts = parts;
    const options = { ...DEFAULT_SERVER_OPTIONS, turnAwayMs: parts.turnAwayMs };
    this.session = new PushServerSession(parts.zones, options, parts.clock.nowMs());
    this.transport = {
      send: (bytes) => parts.later(() => this.#receive(bytes)),
      close: () => this.#endByClient('close'),
      abort: () => this.#endByClient('abort'),
      bufferedBytes: 0,
    };
    this.#after(parts.delaysMs().opening, () => parts.later(() => this.#establish()));
  }

  /** Whether the connection has ended and both ends know. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** The server tells of changes. */
  publish(changes: readonly Change[]): void {
    if (!this.#isOver) this.#perform(this.session.publish(changes, this.#parts.clock.nowMs()));
  }

  /** The server sends its client away. */
  sendAway(retryDelayMs: number): void {
    this.#perform(this.session.shutdown({ retryDelayMs, rcode: Rcode.NOERROR }, this.#parts.clock.nowMs()));
  }

  /** Octets from the server that no session made. */
  inject(bytes: Uint8Array): void {
    this.#parts.later(() => {
      if (!this.#isStranded) this.#tell(() => this.#events.onData(bytes));
    });
  }

  /** The network loses all that is sent from here on, either way, and tells nobody. */
  strand(): void {
    this.#isStranded = true;
  }

  /** The network cuts the connection. */
  cut(): void {
    if (!this.#isStranded) this.#end({ kind: 'reset', step: 'session', reason: 'The connection was cut.' });
  }

  #establish(): void {
    if (this.#isStranded) return;
    this.#events.onPhase('connecting');
    const { clock, state } = this.#parts;
    if (state === 'silent') {
      const reason = `Port ${this.target.port} does not answer.`;
      this.#giveUp = clock.at(clock.nowMs() + CONNECT_MS, () =>
        this.#end({ kind: 'failed', step: 'tcp', reason }),
      );
      return;
    }
    if (state === 'dead') {
      this.#end({ kind: 'failed', step: 'tcp', reason: `Nothing listens at port ${this.target.port}.` });
      return;
    }
    this.#tell(() => this.#events.onPhase('securing'));
    if (state === 'stranger') {
      this.#end({ kind: 'failed', step: 'identity', reason: 'Somebody else answers.' });
      return;
    }
    const [address = ''] = this.target.addresses;
    const { port } = this.target;
    const peer = shownPeer(this.target.serverName, { address, port });
    this.#tell(() => this.#events.onSecure(peer));
  }

  #receive(bytes: Uint8Array): void {
    this.clientWrites += 1;
    if (!this.#isOver && !this.#isStranded)
      this.#perform(this.session.receive(bytes, this.#parts.clock.nowMs()));
  }

  #perform(outputs: readonly SessionOutput[]): void {
    for (const output of outputs) {
      if (output.kind === 'send') this.inject(this.#falsified(output.bytes));
      else {
        this.serverEnd = output;
        if (this.#isStranded) continue;
        this.#end({
          kind: output.how === 'abort' ? 'reset' : 'eof',
          step: 'session',
          reason: 'The server ended it.',
        });
      }
    }
  }

  /** A message with its length in front, and the RCODE in it that the parts say. */
  #falsified(bytes: Uint8Array): Uint8Array {
    const isResponse = (bytes[4]! & 0x80) !== 0;
    const falsified = Uint8Array.from(bytes);
    if (isResponse) falsified[5] = (bytes[5]! & 0xf0) | this.#parts.rcodeOf(bytes[5]! & 0x0f);
    return falsified;
  }

  #endByClient(how: 'close' | 'abort'): void {
    this.clientEnd = how;
    this.#giveUp();
    const kind = how === 'close' ? 'closed' : 'aborted';
    const closingMs = this.#isStranded ? STRANDED_CLOSE_MS : this.#parts.delaysMs().ending;
    const delayMs = how === 'close' ? closingMs : 0;
    this.#after(delayMs, () => this.#end({ kind, step: 'session', reason: 'Herald ended the connection.' }));
  }

  #after(ms: number, task: () => void): void {
    const { clock } = this.#parts;
    if (ms === 0) task();
    else clock.at(clock.nowMs() + ms, task);
  }

  #end(end: TransportEnd): void {
    this.#parts.later(() => {
      this.#tell(() => this.#events.onEnd(end));
      this.#isOver = true;
    });
  }

  #tell(event: () => void): void {
    if (!this.#isOver) event();
  }
}
