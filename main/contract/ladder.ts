/** The ladder of a domain: the steps of the way to its services, with what became of each and what that rests on. */

/**
 * The steps in the order in which they are climbed: the domain's zone, the SRV record of its push server, the server's
 * addresses, TCP, TLS, the server's identity, the DSO session, the first subscription, the first data, and the session
 * staying up.
 */
export type Step =
  'zone' | 'srv' | 'address' | 'tcp' | 'tls' | 'identity' | 'dso' | 'subscribe' | 'data' | 'session';

/** What became of a step. */
export type Verdict = 'passed' | 'failed' | 'under-way' | 'not-tried';

/** One thing that was asked or done, and what came of it. */
export interface Evidence {
  /** What was asked: `SOA office.test`, `TCP`, `SUBSCRIBE PTR _ipp._tcp.office.test`. */
  readonly query: string;
  /** Whom: `127.0.0.1 port 53`; null when it was answered from memory, or when nobody is known to have answered. */
  readonly server: string | null;
  /** How long it took, in milliseconds; null where nothing was waited for. */
  readonly tookMs: number | null;
  /** What came of it: `NOERROR, SOA office.test`. */
  readonly answer: string;
}

/** One step of a domain's ladder. */
export interface LadderStep {
  readonly step: Step;
  /** What people call it: `Push server named`. */
  readonly title: string;
  readonly verdict: Verdict;
  /** What happened and what it means; null when it was not tried. */
  readonly text: string | null;
  /** What to do about it next; null where nothing is to be done. */
  readonly next: string | null;
  readonly evidence: readonly Evidence[];
  /** When the verdict was reached: milliseconds since the epoch; null when it was not tried. */
  readonly atMs: number | null;
}

/** How far a domain has come on its way, step by step. */
export interface LadderRow {
  /** The `id` of the domain's row. */
  readonly id: string;
  /** Every step, in order. */
  readonly steps: readonly LadderStep[];
}
