import { isHostName } from './certificate-check.ts';
import { capitalised, spokenEndpoint } from './endpoint.ts';
import type { ShownIdentity } from './identity-check.ts';
import { resetConnection } from './tcp-reset.ts';
import type { OpeningEnd, SecurePeer, Sockets, TlsOptions, TransportTarget } from './tls-opening.ts';
import { TlsOpening } from './tls-opening.ts';
import { certificateWish, connectionProblem, isLoss, unprovableName } from './tls-problem.ts';

/** How a connection ended. */
export interface TransportEnd {
  /**
   * `closed` and `aborted` by this side; `eof` by the other, in good order; `reset` by the other or the network, without
   * any; `failed` when it never became secure, or somebody broke TLS.
   */
  readonly kind: 'closed' | 'aborted' | 'eof' | 'reset' | 'failed';
  /** How far it had come. */
  readonly step: 'tcp' | 'tls' | 'identity' | 'session';
  /** A sentence for people: what happened, what it means, what to do. */
  readonly reason: string;
  /** What the server showed of itself, where that was not enough. */
  readonly shown?: ShownIdentity | undefined;
}

/** What a connection tells. Nothing is told after `onEnd`, and nothing within the call that makes the connection. */
export interface TransportEvents {
  /** `address` is the one of the server's that took the connection, once there is one. */
  onPhase(phase: 'connecting' | 'securing', address?: string): void;
  /** The server has shown who it is: from here on octets may be sent. */
  onSecure(peer: SecurePeer): void;
  /** Octets came; they belong to the receiver. */
  onData(chunk: Uint8Array): void;
  /** It is over. Called exactly once, whoever ended it, and never within `close` or `abort`. */
  onEnd(end: TransportEnd): void;
}

/** A stream of octets to an authenticated server. */
export interface Transport {
  /** Sends octets, which must not be written to afterwards. Before `onSecure` it is a `TypeError`, after the end nothing. */
  send(bytes: Uint8Array): void;
  /** Ends in good order: what was sent is delivered, then close_notify and FIN (RFC 8490 §5.3). May be repeated. */
  close(): void;
  /** Ends at once: RST, and what is under way is lost (RFC 8490 §5.3). May be repeated, and may follow `close`. */
  abort(): void;
  /** Octets that wait for the server to take them. */
  readonly bufferedBytes: number;
}

/** Makes a connection: all that the driver of a session needs of the network. */
export type Connect = (target: TransportTarget, events: TransportEvents) => Transport;

/** A server that does not close its side within this is left; RFC 8490 §6.6.1 grants clients as much. */
const CLOSE_TIMEOUT_MS = 5000;

/**
 * Connects to a push server by TLS 1.2 or later from the first octet. Nothing is sent before the server's certificate has
 * shown that it is `serverName` (RFC 8765 §7, RFC 8310 §8.1); one that has not is left.
 */
export function connectTls(options: TlsOptions, events: TransportEvents): Transport {
  return new TlsTransport(options, events);
}

type State =
  | { readonly name: 'starting' }
  | { readonly name: 'opening'; readonly opening: TlsOpening }
  | { readonly name: 'secure' | 'closing' | 'aborting'; readonly sockets: Sockets }
  | { readonly name: 'ended' };

class TlsTransport implements Transport {
  readonly #options: TlsOptions;
  readonly #events: TransportEvents;
  /** `push.office.test port 853` */
  readonly #place: string;
  #state: State = { name: 'starting' };
  #stopTimer = (): void => undefined;

  constructor(options: TlsOptions, events: TransportEvents) {
    if (options.addresses.length === 0) throw new TypeError('a connection needs an address to go to');
    this.#options = options;
    this.#events = events;
    this.#place = spokenEndpoint({ host: options.serverName, port: options.port });
    queueMicrotask(() => this.#start());
  }

  get bufferedBytes(): number {
    return 'sockets' in this.#state ? this.#state.sockets.tls.writableLength : 0;
  }

  send(bytes: Uint8Array): void {
    const state = this.#state;
    if (state.name === 'secure') state.sockets.tls.write(bytes);
    else if (state.name === 'starting' || state.name === 'opening') {
      throw new TypeError('nothing may be sent before the server is authenticated (RFC 8765 §7)');
    }
  }

  close(): void {
    const state = this.#state;
    if (state.name === 'starting' || state.name === 'opening') {
      this.#giveUp(state, 'closed');
    } else if (state.name === 'secure') {
      this.#state = { name: 'closing', sockets: state.sockets };
      state.sockets.tls.end();
      this.#destroyLater(state.sockets);
    }
  }

  abort(): void {
    const state = this.#state;
    if (state.name === 'starting' || state.name === 'opening') {
      this.#giveUp(state, 'aborted');
    } else if (state.name === 'secure' || state.name === 'closing') {
      this.#state = { name: 'aborting', sockets: state.sockets };
      resetConnection(state.sockets);
    }
  }

  #start(): void {
    if (this.#state.name !== 'starting') return;
    const { serverName, pins } = this.#options;
    if (pins === undefined && !isHostName(serverName))
      return this.#end('failed', 'identity', unprovableName(serverName));
    const onSecuring = (address: string): void => this.#events.onPhase('securing', address);
    this.#state = {
      name: 'opening',
      opening: new TlsOpening(this.#options, onSecuring, (end) => this.#opened(end)),
    };
    this.#events.onPhase('connecting');
  }

  #opened(end: OpeningEnd): void {
    if (end.kind === 'failed') return this.#end('failed', end.step, end.reason, end.shown);
    const { sockets } = end;
    const { raw, tls } = sockets;
    this.#state = { name: 'secure', sockets };
    tls.on('data', (chunk) => {
      // One chunk a turn of the event loop, however many are there: a burst must not keep windows and timers waiting.
      tls.pause();
      setImmediate(() => tls.resume());
      if (this.#state.name === 'secure') this.#events.onData(chunk);
    });
    tls.on('end', () => this.#finished(sockets));
    for (const socket of [tls, raw]) socket.on('error', (error: Error) => this.#broken(sockets, error));
    raw.on('close', () => this.#gone());
    this.#events.onSecure(end.peer);
  }

  /** The server has closed its side; the runtime closes ours. */
  #finished(sockets: Sockets): void {
    if (this.#state.name !== 'secure') return;
    this.#end(
      'eof',
      'session',
      `${capitalised(this.#place)} closed the connection: it has stopped, or found it idle.`,
    );
    this.#destroyLater(sockets);
  }

  #broken(sockets: Sockets, error: Error): void {
    const wish = certificateWish(error, this.#place);
    if (this.#state.name === 'secure' && wish !== undefined) this.#end('failed', 'tls', wish);
    else if (this.#state.name === 'secure') {
      this.#end(isLoss(error) ? 'reset' : 'failed', 'session', connectionProblem(error, this.#place));
    }
    sockets.raw.destroy();
  }

  /** The TCP socket is no more. */
  #gone(): void {
    this.#stopTimer();
    const { name } = this.#state;
    if (name === 'closing') this.#end('closed', 'session', `The connection to ${this.#place} was closed.`);
    else if (name === 'aborting')
      this.#end('aborted', 'session', `The connection to ${this.#place} was cut off.`);
    else if (name === 'secure')
      this.#end('reset', 'session', connectionProblem(new Error('closed'), this.#place));
  }

  /** Before there is a connection, both ways of ending it are the same. */
  #giveUp(
    state: Extract<State, { readonly name: 'starting' | 'opening' }>,
    kind: 'closed' | 'aborted',
  ): void {
    if (state.name === 'opening') state.opening.cancel();
    this.#state = { name: 'ended' };
    const reason = `The connection to ${this.#place} was given up before it was made.`;
    queueMicrotask(() => this.#events.onEnd({ kind, step: 'tcp', reason }));
  }

  #destroyLater({ raw }: Sockets): void {
    const { clock } = this.#options;
    this.#stopTimer = clock.at(clock.nowMs() + CLOSE_TIMEOUT_MS, () => raw.destroy());
  }

  #end(kind: TransportEnd['kind'], step: TransportEnd['step'], reason: string, shown?: ShownIdentity): void {
    this.#state = { name: 'ended' };
    this.#events.onEnd({ kind, step, reason, ...(shown === undefined ? {} : { shown }) });
  }
}
