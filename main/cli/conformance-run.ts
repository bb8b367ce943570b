import { formatMessage } from '../../protocol/transcript-message.ts';
import type { TransportTarget } from '../net/tls-opening.ts';
import { PUSH_ROWS } from './conformance-rows-push.ts';
import { SESSION_ROWS } from './conformance-rows-session.ts';
import type { ConformanceRow } from './conformance-row.ts';
import { OPEN } from './conformance-row.ts';
import type { Outcome } from './conformance-script.ts';
import { play } from './conformance-script.ts';
import type { SessionDependencies } from './conformance-session.ts';
import { ConformanceSession } from './conformance-session.ts';

/** At most so many connections are open at a time. */
const CONCURRENCY = 4;

/** Every row there is, in the order of the checklist. */
export const CONFORMANCE_ROWS: readonly ConformanceRow[] = [...SESSION_ROWS, ...PUSH_ROWS];

/** A push server to be examined. */
export interface Subject {
  readonly target: TransportTarget;
  /** A zone of the server, with its final dot. */
  readonly zone: string;
  /** Whether to break rules to see what the server does. */
  readonly isHostile: boolean;
}

/** What a row came to; where the server departs from it, with what was said until then. */
export type RowResult = { readonly row: ConformanceRow } & (
  | Exclude<Outcome, { readonly kind: 'departs' }>
  | (Extract<Outcome, { readonly kind: 'departs' }> & { readonly transcript: readonly string[] })
);

/** What an examination came to. */
export type Examination =
  /** There was no connection, or none whose server is who it should be. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** The server does not answer the opener as one that does DSO. */
  | { readonly kind: 'no-dso'; readonly came: string }
  | { readonly kind: 'examined'; readonly results: readonly RowResult[] };

/** Examines a server: first whether it does DSO at all, then every row, a few at a time; `rows` are all unless given. */
export async function examine(
  subject: Subject,
  dependencies: SessionDependencies,
  rows: readonly ConformanceRow[] = CONFORMANCE_ROWS,
): Promise<Examination> {
  const opened = await ConformanceSession.open(dependencies, subject.target);
  if (!opened.ok) return { kind: 'unreachable', reason: opened.reason };
  const first = await play(opened.session, OPENER, subject.zone);
  opened.session.close();
  if (first.kind === 'departs') return { kind: 'no-dso', came: first.came };
  const pushes: Uint8Array[] = [];
  const results = new Map<ConformanceRow, RowResult>();
  const left = rows.filter((row) => row.judgePush === undefined);
  const work = async (): Promise<void> => {
    for (let row = left.shift(); row !== undefined; row = left.shift()) {
      results.set(row, await examined(row, subject, dependencies, pushes));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return {
    kind: 'examined',
    results: rows.map((row) => results.get(row) ?? judgedPushes(row, pushes)),
  };
}

/** Any answer NOERROR shows that there is DSO; how well is for the rows to say. */
const OPENER = `${OPEN.split('\n')[1]}\nS: RESPONSE #1 NOERROR …`;

async function examined(
  row: ConformanceRow,
  subject: Subject,
  dependencies: SessionDependencies,
  pushes: Uint8Array[],
): Promise<RowResult> {
  const scripts = [...(row.scripts ?? []), ...(subject.isHostile ? (row.hostile ?? []) : [])];
  if (scripts.length === 0) {
    const why = row.whyNot ?? 'it takes a broken rule to see: it is tried with --hostile only';
    return { row, kind: 'not-applicable', why };
  }
  let result: RowResult = { row, kind: 'pass' };
  for (const script of scripts) {
    const opened = await ConformanceSession.open(dependencies, subject.target);
    if (!opened.ok) return { row, kind: 'not-applicable', why: `there was no connection: ${opened.reason}` };
    const { session } = opened;
    const outcome = judged(row, await play(session, script, subject.zone), session.transcript);
    session.close();
    pushes.push(...session.pushes);
    if (outcome.kind === 'departs') return { row, ...outcome, transcript: session.transcript };
    if (outcome.kind === 'not-applicable') result = { row, ...outcome };
  }
  return result;
}

function judged(row: ConformanceRow, outcome: Outcome, transcript: readonly string[]): Outcome {
  if (outcome.kind !== 'pass') return outcome;
  const lines = transcript.filter((line) => line.startsWith('S: ')).map((line) => line.slice('S: '.length));
  const expected = row.judge?.(lines);
  return expected === undefined ? outcome : { kind: 'departs', expected, came: lines.join(' ; ') };
}

function judgedPushes(row: ConformanceRow, pushes: readonly Uint8Array[]): RowResult {
  if (pushes.length === 0) return { row, kind: 'not-applicable', why: 'no PUSH was seen' };
  for (const bytes of pushes) {
    const expected = row.judgePush?.(bytes);
    if (expected === undefined) continue;
    const line = formatMessage(bytes);
    return { row, kind: 'departs', expected, came: line, transcript: [`S: ${line}`] };
  }
  return { row, kind: 'pass' };
}
