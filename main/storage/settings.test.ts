import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS, SettingsFile, parseSettings } from './settings.ts';

let folder = '';
let file = '';
let problems: string[] = [];
const open = (): SettingsFile => new SettingsFile(file, (message) => problems.push(message));

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'herald-settings-'));
  file = path.join(folder, 'settings.json');
  problems = [];
});

afterEach(() => {
  vi.useRealTimers();
  fs.rmSync(folder, { recursive: true });
});

test('without a file the defaults stand, and nothing is written or complained of', () => {
  expect(open().value).toEqual(DEFAULT_SETTINGS);
  expect(fs.readdirSync(folder)).toEqual([]);
  expect(problems).toEqual([]);
});

test('what was changed is read back by the next run', async () => {
  const settings = open();
  const domains = [{ name: 'example.org', resolver: { host: '192.0.2.1', port: 53 }, caFile: null }];
  const window = { x: -4, y: 0, width: 900, height: 600, isMaximized: true };
  settings.change({ theme: 'dark', domains });
  settings.change({ window });
  await settings.flush();
  expect(open().value).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', domains, window });
  expect(fs.readdirSync(folder)).toEqual(['settings.json']);
});

test('a change is in force at once, and changes close together are one write', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const settings = open();
  settings.change({ theme: 'light' });
  settings.change({ theme: 'dark' });
  expect(settings.value.theme).toBe('dark');
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(499);
  expect(fs.existsSync(file)).toBe(false);
  vi.advanceTimersByTime(1);
  expect(vi.getTimerCount()).toBe(0);
  await settings.flush();
  expect(parseSettings(fs.readFileSync(file, 'utf8'))?.theme).toBe('dark');
});

test('what is saved is in the file when that is answered', async () => {
  const settings = open();
  for (const theme of ['dark', 'light', 'system'] as const) {
    await settings.save({ theme });
    expect(parseSettings(fs.readFileSync(file, 'utf8'))?.theme).toBe(theme);
  }
});

test('of what is saved at the same time the last stands, and each is answered when the file holds it', async () => {
  const settings = open();
  const answered: (readonly [number, number | undefined])[] = [];
  const widths = Array.from({ length: 40 }, (_, at) => 800 + at);
  await Promise.all(
    widths.map(async (width) => {
      await settings.save({ window: { x: 0, y: 0, width, height: 600, isMaximized: false } });
      answered.push([width, parseSettings(fs.readFileSync(file, 'utf8'))?.window?.width]);
    }),
  );
  expect(answered.filter(([saved, kept]) => kept === undefined || kept < saved)).toEqual([]);
  expect(open().value.window?.width).toBe(widths.at(-1));
});

test('what was left of a write that was killed does not stand in the way', () => {
  fs.writeFileSync(path.join(folder, `.settings.json.${process.pid}.1`), '{"vers');
  open();
  expect(fs.readdirSync(folder)).toEqual([]);
});

test.each([
  ['no JSON', '{"version": 1, "theme"'],
  ['another version', '{"version": 5, "theme": "dark"}'],
  ['a value out of range', '{"version": 1, "window": {"x": 0, "y": 0, "width": -1, "height": 5}}'],
  [
    'a resolver over TLS that need not show who it is',
    '{"version": 2, "domains": [{"name": "a", "resolver": {"host": "::1", "port": 853, "identity": {"name": null, "pins": []}}}]}',
  ],
  ['an empty file', ''],
])('a file that cannot be understood is set aside with a message: %s', async (_what, text) => {
  fs.writeFileSync(file, text);
  const settings = open();
  expect(settings.value).toEqual(DEFAULT_SETTINGS);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain('settings.json.unreadable');
  settings.change({ theme: 'light' });
  await settings.flush();
  expect(fs.readFileSync(`${file}.unreadable`, 'utf8')).toBe(text);
});

test('fields that are missing have their defaults', () => {
  expect(parseSettings('{"version": 1, "domains": [{"name": "example.org"}]}')).toEqual({
    ...DEFAULT_SETTINGS,
    domains: [{ name: 'example.org', resolver: null, caFile: null }],
  });
});

test('a resolver over TLS is read back with its name and its pins', async () => {
  const identity = { name: 'dns.test', pins: ['27XG8s3EydTV8lw9aE6TBTWaWKqzBvrYS64+nxzZau0='] };
  const domains = [
    { name: 'example.org', resolver: { host: '192.0.2.1', port: 853, identity }, caFile: null },
  ];
  const settings = open();
  settings.change({ domains });
  await settings.flush();
  expect(open().value.domains).toEqual(domains);
  // An older Herald sets such a file aside: it would ask this resolver in clear text.
  expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toMatchObject({ version: 4 });
});

test('what a domain’s server must show is read back, and a file of before that is read', async () => {
  const pins = ['27XG8s3EydTV8lw9aE6TBTWaWKqzBvrYS64+nxzZau0='];
  const demands = { isStrict: true, pins, certFile: '/me.p12', keyFile: null, passphrase: 'secret' };
  const domains = [{ name: 'example.org', resolver: null, caFile: null, demands }];
  const settings = open();
  settings.change({ domains });
  await settings.flush();
  expect(open().value.domains).toEqual(domains);

  const before = '{"version": 2, "theme": "dark", "domains": [{"name": "example.org"}]}';
  expect(parseSettings(before)).toMatchObject({
    version: 4,
    theme: 'dark',
    domains: [{ name: 'example.org' }],
  });
});

test('the settings may hold a passphrase, so nobody but the user reads them', async () => {
  const settings = open();
  settings.change({ theme: 'dark' });
  await settings.flush();
  expect(fs.statSync(file).mode & 0o077).toBe(0);
});

test('a folder that cannot be written to is told of, and the settings hold in memory', async () => {
  fs.writeFileSync(path.join(folder, 'in-the-way'), '');
  file = path.join(folder, 'in-the-way', 'settings.json');
  const settings = open();
  settings.change({ theme: 'dark' });
  await settings.flush();
  expect(problems.at(-1)).toContain('could not be saved');
  expect(settings.value.theme).toBe('dark');
});

test('where a domain belongs is read back, and settings of before know no network', async () => {
  const place = { choice: 'own-networks', isSuggested: true, networks: ['A'.repeat(22)] } as const;
  const domains = [{ name: 'home.arpa', resolver: null, caFile: null, place }];
  const settings = open();
  await settings.save({ domains, networkSalt: 'salt' });
  expect(open().value).toMatchObject({ domains, networkSalt: 'salt', keepsApart: true });
  const before = parseSettings('{"version": 3, "domains": [{"name": "home.arpa"}]}');
  expect(before?.domains[0]).toEqual({ name: 'home.arpa', resolver: null, caFile: null });
  expect(before).toMatchObject({ version: 4, keepsApart: true, networkSalt: null });
});
