import type { Change } from '../../protocol/push/change.ts';
import type { Name } from '../../protocol/wire/name.ts';
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import { recordKey } from '../../protocol/wire/record.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import type { Visitor } from './visitors.ts';
import { readRecords } from './zone-file.ts';
import type { Zone } from './zone.ts';

/** A device in the zone that it visits, as edits of that zone. */
export class Guest {
  readonly zone: Zone;
  readonly #records: readonly ResourceRecord[];

  /** Text of a visitor that does not parse is our mistake. */
  constructor(visitor: Visitor, zone: Zone) {
    const read = readRecords(visitor.records, zone.origin, 'of visitors');
    if (!read.ok) throw new TypeError(read.message);
    this.zone = zone;
    this.#records = read.records;
  }

  /** Adds its records, and lists its service types where they are new to the zone (RFC 6763 §9). */
  arrival(): readonly Change[] {
    const listed = this.#types().map((type) => listing(this.zone, type));
    return [...this.#records, ...listed].map((record) => ({ kind: 'add', record }));
  }

  /** Removes its records, and lists no longer those of its service types that nobody else has. */
  departure(): readonly Change[] {
    const own = new Set(this.#records.map(recordKey));
    const deserted = this.#types().filter((type) =>
      this.zone.rrset(type, RecordType.PTR).every((instance) => own.has(recordKey(instance))),
    );
    const gone = [...this.#records, ...deserted.map((type) => listing(this.zone, type))];
    return gone.map((record) => ({ kind: 'remove', record }));
  }

  /** The names that its instances are listed at: two labels before the zone's name, so no subtypes. */
  #types(): readonly Name[] {
    const depth = this.zone.origin.labelCount + 2;
    const names = this.#records.filter(
      ({ type, name }) => type === RecordType.PTR && name.labelCount === depth,
    );
    return [...new Map(names.map(({ name }) => [name.key, name])).values()];
  }
}

function listing(zone: Zone, type: Name): ResourceRecord {
  const name = zone.origin.prepend('_services', '_dns-sd', '_udp');
  return { name, type: RecordType.PTR, class: RecordClass.IN, ttlSeconds: 4500, rdata: type.wire };
}
