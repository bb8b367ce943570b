import type { ShownIdentity } from './identity-check.ts';

/** What resumes a session with a server, and what the server had shown when it was given. */
export interface Ticket {
  /** As the runtime has it. */
  readonly session: Buffer;
  /** `TLSv1.3`: it is for one use; `TLSv1.2`: it may be used again. */
  readonly protocol: string;
  readonly identity: ShownIdentity;
  /** When the identity was looked at, in milliseconds since the epoch. */
  readonly checkedMs: number;
}

/** An identity that was looked at so long ago is looked at again; RFC 8446 §4.6.1 allows seven days. */
const MAX_AGE_MS = 24 * 3_600_000;
/** TLS 1.3 servers give one or two at a time, each for one use (RFC 8446 §C.4). */
const MAX_PER_SERVER = 2;
const MAX_SERVERS = 100;

/**
 * Tickets of TLS sessions (RFC 7858 §3.4). A resumed session shows no certificate, and the runtime calls it authorized as the
 * one before was, whatever is demanded now: so a ticket stands under its server and policy, with what that server showed.
 */
export class TlsTickets {
  /** By key, the one that was used last at the end. */
  readonly #tickets = new Map<string, readonly Ticket[]>();

  /** Takes the newest ticket that is still good at `wallMs`; it is not given out again. */
  take(key: string, wallMs: number): Ticket | undefined {
    const good = (this.#tickets.get(key) ?? []).filter((ticket) => isGood(ticket, wallMs));
    const ticket = good.at(-1);
    if (good.length > 1) this.#put(key, good.slice(0, -1));
    else this.#tickets.delete(key);
    return ticket;
  }

  /** Keeps a ticket of a server. */
  keep(key: string, ticket: Ticket): void {
    this.#put(key, [...(this.#tickets.get(key) ?? []), ticket].slice(-MAX_PER_SERVER));
  }

  /** How many tickets are kept. */
  get count(): number {
    return [...this.#tickets.values()].reduce((sum, { length }) => sum + length, 0);
  }

  #put(key: string, tickets: readonly Ticket[]): void {
    this.#tickets.delete(key);
    this.#tickets.set(key, tickets);
    const [oldest] = this.#tickets.keys();
    if (this.#tickets.size > MAX_SERVERS && oldest !== undefined) this.#tickets.delete(oldest);
  }
}

/** Keeps the tickets of one connection, which a server may give before it is known whether it is the right one, and long after. */
export class TicketCollector {
  readonly #keep: (ticket: Ticket) => void;
  readonly #early: Buffer[] = [];
  #known: Omit<Ticket, 'session'> | undefined;

  /** `keep` gets each ticket of a server that has shown who it is. */
  constructor(keep: (ticket: Ticket) => void) {
    this.#keep = keep;
  }

  /** The server gave a ticket. */
  given(session: Buffer): void {
    if (this.#known === undefined) this.#early.push(session);
    else this.#keep({ session, ...this.#known });
  }

  /** The server has shown who it is. */
  shown(known: Omit<Ticket, 'session'>): void {
    this.#known = known;
    for (const session of this.#early.splice(0)) this.#keep({ session, ...known });
  }
}

/** A clock that was set back says nothing good of a ticket either. */
function isGood({ identity, checkedMs }: Ticket, wallMs: number): boolean {
  return wallMs >= checkedMs && wallMs < Math.min(checkedMs + MAX_AGE_MS, identity.goodUntilMs);
}
