import { unreachable } from '../../protocol/errors.ts';
import type { Evidence, Step } from '../contract/ladder.ts';
import type { Clock } from '../net/clock.ts';
import { spokenEndpoint } from '../net/endpoint.ts';
import type { SecurePeer } from '../net/tls-opening.ts';
import type { Timeouts } from '../../protocol/dso/base-tlvs.ts';
import type { EndCause } from '../../protocol/dso/session-output.ts';
import type { PushServerTarget } from './push-server-target.ts';
import type { FeedNews } from './feed-user.ts';
import type { StepNews } from './ladder.ts';
import { nameText } from './rows.ts';
import { versionText } from './server-trust.ts';

/** DSO writes "never" as all ones (RFC 8490 §6.2). */
const NEVER_MS = 0xffff_ffff;

/** How a feed came to its session, told step by step and kept for those who join it later. */
export class FeedClimb {
  readonly #target: PushServerTarget;
  readonly #clock: Clock;
  /** `push.office.test port 853` */
  readonly #place: string;
  readonly #news: FeedNews[] = [];
  #sinceMs: number;
  /** Where the server is reached: the address that took the connection, once there is one. */
  #endpoint: string;

  constructor(target: PushServerTarget, clock: Clock) {
    this.#target = target;
    this.#clock = clock;
    this.#sinceMs = clock.nowMs();
    this.#place = spokenEndpoint({ host: nameText(target.host), port: target.port });
    this.#endpoint = this.#place;
  }

  /** All that was told so far. */
  get news(): readonly FeedNews[] {
    return this.#news;
  }

  connecting(): readonly FeedNews[] {
    this.#sinceMs = this.#clock.nowMs();
    return this.#tell({ kind: 'started', step: 'tcp' });
  }

  /** An address took the connection. */
  securing(address: string): readonly FeedNews[] {
    if (address !== '') this.#endpoint = spokenEndpoint({ host: address, port: this.#target.port });
    const passed = this.#passed('tcp', `${this.#endpoint} took the connection.`, 'TCP', 'connected');
    return this.#tell(passed, { kind: 'started', step: 'tls' });
  }

  /** The server has shown who it is. */
  secured(peer: SecurePeer): readonly FeedNews[] {
    const { cipher, alpn, identity } = peer;
    const version = versionText(peer);
    const answer = [version, cipher, alpn === undefined ? 'no ALPN' : `ALPN ${alpn}`].join(', ');
    const passed = this.#passed('tls', `The connection is secured by ${version}.`, 'TLS', answer);
    // The certificate comes with the handshake: nothing more is waited for.
    const shown = `SHA-256 ${identity.chain[0]?.sha256}${peer.isResumed ? ', shown on an earlier connection' : ''}`;
    const evidence = { query: 'Certificate', server: this.#endpoint, tookMs: null, answer: shown };
    return this.#tell(passed, { kind: 'secured', peer, evidence }, { kind: 'started', step: 'dso' });
  }

  /** The server answered the opener. */
  established({ inactivityMs, keepaliveMs }: Timeouts): readonly FeedNews[] {
    const answer = `NOERROR, idle for ${spokenMs(inactivityMs)}, a keepalive every ${spokenMs(keepaliveMs)}`;
    return this.#tell(
      this.#passed('dso', `${this.#place} keeps a session open for changes.`, 'KEEPALIVE', answer),
      { kind: 'started', step: 'subscribe' },
    );
  }

  /** Why the client ended the session, as a sentence for people. */
  endReason({
    cause,
    reason,
  }: {
    readonly cause: EndCause | 'reconfirm-answered';
    readonly reason: string;
  }): string {
    const place = this.#place;
    switch (cause) {
      case 'no-dso':
        if (this.#target.role === 'resolver') return `The resolver at ${place} knows no DNS Push: ${reason}.`;
        return `What answers at ${place} is a DNS server that knows no DNS Push: ${reason}. Who runs the domain has to correct its SRV record.`;
      case 'fault':
        return `The server at ${place} broke a rule of the protocol, so nothing more is believed of it: ${reason}. Who runs it may want to know.`;
      case 'reconfirm-answered':
        return `The session with ${place} is over because Herald asked for a record to be checked and ${reason}. Herald comes back by itself and asks that server for no such check again.`;
      case 'silence':
        return `The server at ${place} stopped answering: ${reason}. It may be down, or the network between.`;
      case 'severed':
        return `The network has changed, and the connection to ${place} did not outlive it: ${reason}. Herald connects again by itself.`;
      case 'retry-delay':
      case 'idle':
      case 'done':
        return `The session with ${place} was ended: ${reason}.`;
      default:
        return unreachable(cause);
    }
  }

  /** Why a session is over whose connection was lost. One that was lost before the first answer says something of the server. */
  lossReason(reason: string, isMute: boolean): string {
    if (!isMute) return reason;
    const so = `${reason} It did so at the first DSO message, so it probably offers no DNS Push.`;
    return this.#target.role === 'resolver' ? so : `${so} Ask who runs the domain.`;
  }

  #passed(step: Step, text: string, query: string, answer: string): StepNews {
    const nowMs = this.#clock.nowMs();
    const tookMs = Math.round(nowMs - this.#sinceMs);
    const evidence: Evidence = { query, server: this.#endpoint, tookMs, answer };
    this.#sinceMs = nowMs;
    return { kind: 'passed', step, text, evidence: [evidence] };
  }

  #tell(...news: readonly FeedNews[]): readonly FeedNews[] {
    this.#news.push(...news);
    return news;
  }
}

function spokenMs(ms: number): string {
  if (ms === NEVER_MS) return 'any time';
  return ms < 120_000 ? `${ms / 1000} s` : `${Math.round(ms / 60_000)} min`;
}
