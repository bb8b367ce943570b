import type { ZoneData } from '../main/demo/zone-file.ts';
import { Name } from '../protocol/wire/name.ts';
import type { ResourceRecord } from '../protocol/wire/record.ts';
import { RecordType } from '../protocol/wire/registry.ts';
import { ByteWriter } from '../protocol/wire/writer.ts';
import type { ServiceRecords } from './records.ts';
import { record, serviceRecords } from './records.ts';

/** The domain of the benches, the one service type in it, and the name that is browsed. */
export const DOMAIN = Name.of('bench.test');
export const TYPE = Name.of('_ipp._tcp');
export const BROWSED = '_ipp._tcp.bench.test';
/** The push server, whose address `announcePush` puts into the zone. */
export const SERVER = DOMAIN.prepend('push');

/** A zone with so many services, four records each. */
export function generatedZone(services: number): ZoneData {
  const apex: readonly ResourceRecord[] = [
    record(DOMAIN, RecordType.SOA, soaRdata()),
    record(DOMAIN, RecordType.NS, SERVER.wire),
    record(DOMAIN.prepend('_services', '_dns-sd', '_udp'), RecordType.PTR, browsed().wire),
  ];
  const rest = Array.from({ length: services }, (_, number) => recordsOf(benchService(number)));
  return { origin: DOMAIN, records: [...apex, ...rest.flat()] };
}

/** Service `number` as it stands in the zone. */
export function benchService(number: number): ServiceRecords {
  return serviceRecords(number, TYPE, DOMAIN);
}

/** The records of a service, in the order in which they lead to one another. */
export function recordsOf({ ptr, srv, txt, a }: ServiceRecords): readonly ResourceRecord[] {
  return [ptr, srv, txt, a];
}

function browsed(): Name {
  return Name.ofLabels([...TYPE.labels, ...DOMAIN.labels]);
}

/** `MNAME | RNAME | SERIAL | REFRESH | RETRY | EXPIRE | MINIMUM` (RFC 1035 §3.3.13). */
function soaRdata(): Uint8Array {
  const writer = new ByteWriter();
  writer.name(SERVER, false);
  writer.name(DOMAIN.prepend('hostmaster'), false);
  for (const value of [1, 300, 60, 86_400, 10]) writer.u32(value);
  return writer.finish();
}
