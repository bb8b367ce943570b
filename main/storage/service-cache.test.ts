import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ServiceRow } from '../contract/api.ts';
import type { RememberedDomain } from '../contract/remembered.ts';
import { printerRow } from '../contract/testing/rows.ts';
import { VirtualClock } from '../net/virtual-clock.ts';
import { ServiceCache } from './service-cache.ts';
import { MAX_FILE_OCTETS, readServices, servicePieces } from './service-file.ts';

let folder: string;
let clock: VirtualClock;
let problems: string[];
let cache: ServiceCache;

beforeEach(() => {
  folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'herald-services-')), 'services');
  clock = new VirtualClock();
  problems = [];
  cache = new ServiceCache(folder, clock, (message) => problems.push(message));
});

afterEach(() => {
  fs.rmSync(path.dirname(folder), { recursive: true, force: true });
});

const ROW = printerRow({
  txt: [
    ['note', 'Hall'],
    ['Fax', true],
    ['UUID', { hex: '00ff' }],
  ],
});
const remembered = (...services: readonly ServiceRow[]): RememberedDomain => ({ asOfMs: 5, services });
const cached = (row: ServiceRow): ServiceRow => {
  const knowsNothing = row.host === null && row.addresses === null && row.txt === null;
  return { ...row, standing: 'cached', details: knowsNothing ? 'unasked' : 'remembered' };
};
/** All that is known again of a domain. */
function recalled(from: ServiceCache, domain: string): RememberedDomain | undefined {
  const read = from.recall(domain);
  return read && { asOfMs: read.asOfMs, services: [...read.pieces].flat() };
}
const files = (): readonly string[] => (fs.existsSync(folder) ? fs.readdirSync(folder).toSorted() : []);
const theFile = (): string => path.join(folder, files()[0]!);

test('what was known of a domain is known again in the next run, all of it only from before', async () => {
  cache.changed('office.test', () => remembered(ROW));
  await cache.flush();
  const next = new ServiceCache(folder, clock, (message) => problems.push(message));
  expect(recalled(next, 'office.test')).toEqual(remembered(cached(ROW)));
  expect(next.recall('lab.test')).toBeUndefined();
  expect(problems).toEqual([]);
});

test('whatever services say, that is what is read again', () => {
  const text = fc.string({ unit: 'binary', maxLength: 20 });
  const value = fc.oneof(
    text,
    fc.constant(true as const),
    text.map((hex) => ({ hex })),
  );
  const row = fc
    .record({
      id: text,
      type: fc.constantFrom('_ipp._tcp', '_frobnicate._udp'),
      instance: text,
      host: fc.option(text),
      port: fc.option(fc.nat({ max: 65_535 })),
      addresses: fc.option(fc.array(text)),
      txt: fc.option(fc.array(fc.tuple(text, value))),
      via: fc.constantFrom('push' as const, 'poll' as const),
    })
    .map((fields) => printerRow(fields));
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const read = readServices(
        'office.test',
        [...servicePieces('office.test', remembered(...rows))].join(''),
      );
      if (read.kind !== 'read') throw new Error(read.kind);
      const said = (row: ServiceRow): ServiceRow => ({ ...row, typeName: '', category: 'other' });
      expect([...read.pieces].flatMap((piece) => piece ?? []).map(said)).toEqual(rows.map(cached).map(said));
    }),
  );
});

test('a change is written after two seconds, and a stream of them every thirty', async () => {
  let asked = 0;
  const written: number[] = [];
  for (let at = 0; at < 100; at += 1) {
    cache.changed('office.test', () => {
      written.push(clock.nowMs());
      return { asOfMs: (asked += 1), services: [] };
    });
    clock.advance(1_000);
  }
  expect(written).toEqual([2_000, 32_000, 62_000, 92_000]);
  await cache.flush();
  expect(cache.recall('office.test')?.asOfMs).toBe(asked);
  expect(clock.waiting).toBe(0);
});

test('what is not worth keeping leaves the file as it is', async () => {
  cache.changed('office.test', () => remembered(ROW));
  await cache.flush();
  cache.changed('office.test', () => undefined);
  await cache.flush();
  expect(recalled(cache, 'office.test')?.services).toHaveLength(1);
});

test('what is not worth keeping puts off nothing that is', () => {
  cache.changed('office.test', () => undefined);
  clock.advance(2_000);
  let writtenMs = 0;
  cache.changed('office.test', () => {
    writtenMs = clock.nowMs();
    return remembered(ROW);
  });
  clock.advance(10_000);
  expect(writtenMs).toBe(4_000);
});

test.each([
  ['no JSON', '{"version":1,'],
  ['an older form', '[]'],
  ['less than was written', '{"version":1,"domain":"office.test","asOfMs":5,"services":[\n{"id":'],
  ['services that are none', '{"version":1,"domain":"office.test","asOfMs":5,"services":{}}'],
])('a file that holds %s is set aside with a message, and nothing is shown of it', async (_, text) => {
  cache.changed('office.test', () => remembered(ROW));
  await cache.flush();
  const file = theFile();
  fs.writeFileSync(file, text);
  expect(cache.recall('office.test')).toBeUndefined();
  expect(problems).toEqual([expect.stringMatching(/could not be understood.*kept as .*\.unreadable\.$/)]);
  expect(fs.readFileSync(`${file}.unreadable`, 'utf8')).toBe(text);
  expect(cache.recall('office.test')).toBeUndefined();
  expect(problems).toHaveLength(1);
});

test.each([
  ['a service without a name', '{}'],
  ['no JSON', '{"id":'],
])('a file with %s among its services is set aside, and what comes before is shown', async (_, bad) => {
  const rows = Array.from({ length: 1_200 }, (_row, at) => printerRow({ id: `${at}` }));
  cache.changed('office.test', () => remembered(...rows));
  await cache.flush();
  const file = theFile();
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  lines[700] = `${bad},`;
  fs.writeFileSync(file, lines.join('\n'));
  const read = cache.recall('office.test')!;
  expect(problems).toEqual([]);
  expect([...read.pieces].flat().map(({ id }) => id)).toEqual(rows.slice(0, 500).map(({ id }) => id));
  expect(problems).toEqual([expect.stringMatching(/could not be understood.*kept as .*\.unreadable\.$/)]);
  expect(files()).toEqual([`${path.basename(file)}.unreadable`]);
});

test('a long list is read piece by piece, and nothing of it is lost', async () => {
  const rows = Array.from({ length: 1_200 }, (_, at) => printerRow({ id: `${at}` }));
  cache.changed('office.test', () => remembered(...rows));
  await cache.flush();
  const pieces = [...cache.recall('office.test')!.pieces];
  expect(pieces.map(({ length }) => length)).toEqual([500, 500, 200]);
  expect(pieces.flat()).toEqual(rows.map(cached));
});

test.each([
  ['another version', '{"version":2,"domain":"office.test","services":[\n]}\n'],
  ['another domain', '{"version":1,"domain":"lab.test","asOfMs":5,"services":[\n]}\n'],
])('a file of %s is passed over', async (_, text) => {
  cache.changed('office.test', () => remembered(ROW));
  await cache.flush();
  fs.writeFileSync(theFile(), text);
  expect(cache.recall('office.test')).toBeUndefined();
  expect(problems).toEqual([]);
});

test('a file is bounded: what does not fit is left out, and what is larger is not read', async () => {
  const long = 'x'.repeat(100_000);
  const rows = Array.from({ length: 200 }, (_, at) => printerRow({ id: `${at}`, txt: [['note', long]] }));
  cache.changed('office.test', () => remembered(...rows));
  await cache.flush();
  expect(fs.statSync(theFile()).size).toBeLessThanOrEqual(MAX_FILE_OCTETS);
  expect(recalled(cache, 'office.test')?.services.map(({ id }) => id)).toEqual(
    rows.slice(0, 159).map(({ id }) => id),
  );
  fs.truncateSync(theFile(), MAX_FILE_OCTETS + 1);
  expect(cache.recall('office.test')).toBeUndefined();
  expect(problems).toEqual([expect.stringContaining('it is larger than Herald writes any')]);
});

test('what is not watched any longer is not kept, and what others left in the folder is', async () => {
  for (const domain of ['office.test', 'lab.test', 'shop.test']) cache.changed(domain, () => remembered());
  await cache.flush();
  fs.writeFileSync(path.join(folder, 'notes.txt'), 'mine');
  cache.forget('lab.test');
  await cache.flush();
  expect(files()).toHaveLength(3);
  cache.keepOnly(['office.test', 'attic.test']);
  await cache.flush();
  expect(files()).toHaveLength(2);
  expect(cache.recall('office.test')).toBeDefined();
  expect(cache.recall('shop.test')).toBeUndefined();
});

test('a folder that cannot be written is told of once, and the next write that succeeds is silent', async () => {
  fs.writeFileSync(folder, 'a file');
  for (let at = 0; at < 3; at += 1) {
    cache.changed('office.test', () => remembered(ROW));
    await cache.flush();
  }
  expect(problems).toEqual([expect.stringMatching(/^The last known services could not be kept in /)]);
  fs.rmSync(folder);
  cache.changed('office.test', () => remembered(ROW));
  await cache.flush();
  expect(problems).toHaveLength(1);
  expect(cache.recall('office.test')).toBeDefined();
});
