import { Name } from '../../protocol/wire/name.ts';
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import { RecordType } from '../../protocol/wire/registry.ts';
import type { Change } from '../../protocol/push/change.ts';
import type { Edit } from '../../main/browse/testing/history-steps.ts';
import type { SiteName } from './step.ts';
import { readRecords, readZoneFile } from '../../main/demo/zone-file.ts';
import type { ZoneData } from '../../main/demo/zone-file.ts';
import { Zones } from '../../main/demo/zones.ts';

/** The names of the push servers. */
export const SERVER_NAMES: Readonly<Record<SiteName, string>> = {
  office: 'push.office.test',
  attic: 'push.attic.office.test',
  shop: 'push.shop.test',
  spare: 'push.shop.test',
};

const SHOP_ZONES: readonly string[] = ['shop.test'];
/** The zones of each push server. */
export const SERVER_ZONES: Readonly<Record<SiteName, readonly string[]>> = {
  office: ['office.test', 'lab.test'],
  attic: ['attic.office.test'],
  shop: SHOP_ZONES,
  spare: SHOP_ZONES,
};

/**
 * The zones at the beginning, whose servers are at these ports. What leads to the servers lives a second, so that whoever looks for
 * them asks the network; what is shown lives from no time at all to longer than any history.
 */
export function chaosZones(ports: Readonly<Record<SiteName, number>>): Zones {
  const srv = (priority: number, site: SiteName): string =>
    `_dns-push-tls._tcp 1 SRV ${priority} 0 ${ports[site]} ${SERVER_NAMES[site]}.`;
  return new Zones([
    zone('office.test', `push 1 A 127.0.0.1\n${srv(0, 'office')}`),
    zone('lab.test', srv(0, 'office')),
    zone('attic.office.test', `push 1 A 127.0.0.1\n${srv(0, 'attic')}`),
    zone('shop.test', `push 1 A 127.0.0.1\n${srv(0, 'shop')}\n${srv(1, 'spare')}`),
  ]);
}

function zone(origin: string, lines: string): ZoneData {
  const text = `$ORIGIN ${origin}.
$TTL 120
@ 1 SOA ns hostmaster 1 300 60 86400 1
@ 1 NS ns
ns 1 A 192.0.2.1
${lines}
${SHOWN}
`;
  const read = readZoneFile(text, origin);
  if (!read.ok) throw new TypeError(read.message);
  return read.zone;
}

const SHOWN = `_services._dns-sd._udp PTR _ipp._tcp
_ipp._tcp PTR Laser._ipp._tcp
Laser._ipp._tcp SRV 0 0 631 h
Laser._ipp._tcp TXT "txtvers=1"
h A 192.0.2.10`;

/** Edits of a zone as changes to it. */
export function changesOf(edits: readonly Edit[], zoneName: string): readonly Change[] {
  return edits.flatMap(({ how, line }) => records(line, zoneName).map((record) => ({ kind: how, record })));
}

/**
 * What makes a service visible that says how often the world came to rest: live is who shows the newest, and nothing that came
 * before it is still on its way.
 */
export function markerChanges(count: number, zoneName: string): readonly Change[] {
  const [record] = records('marker._ipp._tcp TXT "x"', zoneName);
  const { name, type, class: recordClass } = record!;
  const lines = [
    '_services._dns-sd._udp PTR _ipp._tcp',
    '_ipp._tcp PTR marker._ipp._tcp',
    'marker._ipp._tcp SRV 0 0 9 h',
    `marker._ipp._tcp TXT "rest=${count}"`,
  ];
  const adds = lines
    .flatMap((line) => records(line, zoneName))
    .map((each): Change => ({ kind: 'add', record: each }));
  return [{ kind: 'remove-rrset', name, type, class: recordClass }, ...adds];
}

/** The whole zone replaced, as a server does that reads its file anew: what leads to its servers stays, all else is as in these lines. */
export function reloadChanges(zones: Zones, zoneName: string, lines: readonly string[]): readonly Change[] {
  const current = zones.zone(Name.of(zoneName))?.records ?? [];
  const gone = current.filter((record) => !isLeading(record, zoneName));
  const come = [SHOWN, ...lines].flatMap((text) => records(text, zoneName));
  return [
    ...gone.map((record): Change => ({ kind: 'remove', record })),
    ...come.map((record): Change => ({ kind: 'add', record })),
  ];
}

function isLeading({ name, type }: ResourceRecord, zoneName: string): boolean {
  const leading = ['', 'ns.', 'push.', '_dns-push-tls._tcp.'].map((label) => `${label}${zoneName}.`);
  return type === RecordType.SOA || leading.includes(name.toString());
}

function records(text: string, zoneName: string): readonly ResourceRecord[] {
  const read = readRecords(`$TTL 120\n${text}`, Name.of(zoneName), 'chaos');
  if (!read.ok) throw new TypeError(read.message);
  return read.records;
}
