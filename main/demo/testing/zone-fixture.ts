import type { Change } from '../../../protocol/push/change.ts';
import { Name } from '../../../protocol/wire/name.ts';
import type { ResourceRecord } from '../../../protocol/wire/record.ts';
import { changeText } from '../change-text.ts';
import { readRecords, readZoneFile } from '../zone-file.ts';
import type { ZoneData } from '../zone-file.ts';
import { Zone } from '../zone.ts';
import { Zones } from '../zones.ts';

/** Every zone of the tests starts with these two lines; serial 7, negative answers live 10 s. */
const HEAD = (origin: string) =>
  `$ORIGIN ${origin}\n$TTL 4500\n@ 3600 SOA ns hostmaster 7 1h 10m 1w 10\n  NS ns\n`;

/** Records in master file form, relative to `origin`. */
export function records(text: string, origin = 'office.test.'): readonly ResourceRecord[] {
  const read = readRecords(`$TTL 4500\n${text}`, Name.of(origin), 'of a test');
  if (!read.ok) throw new TypeError(read.message);
  return read.records;
}

/** The one record of a line in master file form. */
export function record(line: string, origin = 'office.test.'): ResourceRecord {
  const [first, second] = records(line, origin);
  if (first === undefined || second !== undefined) throw new TypeError(`not one record: ${line}`);
  return first;
}

/** A zone with SOA (serial 7), NS and these records. */
export function zoneData(text: string, origin = 'office.test.'): ZoneData {
  const read = readZoneFile(HEAD(origin) + text, 'of a test');
  if (!read.ok) throw new TypeError(read.message);
  return read.zone;
}

/** A zone to change: see `zoneData`. */
export function zone(text: string, origin = 'office.test.'): Zone {
  return new Zone(zoneData(text, origin));
}

/** Several zones by their origin. */
export function zones(texts: Readonly<Record<string, string>>): Zones {
  return new Zones(Object.entries(texts).map(([origin, text]) => zoneData(text, origin)));
}

/** An edit that adds the record of a line. */
export function add(line: string, origin = 'office.test.'): Change {
  return { kind: 'add', record: record(line, origin) };
}

/** An edit that removes the record of a line. */
export function remove(line: string, origin = 'office.test.'): Change {
  return { kind: 'remove', record: record(line, origin) };
}

/** Changes as lines, `+` or `-` and the record; the SOA as its serial alone. */
export function lines(changes: readonly Change[]): readonly string[] {
  return changes.map((change) => {
    const text = changeText(change);
    const serial = / IN SOA \S+ \S+ (\d+) /.exec(text)?.[1];
    return serial === undefined ? text : `${text.slice(0, 1)} SOA ${serial}`;
  });
}
