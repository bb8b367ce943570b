import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** How a program ended and what it printed. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program (`dig`, `nsupdate`, `openssl`, `gdbus`) to its end. */
export async function run(
  program: string,
  args: readonly string[],
  input = '',
  env: NodeJS.ProcessEnv = process.env,
): Promise<Ended> {
  const child = spawn(program, args, { env: { ...env, LC_ALL: 'C.UTF-8' } });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on('error', () => undefined); // one that has ended already reads nothing
  child.stdin.end(input);
  const [status]: (number | null)[] = await once(child, 'close');
  return {
    status: status ?? null,
    stdout: Buffer.concat(stdout).toString(),
    stderr: Buffer.concat(stderr).toString(),
  };
}

/** `dig` at a port of loopback, one try. */
export async function dig(port: number, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('dig', ['@127.0.0.1', '-p', String(port), '+tries=1', '+timeout=5', ...args]);
  return stdout;
}

/** `nsupdate` with a key file, at a port of loopback; `lines` are its commands but for `server` and `send`. */
export async function nsupdate(
  port: number,
  keyFile: string | undefined,
  lines: readonly string[],
): Promise<Ended> {
  const script = [`server 127.0.0.1 ${port}`, ...lines, 'send', ''].join('\n');
  return run('nsupdate', keyFile === undefined ? [] : ['-k', keyFile], script);
}
