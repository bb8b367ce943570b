import type { Examination, RowResult } from './conformance-run.ts';

/** What was examined. */
export interface Examined {
  /** `push.example.org port 853` */
  readonly place: string;
  readonly zone: string;
}

/** The sentences for a server that no row can be tried with; undefined for one that was examined. */
export function refusalText({ place }: Examined, examination: Examination): string | undefined {
  switch (examination.kind) {
    case 'unreachable':
      return `${place} could not be examined. ${examination.reason}`;
    case 'no-dso':
      return `${place} does no DSO: it was sent a Keepalive request to open a session, and what came was ${examination.came} (RFC 8490 §5.1.1). DNS Push needs DSO, so no row can be tried. Choose a server that offers DNS Push.`;
    case 'examined':
      return undefined;
  }
}

/** The report for people: a line a row, under each that departs what was expected and what was said. */
export function reportText(examined: Examined, examination: Examination): string {
  const refusal = refusalText(examined, examination);
  if (refusal !== undefined || examination.kind !== 'examined') return `${refusal}\n`;
  const { results } = examination;
  const head = `${examined.place}, zone ${examined.zone}\n\n`;
  return `${head}${results.map(rowText).join('')}\n${countText(results)}\n`;
}

/** The same as one line of JSON. */
export function reportJson(examined: Examined, examination: Examination): string {
  const rows =
    examination.kind === 'examined'
      ? examination.results.map(({ row: { id, requirement, section }, kind, ...rest }) => ({
          id,
          verdict: kind,
          requirement,
          section,
          ...rest,
        }))
      : [];
  const message = refusalText(examined, examination);
  return `${JSON.stringify({ server: examined.place, zone: examined.zone, result: examination.kind, message, rows })}\n`;
}

/** 0 when nothing departs, 1 when something does or there is no DSO, 2 without a connection. */
export function statusOf(examination: Examination): number {
  if (examination.kind === 'unreachable') return 2;
  if (examination.kind === 'no-dso') return 1;
  return examination.results.some(({ kind }) => kind === 'departs') ? 1 : 0;
}

function rowText(result: RowResult): string {
  const { id, requirement, section } = result.row;
  const line = `${MARKS[result.kind]}  ${id}  ${requirement} (${section})\n`;
  switch (result.kind) {
    case 'pass':
      return line;
    case 'not-applicable':
      return `${line}${INDENT}not applicable: ${result.why}\n`;
    case 'departs': {
      const said = result.transcript.map((entry) => `${INDENT}  ${entry}\n`).join('');
      return `${line}${INDENT}expected ${result.expected}\n${INDENT}came     ${result.came}\n${said}`;
    }
  }
}

function countText(results: readonly RowResult[]): string {
  const count = (kind: RowResult['kind']): number => results.filter((result) => result.kind === kind).length;
  return `${count('pass')} pass, ${count('departs')} depart, ${count('not-applicable')} not applicable`;
}

const MARKS = { pass: 'pass   ', departs: 'departs', 'not-applicable': '-      ' } as const;
const INDENT = ' '.repeat(9);
