import type { Change } from '../../protocol/push/change.ts';
import type { Name } from '../../protocol/wire/name.ts';
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { ByteWriter } from '../../protocol/wire/writer.ts';
import type { Zones } from './zones.ts';

const TTL_SECONDS = 120;

/**
 * Puts into every zone the SRV record that leads to its push server (RFC 8765 §6.1), and the server's address 127.0.0.1 into
 * the zone of `target`, in the place of whatever stood at those names.
 */
export function announcePush(zones: Zones, target: Name, port: number): void {
  for (const zone of zones.all) {
    const name = zone.origin.prepend('_dns-push-tls', '_tcp');
    zone.apply(replacement(name, RecordType.SRV, srvRdata(port, target)));
  }
  zones.zoneOf(target)?.apply(replacement(target, RecordType.A, Uint8Array.of(127, 0, 0, 1)));
}

function replacement(name: Name, type: number, rdata: Uint8Array): readonly Change[] {
  const record: ResourceRecord = { name, type, class: RecordClass.IN, ttlSeconds: TTL_SECONDS, rdata };
  return [
    { kind: 'remove-name', name },
    { kind: 'add', record },
  ];
}

/** `priority u16 | weight u16 | port u16 | target` (RFC 2782). */
function srvRdata(port: number, target: Name): Uint8Array {
  const writer = new ByteWriter();
  for (const value of [0, 0, port]) writer.u16(value);
  writer.name(target, false);
  return writer.finish();
}
