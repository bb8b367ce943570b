import type { Name } from '../../protocol/wire/name.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { Zone } from './zone.ts';
import type { ZoneListener } from './zone.ts';
import type { ZoneData } from './zone-file.ts';

/** The zones of one server, found by the names in them. */
export class Zones {
  readonly #zones = new Map<string, Zone>();

  /** Two zones of one name are our mistake. */
  constructor(zones: readonly ZoneData[]) {
    for (const data of zones) {
      if (this.#zones.has(data.origin.key))
        throw new TypeError(`the zone ${String(data.origin)} is there twice`);
      this.#zones.set(data.origin.key, new Zone(data));
    }
  }

  /** Every zone, in the order given. */
  get all(): readonly Zone[] {
    return [...this.#zones.values()];
  }

  /** The zone of exactly this name. */
  zone(origin: Name): Zone | undefined {
    return this.#zones.get(origin.key);
  }

  /** The nearest zone around a name. */
  zoneOf(name: Name): Zone | undefined {
    for (let at = name; ; at = at.parent) {
      const zone = this.#zones.get(at.key);
      if (zone !== undefined || at.isRoot) return zone;
    }
  }

  isAuthoritative(name: Name): boolean {
    return this.zoneOf(name) !== undefined;
  }

  /**
   * The records that a question selects: TYPE and CLASS 255 select all, and a CNAME at the name matches any TYPE
   * (RFC 8765 §6.2.1, §2).
   */
  matching(question: Question): readonly ResourceRecord[] {
    if (question.class !== RecordClass.IN && question.class !== RecordClass.ANY) return [];
    const records = this.zoneOf(question.name)?.recordsAt(question.name) ?? [];
    if (question.type === RecordType.ANY) return records;
    return records.filter(({ type }) => type === question.type || type === RecordType.CNAME);
  }

  /** Hears of every later change to any zone; the returned function ends that. */
  onChange(listener: ZoneListener): () => void {
    const stops = this.all.map((zone) => zone.onChange(listener));
    return () => {
      for (const stop of stops) stop();
    };
  }
}
