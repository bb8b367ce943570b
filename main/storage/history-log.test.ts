import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HistoryEntry } from '../contract/history.ts';
import { VirtualClock } from '../net/virtual-clock.ts';
import { HistoryLog } from './history-log.ts';
import { historyParts, KEPT_MS, MAX_OCTETS, PART_OCTETS, spentParts } from './history-parts.ts';
import { readHistory } from './history-reader.ts';

const DAY_MS = 86_400_000;

let folder = '';
let problems: string[] = [];
let clock = new VirtualClock();

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'herald-history-'));
  problems = [];
  clock = new VirtualClock(0, Date.UTC(2026, 10, 26));
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

function open(): HistoryLog {
  return new HistoryLog(folder, clock, (message) => problems.push(message));
}

function entry(instance: string): HistoryEntry {
  return {
    atMs: clock.wallMs(),
    sinceMs: null,
    event: 'appeared',
    domain: 'office.test',
    type: '_ipp._tcp',
    instance,
    host: null,
    port: null,
    changed: [],
  };
}

async function read(from = folder): Promise<{ instances: string[]; unreadable: number }> {
  const instances: string[] = [];
  let unreadable = 0;
  const query = { sinceMs: 0, nowMs: clock.wallMs(), wants: () => true };
  for await (const { instance } of readHistory(from, query, () => (unreadable += 1)))
    instances.push(instance);
  return { instances, unreadable };
}

test('what was added is read by the next run, the oldest first', async () => {
  const log = open();
  log.add([entry('A'), entry('B\nC')]);
  log.add([entry('Büro 🖨')]);
  await log.flush();
  expect(await read()).toEqual({ instances: ['A', 'B\nC', 'Büro 🖨'], unreadable: 0 });
  expect(clock.waiting).toBe(0);
});

test('entries close together are one write, a second later', async () => {
  const log = open();
  log.add([entry('A')]);
  log.add([entry('B')]);
  expect(clock.waiting).toBe(1);
  expect(fs.readdirSync(folder)).toEqual([]);
  clock.advance(1000);
  await log.flush();
  expect(await read()).toMatchObject({ instances: ['A', 'B'] });
});

test('a later run goes on in the same file, and a line that was torn by a kill spoils no other', async () => {
  const first = open();
  first.add([entry('A')]);
  await first.flush();
  const [file = ''] = fs.readdirSync(folder);
  fs.appendFileSync(path.join(folder, file), '{"atMs":1,"insta');
  const second = open();
  second.add([entry('B')]);
  await second.flush();
  expect(fs.readdirSync(folder)).toEqual([file]);
  expect(await read()).toEqual({ instances: ['A', 'B'], unreadable: 1 });
});

test('a part that is full is followed by another, and none is ever written anew', async () => {
  const log = open();
  const long = 'x'.repeat(PART_OCTETS);
  for (const instance of [long, 'B', 'C']) {
    clock.advance(1);
    log.add([entry(instance)]);
    await log.flush();
  }
  const parts = await historyParts(folder);
  expect(parts.map(({ octets }) => octets > PART_OCTETS)).toEqual([true, false]);
  expect((await read()).instances).toEqual([long, 'B', 'C']);
});

test('entries are kept for 30 days: older ones are not told, and parts that are older as a whole go', async () => {
  const log = open();
  const long = 'x'.repeat(PART_OCTETS);
  for (const days of [0, 10, 25]) {
    log.add([entry(`${days} ${long}`)]);
    await log.flush();
    clock.advance((days === 0 ? 10 : 15) * DAY_MS);
  }
  expect(await historyParts(folder)).toHaveLength(3);
  clock.advance(5 * DAY_MS);
  expect((await read()).instances.map((name) => name.slice(0, 2))).toEqual(['25']);
  log.add([entry('45')]);
  await log.flush();
  const begun = (await historyParts(folder)).map(({ beginsMs }) => (clock.wallMs() - beginsMs) / DAY_MS);
  expect(begun).toEqual([35, 20, 0]); // the oldest that is left ends within the 30 days
});

test('all parts together are bounded: the oldest go first', () => {
  const parts = Array.from({ length: 40 }, (_, at) => ({ file: `${at}`, beginsMs: at, octets: PART_OCTETS }));
  const spent = spentParts(parts, 40);
  expect(spent.map(({ file }) => Number(file)).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 40 - MAX_OCTETS / PART_OCTETS }, (_, at) => at),
  );
  expect(spentParts([{ file: 'only', beginsMs: -2 * KEPT_MS, octets: 1 }], 0)).toEqual([]);
});

test('a history that cannot be written is told once, and what happens later is kept again', async () => {
  const place = path.join(folder, 'in-the-way');
  fs.writeFileSync(place, '');
  const log = new HistoryLog(path.join(place, 'history'), clock, (message) => problems.push(message));
  for (const instance of ['A', 'B']) {
    log.add([entry(instance)]);
    await log.flush();
  }
  expect(problems).toEqual([
    expect.stringMatching(/^The history in .* cannot be written: its folder does not exist/),
  ]);
  fs.rmSync(place);
  log.add([entry('C')]);
  await log.flush();
  expect((await read(path.join(place, 'history'))).instances).toEqual(['C']);
});

test('other files in the folder are let be', async () => {
  fs.writeFileSync(path.join(folder, 'notes.jsonl'), 'mine');
  const log = open();
  log.add([entry('A')]);
  await log.flush();
  expect((await read()).instances).toEqual(['A']);
  expect(fs.readFileSync(path.join(folder, 'notes.jsonl'), 'utf8')).toBe('mine');
});
