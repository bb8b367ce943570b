/** Child processes for the scripts: bounded waits, and an end for everything that was started. Node built-ins only. */
import { spawn } from 'node:child_process';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} timeoutMs after which the child is ended and counts as failed
 * @property {'show' | 'collect' | 'stderr'} [output] shown as it is, collected, or all of it sent to our stderr
 */

/** @type {Record<NonNullable<RunOptions['output']>, import('node:child_process').StdioOptions>} */
const STDIO = { show: 'inherit', stderr: ['ignore', 2, 2], collect: ['ignore', 'pipe', 'pipe'] };

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @returns {Promise<{status: number, output: string}>} the status is 127 when it could not be started, 124 when it took too long
 */
export function run(command, args, { cwd, env, timeoutMs, output = 'collect' }) {
  return new Promise((resolve) => {
    const stdio = STDIO[output];
    const child = spawn(command, args, { cwd, env, stdio });
    /** @type {string[]} */
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => chunks.push(chunk));
    }
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      void stop(child, 5_000);
    }, timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ status: 127, output: `${command}: ${error.message}` });
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (late) chunks.push(`\n${command} was ended: it took longer than ${timeoutMs / 1000} s\n`);
      resolve({ status: late ? 124 : exitStatus(code, signal), output: chunks.join('') });
    });
  });
}

/**
 * What a shell would report: the status, or 128 and the signal's number.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitStatus(code, signal) {
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };
  if (code !== null) return code;
  return signal !== null && signal in numbers
    ? 128 + numbers[/** @type {keyof typeof numbers} */ (signal)]
    : 1;
}

/**
 * Asks a child to end, and ends it when it has not after a while.
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} graceMs
 * @returns {Promise<void>} resolved when the child is gone
 */
export function stop(child, graceMs) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined)
    return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
