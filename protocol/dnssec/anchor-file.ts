import { MasterFileError, readEntries } from '../wire/master-tokens.ts';
import type { Entry } from '../wire/master-tokens.ts';
import { secondsOf, WordReader } from '../wire/master-words.ts';
import type { Name } from '../wire/name.ts';
import { readRdataText } from '../wire/rdata-text.ts';
import { classOf, RecordClass, RecordType, typeOf } from '../wire/registry.ts';
import type { Dnskey } from './dnskey.ts';
import { isZoneKey, readDnskey } from './dnskey.ts';
import type { Ds } from './ds.ts';
import { readDs } from './ds.ts';
import type { TrustAnchor } from './trust-anchor.ts';

/** What a file of trust anchors holds, or the first thing in it that is wrong; line and column count from 1. */
export type ParsedAnchors =
  | { readonly ok: true; readonly anchors: readonly TrustAnchor[] }
  | { readonly ok: false; readonly line: number; readonly column: number; readonly message: string };

/**
 * Reads trust anchors in the form of master files: DS records, or DNSKEY records as `root.key` of other software has them,
 * of one zone or several. Owners end in a dot; TTL and class may stand before the type, as everywhere (RFC 1035 §5.1).
 */
export function parseAnchors(text: string): ParsedAnchors {
  try {
    const zones = new Map<string, Draft>();
    for (const entry of readEntries(text)) addTo(zones, entry);
    if (zones.size === 0) throw new MasterFileError({ line: 1, column: 1 }, 'there is no trust anchor in it');
    return { ok: true, anchors: [...zones.values()] };
  } catch (error) {
    if (!(error instanceof MasterFileError)) throw error;
    const { line, column, message } = error;
    return { ok: false, line, column, message };
  }
}

interface Draft {
  readonly zone: Name;
  readonly ds: Ds[];
  readonly keys: Dnskey[];
}

function addTo(zones: Map<string, Draft>, { tokens, end, ownerOmitted }: Entry): void {
  const words = new WordReader(tokens, end, undefined);
  if (ownerOmitted) throw new MasterFileError(words.place, 'an anchor begins with the name of its zone');
  const zone = words.name('the zone');
  while (words.next !== undefined && isTtlOrClass(words.next.text)) words.word('the class');
  const place = words.place;
  const type = typeOf(words.word('the type').text.toUpperCase());
  const draft = zones.get(zone.key) ?? { zone, ds: [], keys: [] };
  zones.set(zone.key, draft);
  if (type === RecordType.DS) {
    draft.ds.push(readDs(readRdataText(type, words)));
  } else if (type === RecordType.DNSKEY) {
    const key = readDnskey(readRdataText(type, words));
    if (!isZoneKey(key)) throw new MasterFileError(place, 'this key is none of a zone, or it is revoked');
    draft.keys.push(key);
  } else {
    throw new MasterFileError(place, 'a trust anchor is a DS or a DNSKEY record');
  }
}

function isTtlOrClass(text: string): boolean {
  return secondsOf(text) !== undefined || classOf(text.toUpperCase()) === RecordClass.IN;
}
