import type { Change } from '../../protocol/push/change.ts';
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import { RecordType } from '../../protocol/wire/registry.ts';
import { octetsOf, utf8Of } from '../../protocol/wire/text.ts';
import { ByteReader } from '../../protocol/wire/reader.ts';
import { ByteWriter } from '../../protocol/wire/writer.ts';
import type { Zone } from './zone.ts';

/** What gets added to a printer's note and, the next time, taken away. */
const TROUBLES: readonly string[] = [' – out of paper', ' – toner low', ' – being serviced'];
const NOTE_KEY = 'note=';

/**
 * Edits that change the note of one printer of the zone, in the TXT records of all its protocols; none when no record has
 * a note. `pick` chooses one of several.
 */
export function noteChange(zone: Zone, pick: <T>(items: readonly T[]) => T): readonly Change[] {
  const noted = zone.records.filter((record) => noteOf(record) !== undefined);
  if (noted.length === 0) return [];
  const chosen = pick(noted);
  const note = noteOf(chosen)!;
  const trouble = TROUBLES.find((text) => note.endsWith(text));
  const changed = trouble === undefined ? note + pick(TROUBLES) : note.slice(0, -trouble.length);
  return noted
    .filter((record) => noteOf(record) === note && instanceKey(record) === instanceKey(chosen))
    .flatMap((record): Change[] => [
      { kind: 'remove', record },
      { kind: 'add', record: { ...record, rdata: withNote(record.rdata, changed) } },
    ]);
}

/** The instance label: a printer has the same under each protocol (RFC 6763 §8). */
function instanceKey(record: ResourceRecord): string {
  return String(record.name.labels[0]);
}

function noteOf(record: ResourceRecord): string | undefined {
  if (record.type !== RecordType.TXT) return undefined;
  const note = texts(record.rdata).find((text) => isNote(text));
  return note === undefined ? undefined : utf8Of(note.subarray(NOTE_KEY.length));
}

function withNote(rdata: Uint8Array, note: string): Uint8Array {
  const writer = new ByteWriter();
  for (const text of texts(rdata)) {
    const octets = isNote(text) ? octetsOf(NOTE_KEY + note) : text;
    writer.u8(octets.length);
    writer.octets(octets);
  }
  return writer.finish();
}

function isNote(text: Uint8Array): boolean {
  return utf8Of(text.subarray(0, NOTE_KEY.length))?.toLowerCase() === NOTE_KEY;
}

function texts(rdata: Uint8Array): readonly Uint8Array[] {
  const strings: Uint8Array[] = [];
  const reader = new ByteReader(rdata);
  while (!reader.atEnd) strings.push(reader.octets(reader.u8()));
  return strings;
}
