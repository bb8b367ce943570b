import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect } from 'playwright/test';
import { ROOT } from '../testing/command.ts';
import { test } from '../testing/test.ts';

const PICTURE = path.join(ROOT, 'out/herald.png');
const ELECTRON = createRequire(import.meta.url)('electron') as string;

/** A machine without a screen, whatever this one has. */
function headless(): NodeJS.ProcessEnv {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, XAUTHORITY: _cookie, ...env } = process.env;
  return env;
}

/** The width and height that a PNG file says it has (PNG §11.2.2). */
async function pictureSize(file: string): Promise<readonly [number, number]> {
  const png = await readFile(file);
  expect(png.subarray(0, 8)).toEqual(Buffer.from('89504e470d0a1a0a', 'hex'));
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

/** What a line says of where a service is, by what it calls it; undefined for any other line. */
function placeOf(line: string): readonly [readonly [service: string, place: string]] | undefined {
  const [, service, place] = /^\S+ [+~] (.*) \| ([^|]*)$/.exec(line) ?? [];
  return service === undefined || place === undefined ? undefined : [[service, place]];
}

test('npm start -- --once ends with 0 as soon as the demo’s services are painted, and leaves a picture', async ({
  start,
}) => {
  await rm(PICTURE, { force: true });
  const npm = start('npm', ['start', '--silent', '--', '--once'], { env: headless(), isGroup: true });
  const { status, stdout, stderr } = await npm.ended;

  expect({ status, stderr }).toEqual({ status: 0, stderr });
  expect(stderr).toContain('No display here: running under Xvfb.');
  expect(stderr).toContain(PICTURE);
  if (process.getuid?.() === 0) expect(stderr).toContain('--no-sandbox');
  expect(stdout).toContainEqual(expect.stringMatching(/office\.test is live/));
  expect(stdout).toContainEqual(expect.stringMatching(/lab\.test is live/));
  expect(stdout).toContainEqual(expect.stringMatching(/\+ .*Meeting Room 3.*Printer \(IPP\)/));
  const places = new Map(stdout.flatMap((line) => placeOf(line) ?? []));
  expect(places.size).toBeGreaterThan(60);
  expect([...places].filter(([, place]) => !/:\d+ /.test(place))).toEqual([]);
  const [width, height] = await pictureSize(PICTURE);
  expect([width >= 800, height >= 500]).toEqual([true, true]);
});

test('npm start without a display prints every change and keeps the picture until Ctrl-C', async ({
  start,
}) => {
  await rm(PICTURE, { force: true });
  const herald = start(process.execPath, ['scripts/start.mjs'], { env: headless() });
  await herald.line((line) => (line.includes('Meeting Room 3') ? line : undefined));
  await expect
    .poll(() =>
      stat(PICTURE).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    )
    .toBeGreaterThan(0);
  const { length } = herald.lines;
  const { mtimeMs } = await stat(PICTURE);
  // Every few seconds something comes, goes or changes by itself.
  await expect.poll(() => herald.lines.length).toBeGreaterThan(length + 1);
  await expect.poll(async () => (await stat(PICTURE)).mtimeMs).toBeGreaterThan(mtimeMs);
  herald.signal('SIGINT');
  const { status, stderr } = await herald.ended;

  expect(status).toBe(0);
  expect(stderr).not.toMatch(/fault|Error/);
});

test('a picture that cannot be written is a message and status 1', async ({ start, scratch }) => {
  const picture = path.join(scratch, 'missing/herald.png');
  const args = ['--no-sandbox', `--user-data-dir=${scratch}/profile`, ROOT, '--demo', '--quiet', '--once'];
  const { status, stderr } = await start(ELECTRON, args, {
    env: { ...process.env, HERALD_SCREENSHOT: picture },
    isGroup: true,
  }).ended;

  expect(status).toBe(1);
  expect(stderr).toContain(`The picture of the window could not be written to ${picture}: `);
  expect(stderr).not.toContain('    at ');
});

test('a full disk for the picture is a message and status 1', async ({ start, scratch }) => {
  const disk = path.join(scratch, 'disk');
  await mkdir(disk);
  // Eight kilobytes of disk, which only this command sees: user_namespaces(7), mount_namespaces(7).
  const script = 'mount -t tmpfs -o size=8k none "$0" && exec "$@"';
  const herald = [
    ELECTRON,
    '--no-sandbox',
    `--user-data-dir=${scratch}/profile`,
    ROOT,
    '--demo',
    '--quiet',
    '--once',
  ];
  const args = ['--user', '--map-root-user', '--mount', 'sh', '-c', script, disk, ...herald];
  const picture = path.join(disk, 'herald.png');
  const { status, stderr } = await start('unshare', args, {
    env: { ...process.env, HERALD_SCREENSHOT: picture },
    isGroup: true,
  }).ended;

  expect(stderr).toContain(`The picture of the window could not be written to ${picture}: `);
  expect(stderr).toMatch(/no space left|full/i);
  expect(status).toBe(1);
});
