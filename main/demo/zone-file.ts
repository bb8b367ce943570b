import type { Name } from '../../protocol/wire/name.ts';
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import { questionKey, recordKey } from '../../protocol/wire/record.ts';
import { classOf, RecordClass, RecordType, typeName, typeOf } from '../../protocol/wire/registry.ts';
import { soaRdata } from '../../protocol/wire/rdata.ts';
import { MasterFileError, readEntries } from '../../protocol/wire/master-tokens.ts';
import type { Entry, Place, Token } from '../../protocol/wire/master-tokens.ts';
import { MAX_TTL_SECONDS, nameOf, secondsOf, WordReader } from '../../protocol/wire/master-words.ts';
import { readRdataText } from '../../protocol/wire/rdata-text.ts';

/** The records of a zone, ready for `new Zone`. */
export interface ZoneData {
  /** The owner of the SOA record. */
  readonly origin: Name;
  readonly records: readonly ResourceRecord[];
}

/** What is wrong with a master file. `message` names file, line and column; both count from 1. */
export interface ZoneFileProblem {
  readonly ok: false;
  readonly code: 'bad-zone-file';
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** What `readZoneFile` made of a file. */
export type ZoneFileResult = { readonly ok: true; readonly zone: ZoneData } | ZoneFileProblem;

/**
 * Reads a whole zone in master file form (RFC 1035 §5, RFC 2308 §4 for `$TTL`, RFC 3597 §5 for `TYPE65280 \# 2 0102`).
 * `file` is the name that messages give it. A zone has exactly one SOA, nothing outside it, no record twice and nothing
 * beside a CNAME. Wildcards and delegations have no special meaning here: their records are answered as they stand.
 */
export function readZoneFile(text: string, file: string): ZoneFileResult {
  return guarded(file, () => ({ ok: true, zone: checkedZone(new MasterFile(undefined).read(text), text) }));
}

/** Records in master file form that are no whole zone: `origin` is what relative names are relative to. */
export function readRecords(
  text: string,
  origin: Name,
  file: string,
): { readonly ok: true; readonly records: readonly ResourceRecord[] } | ZoneFileProblem {
  return guarded(file, () => {
    const records = new MasterFile(origin).read(text).map(({ record }) => record);
    return { ok: true, records };
  });
}

function guarded<T>(file: string, read: () => T): T | ZoneFileProblem {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MasterFileError)) throw error;
    const { line, column } = error;
    const message = `Zone file ${file}, line ${line}, column ${column}: ${error.message}.`;
    return { ok: false, code: 'bad-zone-file', message, line, column };
  }
}

interface PlacedRecord {
  readonly record: ResourceRecord;
  readonly place: Place;
}

class MasterFile {
  #origin: Name | undefined;
  #owner: Name | undefined;
  #defaultTtlSeconds: number | undefined;
  #lastTtlSeconds: number | undefined;

  constructor(origin: Name | undefined) {
    this.#origin = origin;
  }

  read(text: string): readonly PlacedRecord[] {
    const records: PlacedRecord[] = [];
    for (const entry of readEntries(text)) {
      const first = entry.tokens[0]!;
      if (!entry.ownerOmitted && !first.isQuoted && first.text.startsWith('$')) this.#directive(entry, first);
      else records.push({ record: this.#record(entry, first), place: first });
    }
    return records;
  }

  #directive(entry: Entry, first: Token): void {
    const words = new WordReader(entry.tokens.slice(1), entry.end, this.#origin);
    const directive = first.text.toUpperCase();
    if (directive === '$ORIGIN') this.#origin = words.name('the origin');
    else if (directive === '$TTL') this.#defaultTtlSeconds = words.seconds('the TTL');
    else throw new MasterFileError(first, `${first.text} is not understood here: $ORIGIN and $TTL are`);
    words.expectEnd();
  }

  #record(entry: Entry, first: Token): ResourceRecord {
    if (entry.ownerOmitted && this.#owner === undefined) {
      throw new MasterFileError(first, 'the first record must name its owner');
    }
    const owner = entry.ownerOmitted ? this.#owner! : nameOf(first, this.#origin);
    this.#owner = owner;
    const words = new WordReader(entry.tokens.slice(entry.ownerOmitted ? 0 : 1), entry.end, this.#origin);
    const explicitTtlSeconds = readTtlAndClass(words);
    const typeToken = words.word('the type');
    const type = recordType(typeToken);
    const rdata = readRdataText(type, words);
    const ttlSeconds =
      explicitTtlSeconds ?? this.#defaultTtlSeconds ?? this.#lastTtlSeconds ?? soaMinimum(type, rdata);
    if (ttlSeconds === undefined)
      throw new MasterFileError(typeToken, 'the record has no TTL and no $TTL stands before it');
    this.#lastTtlSeconds = ttlSeconds;
    return { name: owner, type, class: RecordClass.IN, ttlSeconds, rdata };
  }
}

/** Reads `[TTL] [class]` in either order, both optional, and returns the TTL. */
function readTtlAndClass(words: WordReader): number | undefined {
  let ttlSeconds: number | undefined;
  let classSeen = false;
  for (;;) {
    const token = words.next;
    if (token === undefined || token.isQuoted) return ttlSeconds;
    const recordClass = classOf(token.text.toUpperCase());
    if (recordClass !== undefined && recordClass !== RecordClass.ANY && !classSeen) {
      if (recordClass !== RecordClass.IN)
        throw new MasterFileError(token, `class ${token.text} is not served here, only IN is`);
      classSeen = true;
    } else if (ttlSeconds === undefined && /^\d/.test(token.text)) {
      ttlSeconds = secondsOf(token.text);
      if (ttlSeconds === undefined) {
        throw new MasterFileError(
          token,
          `"${token.text}" is no TTL: a time up to ${MAX_TTL_SECONDS} s such as 3600 or 1h30m`,
        );
      }
    } else {
      return ttlSeconds;
    }
    words.word('the type');
  }
}

function recordType(token: Token): number {
  const type = token.isQuoted ? undefined : typeOf(token.text.toUpperCase());
  if (type === undefined) throw new MasterFileError(token, `"${token.text}" is no record type`);
  if (isMetaType(type)) throw new MasterFileError(token, `${typeName(type)} is no type that a zone can hold`);
  return type;
}

/** Whether a TYPE is one that no zone holds: 0, OPT, and the meta and question types 128 to 255 (RFC 6895 §3.1). */
export function isMetaType(type: number): boolean {
  return type === 0 || type === RecordType.OPT || (type >= 128 && type <= 255);
}

function soaMinimum(type: number, rdata: Uint8Array): number | undefined {
  return type === RecordType.SOA ? soaRdata(rdata).minimumSeconds : undefined;
}

function checkedZone(placed: readonly PlacedRecord[], text: string): ZoneData {
  const soas = placed.filter(({ record }) => record.type === RecordType.SOA);
  const soa = soas[0];
  if (soa === undefined) {
    const end = { line: text.replace(/\n$/, '').split('\n').length, column: 1 };
    throw new MasterFileError(end, 'the file ends without a SOA record, which every zone has');
  }
  if (soas.length > 1)
    throw new MasterFileError(soas[1]!.place, 'a zone has one SOA record, and this is a second');
  const origin = soa.record.name;
  const linesByRecord = new Map<string, number>();
  const ttlByRrset = new Map<string, number>();
  const firstAtName = new Map<string, PlacedRecord>();
  for (const { record, place } of placed) {
    if (!record.name.isWithin(origin)) {
      throw new MasterFileError(place, `${String(record.name)} lies outside the zone ${String(origin)}`);
    }
    const sameLine = linesByRecord.get(recordKey(record));
    if (sameLine !== undefined)
      throw new MasterFileError(place, `the same record stands on line ${sameLine}`);
    linesByRecord.set(recordKey(record), place.line);
    checkCname({ record, place }, firstAtName);
    if (!ttlByRrset.has(questionKey(record))) ttlByRrset.set(questionKey(record), record.ttlSeconds);
  }
  // One TTL for a whole set (RFC 2181 §5.2): its first record's.
  const records = placed.map(({ record }) => ({
    ...record,
    ttlSeconds: ttlByRrset.get(questionKey(record))!,
  }));
  return { origin, records };
}

function checkCname(placed: PlacedRecord, firstAtName: Map<string, PlacedRecord>): void {
  const { record, place } = placed;
  const first = firstAtName.get(record.name.key);
  if (first === undefined) {
    firstAtName.set(record.name.key, placed);
  } else if (record.type === RecordType.CNAME || first.record.type === RecordType.CNAME) {
    const problem = `${String(record.name)} has a CNAME, so nothing else may stand beside it (line ${first.place.line})`;
    throw new MasterFileError(place, problem);
  }
}
