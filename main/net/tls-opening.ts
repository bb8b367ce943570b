import type { Socket } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';
import { connect } from 'node:tls';
import { isHostName } from './certificate-check.ts';
import type { Clock } from './clock.ts';
import type { DialEnd } from './dial.ts';
import { Dial } from './dial.ts';
import { spokenEndpoint } from './endpoint.ts';
import type { CheckedIdentity, ShownIdentity } from './identity-check.ts';
import { checkIdentity } from './identity-check.ts';
import { SecureContexts } from './secure-contexts.ts';
import type { ServerRole } from './tls-problem.ts';
import {
  brokenIdentity,
  handshakeProblem,
  noCertificate,
  silentHandshake,
  unreachableServer,
} from './tls-problem.ts';
import type { Ticket } from './tls-tickets.ts';
import { TicketCollector } from './tls-tickets.ts';
import type { TrustPolicy } from './trust-policy.ts';
import { policyFingerprint } from './trust-policy.ts';

/** Where to connect to, and whom to believe. */
export interface TransportTarget extends TrustPolicy {
  /**
   * The host name of the server, without the root's dot: the target of the SRV record. It is asked for by SNI, and the
   * certificate must bear it unless `names` or `dane` say otherwise. Beside `pins` it may be an IP address: the server is
   * known by its key alone then (RFC 7858 §4.2).
   */
  readonly serverName: string;
  readonly port: number;
  /** IP addresses of that host, the preferred one first. */
  readonly addresses: readonly string[];
  /** What the server is there for; a push server unless given. */
  readonly role?: ServerRole;
}

/** What a TLS connection is made with, beside its target. */
export interface TlsOptions extends TransportTarget {
  readonly clock: Clock;
  /** Shared by the connections of the program; without it, settings are made for this connection alone. */
  readonly contexts?: SecureContexts;
  /** Gets the secrets of the connection, in the form that Wireshark reads. */
  readonly keylog?: ((line: Buffer) => void) | undefined;
  /** How long it may take until the connection is secure; 10 s unless given. */
  readonly connectTimeoutMs?: number;
}

/** Who is at the other end of a secure connection. */
export interface SecurePeer {
  readonly address: string;
  readonly port: number;
  /** `TLSv1.3` or `TLSv1.2`. */
  readonly protocol: string;
  readonly cipher: string;
  /** The application protocol that was agreed on: `dot`, or undefined where the server has no ALPN. */
  readonly alpn: string | undefined;
  /** Whether an earlier session was resumed: what the server showed then stands. */
  readonly isResumed: boolean;
  readonly identity: ShownIdentity;
}

/** The TCP socket and the TLS socket on it. */
export interface Sockets {
  readonly raw: Socket;
  readonly tls: TLSSocket;
}

/** How an opening ended. The sockets have no listeners but one for late errors; a failed opening has left nothing open. */
export type OpeningEnd =
  | { readonly kind: 'secure'; readonly sockets: Sockets; readonly peer: SecurePeer }
  | {
      readonly kind: 'failed';
      readonly step: 'tcp' | 'tls' | 'identity';
      readonly reason: string;
      /** What the server showed, where that was not enough. */
      readonly shown?: ShownIdentity | undefined;
    };

const CONNECT_TIMEOUT_MS = 10_000;
/** What DNS over TLS is called in ALPN (RFC 7858's entry in the registry); most push servers have none, and need none. */
const ALPN = 'dot';

/** A handshake under way. */
interface Handshake {
  readonly sockets: Sockets;
  readonly address: string;
  /** What resumes an earlier session, if the server wants to. */
  readonly ticket: Ticket | undefined;
  readonly collector: TicketCollector;
}

type State =
  | { readonly name: 'connecting'; readonly dial: Dial }
  | ({ readonly name: 'securing' } & Handshake)
  | { readonly name: 'ended' };

/** The way from addresses to an authenticated TLS connection, over which nothing but the handshake was sent. */
export class TlsOpening {
  readonly #options: TlsOptions;
  readonly #onSecuring: (address: string) => void;
  readonly #onEnd: (end: OpeningEnd) => void;
  readonly #place: string;
  readonly #stopTimeout: () => void;
  #state: State;

  /** Starts at once; the callbacks come later, `onEnd` once at most. */
  constructor(options: TlsOptions, onSecuring: (address: string) => void, onEnd: (end: OpeningEnd) => void) {
    const { serverName, addresses, port, clock, connectTimeoutMs = CONNECT_TIMEOUT_MS } = options;
    this.#options = options;
    this.#onSecuring = onSecuring;
    this.#onEnd = onEnd;
    this.#place = spokenEndpoint({ host: serverName, port });
    this.#state = {
      name: 'connecting',
      dial: new Dial({ addresses, port, clock }, (end) => this.#dialled(end)),
    };
    this.#stopTimeout = clock.at(clock.nowMs() + connectTimeoutMs, () =>
      this.#timedOut(connectTimeoutMs / 1000),
    );
  }

  /** Ends it without a result. */
  cancel(): void {
    const state = this.#state;
    this.#stopTimeout();
    this.#state = { name: 'ended' };
    if (state.name === 'connecting') state.dial.cancel();
    else if (state.name === 'securing') state.sockets.raw.resetAndDestroy();
  }

  get #role(): ServerRole {
    return this.#options.role ?? 'push server';
  }

  #dialled(end: DialEnd): void {
    if (end.kind === 'connected') this.#secure(end.socket, end.address);
    else this.#fail('tcp', unreachableServer(this.#options.serverName, end.problems.join('; '), this.#role));
  }

  #secure(raw: Socket, address: string): void {
    const { serverName, port, contexts = new SecureContexts(), keylog, clock } = this.#options;
    const { tickets } = contexts;
    const key = `${serverName.toLowerCase()} ${port} ${policyFingerprint(this.#options)}`;
    const ticket = tickets.take(key, clock.wallMs());
    const collector = new TicketCollector((given) => tickets.keep(key, given));
    const secureContext = this.#contextOf(contexts, raw);
    if (secureContext === undefined) return;
    const tls = connect({
      socket: raw,
      // An address is none (RFC 6066 §3).
      ...(isHostName(serverName) ? { servername: serverName } : {}),
      secureContext,
      ALPNProtocols: [ALPN],
      ...(ticket === undefined ? {} : { session: ticket.session }),
      // Judged in `#judge`, with words for people, before anything is sent.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
    const sockets = { raw, tls };
    const handshake = { sockets, address, ticket, collector };
    this.#state = { name: 'securing', ...handshake };
    if (keylog !== undefined) tls.on('keylog', keylog);
    tls.on('session', (session) => collector.given(session));
    tls.once('secureConnect', () => this.#judge(handshake));
    for (const socket of [raw, tls]) {
      socket.on('error', (error: Error) => this.#broken(error));
      socket.once('close', () => this.#broken(new Error('the connection is closed')));
    }
    this.#onSecuring(address);
  }

  #contextOf(contexts: SecureContexts, raw: Socket): SecureContext | undefined {
    try {
      return contexts.of(this.#options);
    } catch (error) {
      raw.destroy();
      this.#fail('tls', brokenIdentity(error));
      return undefined;
    }
  }

  /** The handshake is over: is this the server that was meant? */
  #judge({ sockets, address, ticket, collector }: Handshake): void {
    if (this.#state.name !== 'securing') return;
    const { tls } = sockets;
    const { port, clock } = this.#options;
    const isResumed = ticket !== undefined && tls.isSessionReused();
    const checked: CheckedIdentity | undefined = isResumed
      ? { kind: 'good', identity: ticket.identity }
      : this.#checked(tls);
    if (checked === undefined) return this.#fail('identity', noCertificate(this.#place));
    const { identity } = checked;
    if (checked.kind === 'bad') return this.#fail('identity', checked.reason, identity);
    const protocol = tls.getProtocol() ?? '';
    const checkedMs = isResumed ? ticket.checkedMs : clock.wallMs();
    if (isResumed && protocol === 'TLSv1.2') collector.given(ticket.session);
    collector.shown({ identity, protocol, checkedMs });
    const peer: SecurePeer = {
      address,
      port,
      protocol,
      cipher: tls.getCipher().standardName,
      alpn: typeof tls.alpnProtocol === 'string' ? tls.alpnProtocol : undefined,
      isResumed,
      identity,
    };
    this.#stopTimeout();
    this.#state = { name: 'ended' };
    this.#onEnd({ kind: 'secure', sockets, peer });
  }

  /** What the server's certificates come to; undefined when it showed none. */
  #checked(tls: TLSSocket): CheckedIdentity | undefined {
    const { serverName, clock } = this.#options;
    // Asked for once: both runtimes give nothing the second time.
    const certificate = tls.getPeerX509Certificate();
    if (certificate === undefined) return undefined;
    const chainProblem = tls.authorized ? undefined : String(tls.authorizationError);
    const names = this.#options.names ?? (isHostName(serverName) ? [serverName] : []);
    return checkIdentity({ certificate, chainProblem }, this.#options, names, this.#place, clock.wallMs());
  }

  #broken(error: Error): void {
    if (this.#state.name === 'securing') this.#fail('tls', handshakeProblem(error, this.#place, this.#role));
  }

  #timedOut(seconds: number): void {
    const state = this.#state;
    if (state.name === 'connecting') {
      const problems = `${state.dial.cancel().join('; ')} within ${seconds} seconds`;
      this.#fail('tcp', unreachableServer(this.#options.serverName, problems, this.#role));
    } else if (state.name === 'securing') {
      this.#fail('tls', silentHandshake(this.#place, seconds, this.#role));
    }
  }

  #fail(step: 'tcp' | 'tls' | 'identity', reason: string, shown?: ShownIdentity): void {
    this.cancel();
    this.#onEnd({ kind: 'failed', step, reason, shown });
  }
}
