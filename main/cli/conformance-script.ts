import { unreachable } from '../../protocol/errors.ts';
import type { ConformanceSession, Heard } from './conformance-session.ts';

/** How long the subject has to answer. */
const ANSWER_MS = 3000;
/** How long nothing must come where nothing may. */
const QUIET_MS = 500;

/** What a script came to. */
export type Outcome =
  | { readonly kind: 'pass' }
  | { readonly kind: 'departs'; readonly expected: string; readonly came: string }
  | { readonly kind: 'not-applicable'; readonly why: string };

/**
 * One step of a script:
 * `C: LINE` is said, lines that follow one another in one write;
 * `S: PATTERN` must come next, where `*` is any word, `…` anything, and ` or ` parts alternatives; `ABORT` and `CLOSE` are ends,
 * `nothing` is silence, and PUSHes that are not asked for are passed over;
 * `S? PATTERN` likewise, but without it the rest tells nothing;
 * `+MS` passes, and the connection must outlast it; `S: ABORT ~MS` waits that long for the end.
 */
type Step =
  | { readonly kind: 'say'; readonly lines: string[] }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'hear'; readonly pattern: string; readonly forMs: number; readonly isNeeded: boolean };

/** Plays a script on a fresh session; `zone` is what ZONE stands for, with its final dot. */
export async function play(session: ConformanceSession, script: string, zone: string): Promise<Outcome> {
  for (const step of readSteps(script.replace(/\bZONE\b/g, () => zone))) {
    const outcome = await performed(session, step);
    if (outcome !== undefined) return outcome;
  }
  return { kind: 'pass' };
}

/** What was heard, for people: a line of a transcript, or what there was instead of one. */
export function heardText(heard: Heard, forMs = ANSWER_MS): string {
  switch (heard.kind) {
    case 'message':
      return heard.line;
    case 'close':
      return 'CLOSE';
    case 'abort':
      return 'ABORT';
    case 'silence':
      return `nothing within ${forMs / 1000} s`;
    default:
      return unreachable(heard);
  }
}

function readSteps(script: string): readonly Step[] {
  const steps: Step[] = [];
  for (const text of script.split('\n').map((line) => line.trim())) {
    const last = steps.at(-1);
    if (text === '') continue;
    if (text.startsWith('C: ')) {
      if (last?.kind === 'say') last.lines.push(text);
      else steps.push({ kind: 'say', lines: [text] });
    } else steps.push(readStep(text));
  }
  return steps;
}

function readStep(text: string): Step {
  if (text === 'S: nothing') return { kind: 'nothing' };
  const ms = /^\+(\d+)$/.exec(text)?.[1];
  if (ms !== undefined) return { kind: 'wait', ms: Number(ms) };
  const [, mark, pattern, forMs = ANSWER_MS] = /^S([:?]) (.+?)(?: ~(\d+))?$/.exec(text) ?? [];
  if (pattern === undefined) throw new TypeError(`no step of a script: ${text}`);
  return { kind: 'hear', pattern, forMs: Number(forMs), isNeeded: mark === ':' };
}

/** Undefined when the step went as it should. */
async function performed(session: ConformanceSession, step: Step): Promise<Outcome | undefined> {
  switch (step.kind) {
    case 'say':
      session.say(step.lines);
      return undefined;
    case 'wait':
      return waited(session, step.ms);
    case 'nothing': {
      const heard = await session.hear(QUIET_MS);
      if (heard.kind === 'silence') return undefined;
      return { kind: 'departs', expected: 'nothing', came: heardText(heard) };
    }
    case 'hear':
      return heardAs(session, step);
    default:
      return unreachable(step);
  }
}

async function waited(session: ConformanceSession, ms: number): Promise<Outcome | undefined> {
  session.transcript.push(`+${ms}`);
  // PUSHes may come; each is followed by the whole wait again, which only makes it longer.
  for (;;) {
    const heard = await session.hear(ms);
    if (heard.kind === 'silence') return undefined;
    if (!isPush(heard))
      return { kind: 'departs', expected: `nothing for ${ms / 1000} s`, came: heardText(heard) };
  }
}

async function heardAs(
  session: ConformanceSession,
  { pattern, forMs, isNeeded }: Step & { kind: 'hear' },
): Promise<Outcome | undefined> {
  for (;;) {
    const heard = await session.hear(forMs);
    const came = heardText(heard, forMs);
    if (pattern.split(' or ').some((alternative) => matches(alternative, came))) return undefined;
    if (isPush(heard) && !pattern.startsWith('PUSH')) continue;
    if (came.startsWith('RETRY-DELAY'))
      return { kind: 'not-applicable', why: `the server asks to stay away (${came}): try again later` };
    if (isNeeded) return { kind: 'departs', expected: pattern, came };
    return { kind: 'not-applicable', why: `the server answers ${came}, not ${pattern}` };
  }
}

function isPush(heard: Heard): boolean {
  return heard.kind === 'message' && heard.line.startsWith('PUSH');
}

/** Whether a line is as a pattern has it, letters of either case. */
function matches(pattern: string, line: string): boolean {
  const source = pattern
    .split(/(\*|…)/)
    .map((part) => {
      if (part === '*') return '\\S*';
      return part === '…' ? '.*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}$`, 'is').test(line);
}
