import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HistoryEntry } from '../contract/history.ts';
import { VirtualClock } from '../net/virtual-clock.ts';
import { HistoryLog } from '../storage/history-log.ts';
import { appDataFolder } from './data-folder.ts';
import type { HistoryRequest } from './history.ts';
import { tellHistory } from './history.ts';

let dataFolder = '';
let lines: string[] = [];
let problems: string[] = [];
const clock = new VirtualClock(0, Date.UTC(2026, 10, 26, 8));

const LASER: HistoryEntry = {
  atMs: clock.wallMs(),
  sinceMs: null,
  event: 'appeared',
  domain: 'Office.test',
  type: '_ipp._tcp',
  instance: 'Laser',
  host: 'laser.office.test',
  port: 631,
  changed: [],
};

beforeEach(async () => {
  dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'herald-history-'));
  lines = [];
  problems = [];
  const log = new HistoryLog(path.join(dataFolder, 'history'), clock, (message) => problems.push(message));
  log.add([
    LASER,
    { ...LASER, atMs: LASER.atMs + 1000, event: 'changed', changed: ['port', 'TXT note'] },
    {
      ...LASER,
      atMs: LASER.atMs + 2000,
      sinceMs: LASER.atMs,
      event: 'left',
      domain: 'lab.test',
      host: null,
      instance: 'a\u001b[2Jb',
    },
  ]);
  await log.flush();
});

afterEach(() => fs.rmSync(dataFolder, { recursive: true }));

function tell(request: Partial<HistoryRequest> = {}): Promise<number> {
  const all = {
    dataFolder,
    names: [],
    sinceMs: 0,
    nowMs: clock.wallMs() + 10_000,
    isJson: false,
    ...request,
  };
  return tellHistory(all, { line: (text) => lines.push(text), problem: (text) => problems.push(text) });
}

test('every entry is a line, the oldest first, fit for a terminal', async () => {
  expect(await tell()).toBe(0);
  const time = (ms: number): string => new Date(ms).toLocaleString('sv-SE');
  expect(lines).toEqual([
    `${time(LASER.atMs)} + Laser | _ipp._tcp | Office.test | laser.office.test:631`,
    `${time(LASER.atMs + 1000)} ~ Laser | _ipp._tcp | Office.test | laser.office.test:631 | changed: port, TXT note`,
    `${time(LASER.atMs + 2000)} - a\\u{1b}[2Jb | _ipp._tcp | lab.test | not resolved | some time after ${time(LASER.atMs)}`,
  ]);
  expect(problems).toEqual([]);
});

test('with --json every entry is an object with the times of UTC', async () => {
  expect(await tell({ isJson: true, names: ['office.test.'], sinceMs: LASER.atMs + 1 })).toBe(0);
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    {
      at: '2026-11-26T08:00:01.000Z',
      since: null,
      event: 'changed',
      domain: 'Office.test',
      type: '_ipp._tcp',
      instance: 'Laser',
      host: 'laser.office.test',
      port: 631,
      changed: ['port', 'TXT note'],
    },
  ]);
});

test('where no history is kept, that is said, with where it would be, and the status is 1', async () => {
  expect(await tell({ dataFolder: path.join(dataFolder, 'nowhere') })).toBe(1);
  expect(problems).toEqual([expect.stringContaining('There is no history in')]);
});

test('a line that cannot be read is left out, and that is said', async () => {
  const folder = path.join(dataFolder, 'history');
  const [part = ''] = fs.readdirSync(folder);
  fs.appendFileSync(path.join(folder, part), '{"atMs": 17');
  expect(await tell()).toBe(0);
  expect(lines).toHaveLength(3);
  expect(problems).toEqual(['One line of the history could not be read, and is left out.']);
});

test('the folder of the data is where Electron has it on each platform', () => {
  expect(appDataFolder('linux', {}, '/home/me')).toBe('/home/me/.config/Herald');
  expect(appDataFolder('linux', { XDG_CONFIG_HOME: '/conf' }, '/home/me')).toBe('/conf/Herald');
  expect(appDataFolder('darwin', {}, '/Users/me')).toBe('/Users/me/Library/Application Support/Herald');
  expect(appDataFolder('win32', { APPDATA: 'C:\\Users\\me\\AppData\\Roaming' }, 'C:\\Users\\me')).toBe(
    'C:\\Users\\me\\AppData\\Roaming\\Herald',
  );
});
