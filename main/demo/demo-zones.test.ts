import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Name } from '../../protocol/wire/name.ts';
import { ipv4Rdata, ipv6Rdata, nameRdata, srvRdata } from '../../protocol/wire/rdata.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { textOf } from '../../protocol/wire/text.ts';
import { readZoneFile } from './zone-file.ts';
import type { Zone } from './zone.ts';
import { Zones } from './zones.ts';

const ASSETS = join(import.meta.dirname, '..', '..', 'assets', 'demo');
const STORE = new Zones(
  ['office.zone', 'lab.zone'].map((file) => {
    const read = readZoneFile(readFileSync(join(ASSETS, file), 'utf8'), file);
    if (!read.ok) throw new TypeError(read.message);
    return read.zone;
  }),
);
const PRINTER_TYPES = ['_ipp._tcp', '_ipps._tcp', '_printer._tcp', '_pdl-datastream._tcp'];

interface Instance {
  readonly zone: Zone;
  readonly type: string;
  readonly label: string;
  readonly name: Name;
}

/** Every instance that a service type of a zone lists; types are found by their enumeration (RFC 6763 §9). */
const INSTANCES: readonly Instance[] = STORE.all.flatMap((zone) =>
  pointers(zone, zone.origin.prepend('_services', '_dns-sd', '_udp')).flatMap((type) =>
    pointers(zone, type).map((name) => ({
      zone,
      type: type.labels.slice(0, 2).map(textOf).join('.'),
      label: textOf(name.labels[0]!),
      name,
    })),
  ),
);
const PRINTERS = INSTANCES.filter(({ type }) => PRINTER_TYPES.includes(type));

function pointers(zone: Zone, name: Name): readonly Name[] {
  return zone.rrset(name, RecordType.PTR).map(({ rdata }) => nameRdata(rdata));
}

/** The TXT strings of an instance. */
function texts({ zone, name }: Instance): readonly string[] {
  const strings: string[] = [];
  for (const { rdata } of zone.rrset(name, RecordType.TXT)) {
    for (let at = 0; at < rdata.length; at += 1 + rdata[at]!)
      strings.push(textOf(rdata.subarray(at + 1, at + 1 + rdata[at]!)));
  }
  return strings;
}

function printerNames(filter: (printer: Instance) => boolean): readonly string[] {
  const names = PRINTERS.filter(filter).map(({ zone, label }) => `${label} @ ${String(zone.origin)}`);
  return [...new Set(names)];
}

test('there are 16 printers and 31 other services in two zones', () => {
  expect(printerNames(() => true)).toHaveLength(16);
  expect(INSTANCES.filter(({ type }) => !PRINTER_TYPES.includes(type))).toHaveLength(31);
});

test('every instance that is listed has one SRV with a port, one TXT, and a host with addresses reserved for documentation', () => {
  for (const instance of INSTANCES) {
    const { zone, name } = instance;
    expect(zone.rrset(name, RecordType.TXT)).toHaveLength(1);
    const [srv, ...more] = zone.rrset(name, RecordType.SRV).map(({ rdata }) => srvRdata(rdata));
    expect(more).toEqual([]);
    expect(srv!.port).toBeGreaterThan(0);
    const hosts = STORE.matching({ name: srv!.target, type: RecordType.ANY, class: RecordClass.IN });
    const addresses = hosts.map(({ type, rdata }) =>
      type === RecordType.A ? ipv4Rdata(rdata) : ipv6Rdata(rdata),
    );
    expect(addresses.length).toBeGreaterThan(0);
    for (const address of addresses)
      expect(address).toMatch(/^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$|^2001:db8:/);
  }
});

test('every service type with an instance is enumerated, once', () => {
  for (const zone of STORE.all) {
    const depth = zone.origin.labelCount + 2;
    const listed = zone.records.filter(
      ({ type, name }) =>
        type === RecordType.PTR && name.labelCount === depth && textOf(name.labels[0]!).startsWith('_'),
    );
    const types = new Set(listed.map(({ name }) => name.key));
    const enumerated = pointers(zone, zone.origin.prepend('_services', '_dns-sd', '_udp'));
    expect(new Set(enumerated.map(({ key }) => key))).toEqual(types);
    expect(enumerated).toHaveLength(types.size);
  }
});

test('printers offer colour, duplex and A3, and one all four protocols under one name', () => {
  const having = (text: string) => printerNames((printer) => texts(printer).includes(text)).length;
  expect([having('Color=T'), having('Color=F'), having('Duplex=T'), having('PaperMax=tabloid-A3')]).toEqual([
    10, 6, 10, 3,
  ]);
  const drPepper = PRINTERS.filter(({ label }) => label === "Dr. Pepper's “Büro” \\ 2.OG");
  expect(drPepper.map(({ type }) => type)).toEqual(PRINTER_TYPES);
});

test('every printer tells make, model, place and priority, txtvers first', () => {
  for (const printer of PRINTERS) {
    const strings = texts(printer);
    expect(strings[0]).toBe('txtvers=1');
    for (const key of ['ty=', 'product=(', 'note=', 'priority=', 'pdl=', 'UUID=']) {
      expect(strings.filter((text) => text.startsWith(key) && text.length > key.length)).toHaveLength(1);
    }
  }
});

test('one printer name stands in both zones, for two printers', () => {
  const named = PRINTERS.filter(({ label, type }) => label === 'Reception' && type === '_ipp._tcp');
  expect(named.map(({ zone }) => String(zone.origin))).toEqual(['office.test.', 'lab.test.']);
  expect(new Set(named.map((printer) => texts(printer).find((text) => text.startsWith('UUID=')))).size).toBe(
    2,
  );
});

test('RFC 6763 §8: a name that a printer holds without LPD has port 0 and is not listed', () => {
  const office = STORE.all[0]!;
  const reserved = office.records.filter(
    ({ type, rdata }) => type === RecordType.SRV && srvRdata(rdata).port === 0,
  );
  expect(reserved.map(({ name }) => textOf(name.labels[0]!))).toEqual([
    'Accounting (confidential)',
    'Photo Corner',
  ]);
  for (const { name } of reserved)
    expect(INSTANCES.some((instance) => instance.name.equals(name))).toBe(false);
});

test.each(['b', 'db', 'r', 'dr', 'lb'])(
  'RFC 6763 §11: both zones answer %s._dns-sd._udp, office.test with lab.test among those to browse',
  (kind) => {
    const [office, lab] = STORE.all.map((zone) =>
      pointers(zone, zone.origin.prepend(kind, '_dns-sd', '_udp')).map(String),
    );
    expect(office).toEqual(kind === 'b' || kind === 'lb' ? ['office.test.', 'lab.test.'] : ['office.test.']);
    expect(lab).toEqual(['lab.test.']);
  },
);
