import type { Reach, ReachResult } from '../contract/reach.ts';
import { parseReach } from '../contract/reach.ts';
import { NO_PLACE } from '../browse/place-rule.ts';
import { parseResolver, writtenResolver } from '../net/resolver-address.ts';
import { isPin } from '../net/spki-pins.ts';
import type { ServerDemands, WatchedDomain } from '../storage/settings.ts';
import { readTrustFiles } from '../storage/trust-files.ts';
import { trustFilesOf } from './trust-of-domain.ts';
import type { Sent } from './trusted-sender.ts';

/** The two questions of the settings window, which are also the channels. */
export const REACH_CHANNEL = { list: 'reach-list', set: 'reach-set' } as const;

/** What this needs of the rest. */
export interface DomainReachParts {
  readonly handlers: {
    handle(channel: string, listener: (event: Sent, raw: unknown) => unknown): void;
    removeHandler(channel: string): void;
  };
  /** Whether a message comes from the settings window: the other shows text from the network and may not choose whom to trust. */
  readonly isTrusted: (sent: Sent) => boolean;
  /** The domains that are kept. */
  readonly domains: () => readonly WatchedDomain[];
  /** Keeps a domain and watches it anew; resolves when it is kept for good. */
  readonly change: (domain: WatchedDomain) => Promise<void>;
}

const STRANGER = 'This page may not ask Herald for anything.';

/** Tells the settings window how each domain is reached, and changes it, at once and for good. */
export class DomainReach {
  readonly #parts: DomainReachParts;

  constructor(parts: DomainReachParts) {
    const { handlers, isTrusted } = parts;
    this.#parts = parts;
    handlers.handle(REACH_CHANNEL.list, (sent) => (isTrusted(sent) ? this.#list() : []));
    handlers.handle(REACH_CHANNEL.set, (sent, raw) =>
      isTrusted(sent) ? this.#set(parseReach(raw)) : { ok: false, message: STRANGER },
    );
  }

  /** Removes the handlers. */
  close(): void {
    for (const channel of Object.values(REACH_CHANNEL)) this.#parts.handlers.removeHandler(channel);
  }

  #list(): readonly Reach[] {
    return this.#parts.domains().map(({ name, resolver, caFile, demands, place }) => ({
      name,
      resolver: resolver === null ? '' : writtenResolver(resolver),
      caFile,
      isStrict: demands?.isStrict ?? false,
      pins: demands?.pins.join(' ') ?? '',
      certFile: demands?.certFile ?? null,
      keyFile: demands?.keyFile ?? null,
      passphrase: null,
      place: place?.choice ?? 'default',
    }));
  }

  async #set(reach: Reach | undefined): Promise<ReachResult> {
    const known = this.#parts.domains().find(({ name }) => name === reach?.name);
    if (reach === undefined || known === undefined) {
      return { ok: false, message: 'This domain is not in the list any more.' };
    }
    const text = reach.resolver.trim();
    const parsed = text === '' ? undefined : parseResolver(text);
    if (parsed?.ok === false) {
      return { ok: false, message: `${parsed.message} Leave it empty for the system’s.` };
    }
    const demands = demandsOf(reach, known);
    const odd = demands?.pins.find((pin) => !isPin(pin));
    if (odd !== undefined) return { ok: false, message: noPin(odd) };
    const { name, caFile } = reach;
    const changed = {
      name,
      resolver: parsed?.address ?? null,
      caFile,
      ...(demands === undefined ? {} : { demands }),
      ...placeOf(reach, known),
    };
    const read = readTrustFiles(trustFilesOf(changed));
    if (!read.ok) return read;
    await this.#parts.change(changed);
    return { ok: true };
  }
}

/** What is demanded beside the name; undefined where that is nothing. */
function demandsOf(reach: Reach, { demands: known }: WatchedDomain): ServerDemands | undefined {
  const { isStrict, certFile } = reach;
  const pins = reach.pins.split(/[\s,]+/).filter((pin) => pin !== '');
  if (!isStrict && pins.length === 0 && certFile === null) return undefined;
  const kept = certFile === known?.certFile ? (known?.passphrase ?? null) : null;
  const identity =
    certFile === null
      ? { certFile, keyFile: null, passphrase: null }
      : { certFile, keyFile: reach.keyFile, passphrase: reach.passphrase ?? kept };
  return { isStrict, pins, ...identity };
}

/** Where it belongs, as was known, and what is chosen of that. */
function placeOf({ place: choice }: Reach, { place }: WatchedDomain): Pick<WatchedDomain, 'place'> {
  if (place === undefined && choice === 'default') return {};
  return { place: { ...(place ?? NO_PLACE), choice } };
}

function noPin(text: string): string {
  return `“${text}” is no pin. A pin is the SHA-256 of the server’s public key in base64: 44 characters, the last of them =.`;
}
