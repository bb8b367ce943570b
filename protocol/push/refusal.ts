import { Rcode } from '../wire/registry.ts';

/** What must wait until a refusal has worn off: SUBSCRIBEs for names of the same zone, or all to that server (RFC 8765 §6.2.2). */
export type RefusalScope = 'zone' | 'server';

/** How long a client waits after an error response that says nothing of it (RFC 8765 §6.2.2). */
const DEFAULT_DELAYS_MS: ReadonlyMap<number, number> = new Map([
  [Rcode.FORMERR, 300_000],
  [Rcode.SERVFAIL, 60_000],
  [Rcode.NOTIMP, 3_600_000],
  [Rcode.REFUSED, 300_000],
  [Rcode.NOTAUTH, 300_000],
  [Rcode.DSOTYPENI, 3_600_000],
]);
const OTHER_DELAY_MS = 300_000;

/** What the error response to a SUBSCRIBE means for the next ones. */
export interface Refusal {
  readonly rcode: number;
  readonly delayMs: number;
  readonly scope: RefusalScope;
}

/** Reads an error response by its RCODE and the Retry Delay that came with it, if any (RFC 8765 §6.2.2). */
export function refusalOf(rcode: number, retryDelayMs: number | undefined): Refusal {
  return {
    rcode,
    delayMs: retryDelayMs ?? DEFAULT_DELAYS_MS.get(rcode) ?? OTHER_DELAY_MS,
    scope: rcode === Rcode.NOTAUTH ? 'zone' : 'server',
  };
}
