/**
 * What a window sees of Herald: three verbs, and tables of rows.
 *
 * Rows are flat values made for showing; nothing in here is a record or a byte string. The main process owns the
 * tables. A window reads one snapshot and then applies updates; each update raises the revision by one, so a gap
 * (a reload, a window that slept) is noticed and answered by reading the snapshot again.
 */
import type { ActivityRow } from './activity.ts';
import type { CalloutRow } from './callout.ts';
import type { Command, CommandResult } from './command.ts';
import type { DepartedRow } from './departed.ts';
import type { DigestRow } from './digest.ts';
import type { FavouriteRow } from './favourite.ts';
import type { LadderRow, Step } from './ladder.ts';
import type { CertificateRow, TrustView } from './trust.ts';

/**
 * How a domain stands.
 * `discovering`: its server is being looked for or connected to. `live`: the server pushes every change.
 * `polling`: no push is to be had, it is asked now and then. `paused`: nothing is subscribed, on purpose.
 * `elsewhere`: it belongs to another network than this, and nothing of it leaves the machine here. `failed`: it cannot be shown; `step` and `reason` say where and why.
 */
export type DomainState = 'discovering' | 'live' | 'polling' | 'paused' | 'elsewhere' | 'failed';

/** One domain that is watched. */
export interface DomainRow {
  /** The folded name: equal for names that DNS holds equal. */
  readonly id: string;
  /** The domain as shown, without the root's dot: `office.test`. */
  readonly name: string;
  readonly state: DomainState;
  /** The step of its ladder where it stands or failed; null when live. */
  readonly step: Step | null;
  /** One sentence for people: what happened, what it means, what to do. Null when live. */
  readonly reason: string | null;
  /** `host:port` of the push server, once known. */
  readonly server: string | null;
  /** Why that server is believed; null while none has shown who it is. */
  readonly trust: TrustView | null;
  /** While it is polled: when all of it was last asked, and how many seconds lie between two times at least. */
  readonly polled: { readonly askedMs: number; readonly everySeconds: number } | null;
  /** How many services are shown of it, and how many of them are not live. */
  readonly services: number;
  readonly unconfirmed: number;
  /** As of when those are known, while not all of the domain is followed or it has not settled yet: milliseconds since the epoch. */
  readonly asOfMs: number | null;
  /** When it had told all it has, as far as one can say: milliseconds since the epoch. Null until then, and when it is lost. */
  readonly settledMs: number | null;
  /** Since when it has been in this state: milliseconds since the epoch. */
  readonly sinceMs: number;
}

/** The value of a TXT key: text, an empty value (`''`), a key without a value (`true`), or octets that are not UTF-8. */
export type TxtValue = string | true | { readonly hex: string };

/** Which kind of thing a service type is; groups are sorted by it, printers first. */
export type ServiceCategory =
  'printer' | 'scanner' | 'web' | 'file' | 'remote' | 'media' | 'home' | 'developer' | 'other';

/**
 * What a service that is shown rests on. `live`: somebody vouches for it now, a subscription or an answer that is fresh.
 * `checking`: it is known from before, and not announced again yet, or not all of it. `cached`: it is only remembered, from an
 * earlier run or from before its records expired.
 */
export type ServiceStanding = 'live' | 'checking' | 'cached';

/**
 * Where a service's host, port, addresses and TXT pairs come from. `watched`: its server tells of them, and `standing` goes for
 * them too. `remembered`: they are as last known, from when somebody looked at it, and not or not all confirmed since.
 * `unasked`: nobody has looked at it, or only just, so that they are not known. `standing` then goes for its being listed.
 */
export type ServiceDetails = 'watched' | 'remembered' | 'unasked';

/** One service instance: what a PTR record lists, resolved as far as its records have arrived. */
export interface ServiceRow {
  /** The domain's id and the folded instance name: one instance that two domains list has a row in each. */
  readonly id: string;
  /** The `id` of its domain's row. */
  readonly domain: string;
  /** The service type as published: `_ipp._tcp`. */
  readonly type: string;
  /** What people call it: `Printer (IPP)`. Equal to `type` where no name is known. */
  readonly typeName: string;
  readonly category: ServiceCategory;
  /** The instance label, decoded; octets that are not UTF-8 stand as `\DDD`. */
  readonly instance: string;
  /** The SRV target without the root's dot; null until an SRV record has arrived. */
  readonly host: string | null;
  readonly port: number | null;
  /** Addresses of the host, IPv4 first; null until one has arrived. */
  readonly addresses: readonly string[] | null;
  /** The TXT pairs in published order, first duplicate kept; null until a TXT record has arrived. */
  readonly txt: readonly (readonly [key: string, value: TxtValue])[] | null;
  /** How what the row says came: told by a push server, or asked for from time to time, and so as old as `DomainRow.polled` says. */
  readonly via: 'push' | 'poll';
  readonly standing: ServiceStanding;
  readonly details: ServiceDetails;
  /** When it was first listed and last changed: milliseconds since the epoch. */
  readonly sinceMs: number;
  readonly changedMs: number;
}

/** One DSO session with a push server. */
export interface SessionRow {
  /** `host:port`, the host folded; with a number behind it where domains trust one server in different ways. */
  readonly id: string;
  readonly server: string;
  readonly port: number;
  readonly phase: 'connecting' | 'securing' | 'establishing' | 'established' | 'closing' | 'closed';
  /** How many subscriptions are live on it. */
  readonly subscriptions: number;
  readonly sinceMs: number;
}

/** Every table a window can see, by name. A new feature is a new table or a new command, never a new channel. */
export interface Tables {
  /** Whether anything is watched at all. */
  readonly activity: ActivityRow;
  readonly domains: DomainRow;
  /** How each domain came to stand as it does. */
  readonly ladders: LadderRow;
  /** What the server of each domain showed. */
  readonly certificates: CertificateRow;
  readonly services: ServiceRow;
  readonly sessions: SessionRow;
  /** Services that left a while ago, none of which is in `services`. */
  readonly departed: DepartedRow;
  /** What happened in a domain while nobody told of it, until somebody has taken note. */
  readonly digests: DigestRow;
  /** What a person keeps an eye on. */
  readonly favourites: FavouriteRow;
  /** What a person asked a window to show from outside of it. */
  readonly callouts: CalloutRow;
}

/** The name of a table. */
export type TableName = keyof Tables;

/** What changed in one table: rows to put (the last write of an id wins) and ids to drop. */
export interface TableUpdate<Row> {
  readonly put: readonly Row[];
  readonly drop: readonly string[];
}

/** One step from `revision - 1` to `revision`. A table that did not change is absent. */
export interface Update {
  readonly revision: number;
  readonly tables: { readonly [T in TableName]?: TableUpdate<Tables[T]> };
}

/** Everything as of a revision. */
export interface Snapshot {
  readonly revision: number;
  readonly tables: { readonly [T in TableName]: readonly Tables[T][] };
}

/** What the browser window can ask of the main process, and what it is told. */
export interface BrowserApi {
  /** Reads every table as it stands. */
  snapshot(): Promise<Snapshot>;
  /** Calls `listener` for every update from now on; the returned function ends that. */
  onUpdate(listener: (update: Update) => void): () => void;
  /** Asks the main process for something; a refusal is a value that can be shown. */
  send(command: Command): Promise<CommandResult>;
}

/**
 * The whole of what the preload gives the browser window, as `window.herald`: the same with snapshots and updates as JSON. A
 * text crosses from one world into the other in one piece, an object property by property, ten times as long for 10,000 services.
 */
export interface BrowserBridge {
  /** A `Snapshot`. */
  snapshot(): Promise<string>;
  /** Calls `listener` for every `Update`. */
  onUpdate(listener: (update: string) => void): () => void;
  send(command: Command): Promise<CommandResult>;
}
