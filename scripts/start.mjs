/**
 * `npm start`: builds Herald and opens it on its demo network; further arguments go to the application. Without a display it
 * runs under Xvfb, and the application is told to print its changes and to keep a picture of itself.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { exitStatus, run } from './child.mjs';
import { displayMissing, startDisplay } from './display.mjs';
import { electronExecutable } from './setup/electron.mjs';

const root = path.dirname(import.meta.dirname);
const BUILD_LIMIT_MS = 5 * 60_000;

/** How long the application has to close its sessions after Ctrl-C, and from when a second Ctrl-C ends it at once. */
const GRACE_MS = 5_000;
const SECOND_SIGNAL_MS = 1_000;

/** What Chromium complains of wherever there is no desktop around it: no message bus, no graphics card. */
const HEADLESS_NOISE = /:ERROR:(bus|object_proxy|viz_main_impl|gl_surface_egl|angle_platform_impl)\.cc/;

/** Ours goes to stderr; stdout is the application's. */
const say = (/** @type {string} */ message) => void process.stderr.write(`${message}\n`);

process.exitCode = await start(process.argv.slice(2));

/**
 * @param {readonly string[]} args for the application
 * @returns {Promise<number>} the application's exit status
 */
async function start(args) {
  const executable = electronExecutable(root);
  if (executable === undefined) {
    say('Electron is missing. `npm start` sets it up; `node scripts/setup.mjs --for run` does it by itself.');
    return 1;
  }
  if (!outputWritable() || !(await build())) return 1;
  const switches = [];
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    say('Running as root: Chromium has no sandbox for root, so Herald starts with --no-sandbox.');
    switches.push('--no-sandbox');
  }
  const command = [...switches, root, '--demo', ...args];
  if (!displayMissing()) return runApplication(executable, command, process.env, undefined);
  const screenshot = path.join(root, 'out/herald.png');
  say(
    `No display here: running under Xvfb. Every change is printed, and ${screenshot} is the picture. Ctrl-C ends it.`,
  );
  fs.rmSync(screenshot, { force: true });
  let display;
  try {
    display = await startDisplay();
  } catch (error) {
    say(/** @type {Error} */ (error).message);
    return 1;
  }
  try {
    const env = { ...process.env, DISPLAY: display.display, HERALD_SCREENSHOT: screenshot };
    return await runApplication(executable, command, env, HEADLESS_NOISE);
  } finally {
    await display.end();
  }
}

/** Whether this user may write what the build writes; says so when not. */
function outputWritable() {
  const folder = path.join(root, 'out');
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.accessSync(folder, fs.constants.W_OK);
    return true;
  } catch {
    say(`The build goes into ${folder}, where you may not write: this checkout belongs to somebody else.`);
    say('Run it as its owner, or work in a clone of your own.');
    return false;
  }
}

/** Builds main, preloads and renderer into out/; shows the builder's words only when it fails. */
async function build() {
  const builder = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const { status, output } = await run(process.execPath, [builder, 'build'], {
    cwd: root,
    timeoutMs: BUILD_LIMIT_MS,
  });
  if (status !== 0) say(`${output.trimEnd()}\nThe build failed (status ${status}, see above).`);
  return status === 0;
}

/**
 * Runs Electron in a process group of its own, so that Ctrl-C in the terminal reaches it once, through us.
 * @param {string} executable
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {RegExp | undefined} noise lines of its stderr to leave out
 * @returns {Promise<number>}
 */
function runApplication(executable, args, env, noise) {
  const stderr = noise === undefined ? 'inherit' : 'pipe';
  const child = spawn(executable, args, {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', 'inherit', stderr],
  });
  if (child.stderr !== null) {
    readline.createInterface({ input: child.stderr }).on('line', (line) => noise?.test(line) || say(line));
  }
  // The whole group: Electron's zygotes and renderers too.
  const endNow = () =>
    child.pid !== undefined && child.exitCode === null && process.kill(-child.pid, 'SIGKILL');
  let askedAtMs = Number.POSITIVE_INFINITY;
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    const nowMs = Date.now();
    if (nowMs - askedAtMs >= SECOND_SIGNAL_MS) endNow();
    if (askedAtMs !== Number.POSITIVE_INFINITY) return;
    askedAtMs = nowMs;
    child.kill(signal);
    setTimeout(endNow, GRACE_MS).unref();
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, forward);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      say(`Electron could not be started: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code, signal) => {
      for (const name of signals) process.removeListener(name, forward);
      resolve(exitStatus(code, signal));
    });
  });
}
