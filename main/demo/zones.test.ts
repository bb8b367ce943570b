import { expect, test } from 'vitest';
import { Name } from '../../protocol/wire/name.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { recordText } from './record-text.ts';
import { add, lines, zoneData, zones } from './testing/zone-fixture.ts';
import { Zones } from './zones.ts';

function matching(
  store: Zones,
  name: string,
  type: number,
  recordClass: number = RecordClass.IN,
): readonly string[] {
  return store.matching({ name: Name.of(name), type, class: recordClass }).map(recordText);
}

test('a name belongs to the nearest zone around it', () => {
  const store = zones({ 'office.test.': '', 'lab.office.test.': '' });
  expect(String(store.zoneOf(Name.of('a.LAB.office.test'))?.origin)).toBe('lab.office.test.');
  expect(String(store.zoneOf(Name.of('a.b.office.test'))?.origin)).toBe('office.test.');
  expect(store.zoneOf(Name.of('test'))).toBeUndefined();
  expect([
    store.isAuthoritative(Name.of('office.test')),
    store.isAuthoritative(Name.of('notoffice.test')),
  ]).toEqual([true, false]);
});

test('SRV-25: TYPE and CLASS 255 select every record of a name', () => {
  const store = zones({ 'office.test.': 'x A 192.0.2.1\nx TXT "t"\ny A 192.0.2.2' });
  const all = ['x.office.test. 4500 IN A 192.0.2.1', 'x.office.test. 4500 IN TXT "t"'];
  expect(matching(store, 'X.office.test', RecordType.ANY)).toEqual(all);
  expect(matching(store, 'x.office.test', RecordType.ANY, RecordClass.ANY)).toEqual(all);
  expect(matching(store, 'x.office.test', RecordType.TXT, RecordClass.ANY)).toEqual([all[1]]);
  expect(matching(store, 'x.office.test', RecordType.ANY, RecordClass.CH)).toEqual([]);
});

test('SRV-26: a CNAME matches any TYPE, and TYPE CNAME nothing else', () => {
  const store = zones({ 'office.test.': 'alias CNAME host\nhost A 192.0.2.1' });
  const alias = ['alias.office.test. 4500 IN CNAME host.office.test.'];
  expect(matching(store, 'alias.office.test', RecordType.A)).toEqual(alias);
  expect(matching(store, 'alias.office.test', RecordType.CNAME)).toEqual(alias);
  expect(matching(store, 'host.office.test', RecordType.CNAME)).toEqual([]);
});

test('changes to any zone are heard until the listener is stopped', () => {
  const store = zones({ 'office.test.': '', 'lab.test.': '' });
  const heard: string[] = [];
  const stop = store.onChange((changes, zone) =>
    heard.push(`${String(zone.origin)} ${lines(changes).length}`),
  );
  store.zone(Name.of('lab.test'))?.apply([add('x A 192.0.2.1', 'lab.test.')]);
  store.zone(Name.of('office.test'))?.apply([add('x A 192.0.2.1')]);
  stop();
  store.zone(Name.of('office.test'))?.apply([add('y A 192.0.2.1')]);
  expect(heard).toEqual(['lab.test. 3', 'office.test. 3']);
});

test('one zone twice is our mistake', () => {
  expect(() => new Zones([zoneData(''), zoneData('', 'OFFICE.test.')])).toThrow(TypeError);
});
