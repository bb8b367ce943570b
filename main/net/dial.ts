import { Socket } from 'node:net';
import type { Clock } from './clock.ts';
import { isLocalFault, spokenEndpoint, spokenError } from './endpoint.ts';

/** How long an address may stay silent before the next is tried beside it (RFC 8305 §5). */
const STAGGER_MS = 250;

/** Where to connect to. */
export interface DialTarget {
  /** IP addresses, the preferred one first. */
  readonly addresses: readonly string[];
  readonly port: number;
  readonly clock: Clock;
}

/** What became of it: a connected socket that nobody listens to yet, or a problem with each address, one clause each. */
export type DialEnd =
  | { readonly kind: 'connected'; readonly socket: Socket; readonly address: string }
  | {
      readonly kind: 'failed';
      readonly problems: readonly string[];
      /** Whether no address was so much as tried, by faults of this machine or its network. */
      readonly isLocal: boolean;
    };

/**
 * Connects to the first of several addresses that answers: one after the other, the next one 250 ms after the last or as
 * soon as one fails (RFC 8305 §5).
 */
export class Dial {
  readonly #target: DialTarget;
  readonly #onEnd: (end: DialEnd) => void;
  readonly #sockets = new Map<string, Socket>();
  readonly #problems = new Map<string, string>();
  readonly #untried: string[];
  #isLocal = true;
  #stopStagger = (): void => undefined;

  /** Starts at once. `onEnd` is called once at most, and not within this call. */
  constructor(target: DialTarget, onEnd: (end: DialEnd) => void) {
    this.#target = target;
    this.#onEnd = onEnd;
    this.#untried = [...new Set(target.addresses)];
    this.#tryNext();
  }

  /** Ends it without a result; what is wrong with each address, silence included. */
  cancel(): readonly string[] {
    this.#stopStagger();
    for (const socket of this.#sockets.values()) socket.destroy();
    this.#sockets.clear();
    const { addresses, port } = this.#target;
    return addresses.map(
      (host) => this.#problems.get(host) ?? `${spokenEndpoint({ host, port })} did not answer`,
    );
  }

  #tryNext(): void {
    this.#stopStagger();
    const address = this.#untried.shift();
    if (address === undefined) return;
    this.#connect(address);
    if (this.#untried.length === 0) return;
    const { clock } = this.#target;
    this.#stopStagger = clock.at(clock.nowMs() + STAGGER_MS, () => this.#tryNext());
  }

  #connect(host: string): void {
    const { port } = this.#target;
    const socket = new Socket();
    this.#sockets.set(host, socket);
    socket.once('connect', () => this.#connected(host, socket));
    socket.on('error', (error) => {
      this.#isLocal &&= isLocalFault(error);
      this.#failed(host, spokenError(error, { host, port }));
    });
    socket.connect({ host, port });
  }

  #connected(address: string, socket: Socket): void {
    this.#sockets.delete(address);
    this.cancel();
    socket.removeAllListeners('error');
    this.#onEnd({ kind: 'connected', socket, address });
  }

  #failed(address: string, problem: string): void {
    if (!this.#sockets.delete(address)) return;
    this.#problems.set(address, problem);
    if (this.#untried.length > 0) this.#tryNext();
    else if (this.#sockets.size === 0)
      this.#onEnd({ kind: 'failed', problems: this.cancel(), isLocal: this.#isLocal });
  }
}
