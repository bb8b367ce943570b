import type { Change } from '../../protocol/push/change.ts';
import type { DoubtedRecord } from '../../protocol/push/tlvs.ts';
import { nameRdata } from '../../protocol/wire/rdata.ts';
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import { recordKey } from '../../protocol/wire/record.ts';
import { RecordType } from '../../protocol/wire/registry.ts';
import type { Clock } from '../net/clock.ts';
import type { Zones } from './zones.ts';

/** A Discovery Proxy asks its link again before it takes a record for stale; so long is the demo network about it. */
const LOOK_MS = 1_000;

/**
 * Does about records that clients doubt what a Discovery Proxy would that has looked for the service in vain (RFC 8765
 * §6.5): a second later the service is gone, with what lists it. A record that is not in the zones, or is no SRV record, stays.
 */
export class DoubtedServices {
  readonly #zones: Zones;
  readonly #clock: Clock;
  readonly #waiting = new Set<() => void>();

  constructor(zones: Zones, clock: Clock) {
    this.#zones = zones;
    this.#clock = clock;
  }

  /** A client doubts a record. */
  doubted(record: DoubtedRecord): void {
    const stop = this.#clock.at(this.#clock.nowMs() + LOOK_MS, () => {
      this.#waiting.delete(stop);
      removeService(this.#zones, record);
    });
    this.#waiting.add(stop);
  }

  /** What was not removed yet stays. */
  close(): void {
    for (const stop of this.#waiting) stop();
  }
}

function removeService(zones: Zones, doubted: DoubtedRecord): void {
  const { name, type } = doubted;
  const zone = zones.zoneOf(name);
  const key = recordKey({ ...doubted, ttlSeconds: 0 });
  const isThere = zone?.recordsAt(name).some((record) => recordKey(record) === key) === true;
  if (zone === undefined || !isThere || type !== RecordType.SRV) return;
  const lists = ({ type: listType, rdata }: ResourceRecord): boolean =>
    listType === RecordType.PTR && nameRdata(rdata).equals(name);
  const pointers = zone.records.filter(lists);
  zone.apply([
    ...pointers.map((record): Change => ({ kind: 'remove', record })),
    { kind: 'remove-name', name },
  ]);
}
