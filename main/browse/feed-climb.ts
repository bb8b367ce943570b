import { unreachable } from '../../protocol/errors.ts';
import type { Evidence, Step } from '../contract/ladder.ts';
import type { Clock } from '../net/clock.ts';
import { spokenEndpoint } from '../net/endpoint.ts';
import type { SecurePeer } from '../net/tls-opening.ts';
import type { Timeouts } from '../../protocol/dso/base-tlvs.ts';
import type { CloseOutput } from '../../protocol/dso/session-output.ts';
import type { PushServerTarget } from './feed.ts';
import type { StepNews } from './ladder.ts';
import { nameText } from './rows.ts';

/** DSO writes "never" as all ones (RFC 8490 §6.2). */
const NEVER_MS = 0xffff_ffff;

/** How a feed came to its session, told step by step and kept for those who join it later. */
export class FeedClimb {
  readonly #target: PushServerTarget;
  readonly #clock: Clock;
  /** `push.office.test port 853` */
  readonly #place: string;
  readonly #news: StepNews[] = [];
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
  get news(): readonly StepNews[] {
    return this.#news;
  }

  connecting(): readonly StepNews[] {
    this.#sinceMs = this.#clock.nowMs();
    return this.#tell({ kind: 'started', step: 'tcp' });
  }

  /** An address took the connection. */
  securing(address: string): readonly StepNews[] {
    if (address !== '') this.#endpoint = spokenEndpoint({ host: address, port: this.#target.port });
    const passed = this.#passed('tcp', `${this.#endpoint} took the connection.`, 'TCP', 'connected');
    return this.#tell(passed, { kind: 'started', step: 'tls' });
  }

  /** The server has shown who it is. */
  secured({ protocol, cipher, alpn, identity }: SecurePeer): readonly StepNews[] {
    const host = nameText(this.#target.host);
    const version = protocol.replace('TLSv', 'TLS ');
    const trust =
      this.#target.caPem === undefined
        ? 'an authority that is trusted here'
        : 'the authority chosen for this domain';
    const answer = [version, cipher, alpn === undefined ? 'no ALPN' : `ALPN ${alpn}`].join(', ');
    return this.#tell(
      this.#passed('tls', `The connection is secured by ${version}.`, 'TLS', answer),
      this.#passed(
        'identity',
        `The certificate is made out to ${host}, and ${trust} vouches for it.`,
        'Certificate',
        `SHA-256 ${identity.chain[0]?.sha256}`,
      ),
      { kind: 'started', step: 'dso' },
    );
  }

  /** The server answered the opener. */
  established({ inactivityMs, keepaliveMs }: Timeouts): readonly StepNews[] {
    const answer = `NOERROR, idle for ${spokenMs(inactivityMs)}, a keepalive every ${spokenMs(keepaliveMs)}`;
    return this.#tell(
      this.#passed('dso', `${this.#place} keeps a session open for changes.`, 'KEEPALIVE', answer),
      { kind: 'started', step: 'subscribe' },
    );
  }

  /** Why the client ended the session, as a sentence for people. */
  endReason({ cause, reason }: CloseOutput): string {
    const place = this.#place;
    switch (cause) {
      case 'no-dso':
        return `What answers at ${place} is a DNS server that knows no DNS Push: ${reason}. Who runs the domain has to correct its SRV record.`;
      case 'fault':
        return `The server at ${place} broke a rule of the protocol, so nothing more is believed of it: ${reason}. Who runs it may want to know.`;
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
    return `${reason} It did so at the first DSO message, so it probably offers no DNS Push. Ask who runs the domain.`;
  }

  #passed(step: Step, text: string, query: string, answer: string): StepNews {
    const nowMs = this.#clock.nowMs();
    // The certificate comes with the handshake: nothing more is waited for.
    const tookMs = step === 'identity' ? null : Math.round(nowMs - this.#sinceMs);
    const evidence: Evidence = { query, server: this.#endpoint, tookMs, answer };
    this.#sinceMs = nowMs;
    return { kind: 'passed', step, text, evidence: [evidence] };
  }

  #tell(...news: readonly StepNews[]): readonly StepNews[] {
    this.#news.push(...news);
    return news;
  }
}

function spokenMs(ms: number): string {
  if (ms === NEVER_MS) return 'any time';
  return ms < 120_000 ? `${ms / 1000} s` : `${Math.round(ms / 60_000)} min`;
}
