import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Less than this is not told apart: a tick of the usual clock. */
export const LEAST_SECONDS = 0.01;

/** Whether this system tells what processor time another process took. */
export const isProcessorTimeKnown = existsSync('/proc/self/stat');

/** Seconds of processor time that a process has taken, user and system, to a hundredth (proc(5), fields 14 and 15). */
export function processorSeconds(pid: number): number {
  return secondsIn(readFileSync(`/proc/${pid}/stat`, 'utf8'), ticksPerSecond());
}

/** The same read from the text of `/proc/PID/stat`, in which the name of the program may hold spaces and parentheses. */
export function secondsIn(stat: string, ticks: number): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}

function ticksPerSecond(): number {
  return Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
}
