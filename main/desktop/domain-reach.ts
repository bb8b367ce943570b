import type { Reach, ReachResult } from '../contract/reach.ts';
import { parseReach } from '../contract/reach.ts';
import { NO_PLACE } from '../browse/place-rule.ts';
import { parseResolver, writtenResolver } from '../net/resolver-address.ts';
import { isPin } from '../net/spki-pins.ts';
import type { ServerDemands, WatchedDomain } from '../storage/settings.ts';
import { readTrustFiles } from '../storage/trust-files.ts';
import type { SettingsDesk } from './settings-desk.ts';
import { trustFilesOf } from './trust-of-domain.ts';

/** The two questions of the settings window, which are also the channels. */
export const REACH_CHANNEL = { list: 'reach-list', set: 'reach-set' } as const;

/** What this needs of the rest. */
export interface DomainReachParts {
  /** The domains that are kept. */
  readonly domains: () => readonly WatchedDomain[];
  /** Keeps a domain and watches it anew; resolves when it is kept for good. */
  readonly change: (domain: WatchedDomain) => Promise<void>;
}

/** Tells the settings window how each domain is reached, and changes it, at once and for good. */
export function answerDomainReach(desk: SettingsDesk, parts: DomainReachParts): void {
  desk.answer(REACH_CHANNEL.list, () => reaches(parts.domains()));
  desk.answer(REACH_CHANNEL.set, (raw) => reachBy(parseReach(raw), parts));
}

function reaches(domains: readonly WatchedDomain[]): readonly Reach[] {
  return domains.map(({ name, resolver, caFile, demands, place }) => ({
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

async function reachBy(
  reach: Reach | undefined,
  { domains, change }: DomainReachParts,
): Promise<ReachResult> {
  const known = domains().find(({ name }) => name === reach?.name);
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
  await change(changed);
  return { ok: true };
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
