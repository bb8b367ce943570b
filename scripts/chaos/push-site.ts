import type { Random } from '../../protocol/testing/fuzz/random.ts';
import { Name } from '../../protocol/wire/name.ts';
import { DEFAULT_ADMISSION } from '../../protocol/push/admission.ts';
import type { Change } from '../../protocol/push/change.ts';
import type { ServerCertificate } from '../../main/demo/certificate.ts';
import { throwAwayCertificate } from '../../main/demo/certificate.ts';
import { PushListener } from '../../main/demo/push-listener.ts';
import { Responder } from '../../main/demo/responder.ts';
import type { Zones } from '../../main/demo/zones.ts';
import { systemClock } from '../../main/net/clock.ts';
import { TlsFront } from './tls-front.ts';
import { WireGate } from './wire-gate.ts';

/** What a server may show when a client connects: its own, one of an authority that nobody trusts, or one of another name. */
export const CERTIFICATES = ['good', 'strange', 'misnamed'] as const;
export type CertificateKind = (typeof CERTIFICATES)[number];

/** The certificates of all servers, made once: they take longer than a history's start. */
export interface Certificates extends Readonly<Record<CertificateKind, ServerCertificate>> {
  /** What the servers are called. */
  readonly names: readonly string[];
}

/** Makes the certificates for servers of these names. */
export function makeCertificates(names: readonly string[]): Certificates {
  const issue = (...given: readonly string[]): ServerCertificate =>
    throwAwayCertificate(given, ['127.0.0.1'], systemClock.wallMs());
  return { names, good: issue(...names), strange: issue(...names), misnamed: issue('push.elsewhere.test') };
}

/** Clients that are sent away may come back after one second, and have to after two: a restart takes less than one. */
const ADMISSION = { ...DEFAULT_ADMISSION, minDelayMs: 1_000 };

/** What a server serves: some of the zones, which name its port and so come after it. */
export interface ServedZones {
  readonly zones: () => Zones;
  readonly origins: readonly string[];
}

/**
 * One push server at a port that stays: the demo network's `PushListener`, in front of it a TLS end that can change its certificate, and
 * in front of that the wire, on which everything can happen.
 */
export class PushSite {
  readonly gate: WireGate;
  readonly front: TlsFront;
  readonly #served: ServedZones;
  readonly #certificates: Certificates;
  #listener: PushListener;
  /** Resolves when the last restart is over. */
  #restarted = Promise.resolve();

  private constructor(
    parts: { readonly gate: WireGate; readonly front: TlsFront; readonly listener: PushListener },
    served: ServedZones,
    certificates: Certificates,
  ) {
    this.gate = parts.gate;
    this.front = parts.front;
    this.#listener = parts.listener;
    this.#served = served;
    this.#certificates = certificates;
  }

  /** Starts a server, with TLS 1.2 or 1.3. */
  static async start(served: ServedZones, certificates: Certificates, random: Random): Promise<PushSite> {
    const listener = await listen(served, certificates);
    const [serverName = ''] = certificates.names; // any of them: it is a way inside
    const behind = { port: listener.port, caPem: certificates.good.caPem, serverName };
    const maxVersion = random.oneIn(3) ? 'TLSv1.2' : 'TLSv1.3';
    const front = await TlsFront.open(certificates.good, behind, random, maxVersion);
    const gate = await WireGate.open(front.port, random);
    return new PushSite({ gate, front, listener }, served, certificates);
  }

  /** Tells the clients of changes. */
  publish(changes: readonly Change[]): void {
    this.#listener.publish(changes);
  }

  /** How many clients the server has, and how many subscriptions they hold. */
  get held(): { readonly sessions: number; readonly subscriptions: number } {
    return { sessions: this.#listener.sessionCount, subscriptions: this.#listener.subscriptionCount };
  }

  /** The server restarts: it sends its clients away first, or it crashes. Meanwhile nobody is let in. */
  restart(how: 'orderly' | 'crash'): Promise<void> {
    this.#restarted = this.#restarted.then(() => this.#restart(how));
    return this.#restarted;
  }

  /** Restarts with another certificate. */
  show(kind: Exclude<CertificateKind, 'good'>): Promise<void> {
    this.front.certificate = this.#certificates[kind];
    return this.restart('crash');
  }

  /** Everything works again. */
  heal(): void {
    this.gate.heal();
    this.front.cutting = 'whole';
    this.front.certificate = this.#certificates.good;
  }

  async close(): Promise<void> {
    await this.gate.close();
    await this.front.close();
    await this.#restarted;
    await this.#listener.close();
  }

  async #restart(how: 'orderly' | 'crash'): Promise<void> {
    this.gate.isShut = true;
    if (how === 'crash') this.gate.reset();
    await this.#listener.close();
    this.#listener = await listen(this.#served, this.#certificates);
    this.front.behind = { ...this.front.behind, port: this.#listener.port };
    this.gate.isShut = false;
  }
}

function listen({ zones, origins }: ServedZones, { good }: Certificates): Promise<PushListener> {
  const clock = systemClock;
  const served = new Set(origins.map((origin) => Name.of(origin).key));
  return PushListener.listen({
    port: 0,
    certificate: good,
    admission: ADMISSION,
    zones: {
      isAuthoritative: (name) => served.has(zones().zoneOf(name)?.origin.key ?? ''),
      matching: (question) => zones().matching(question),
      answer: (query) => new Responder(zones(), [], clock).respond(query, true),
    },
    clock,
  });
}
