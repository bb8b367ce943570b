import { printable } from '../browse/printable.ts';
import type { Evidence, LadderStep, Verdict } from '../contract/ladder.ts';
import type { Explained } from './explanation.ts';

const SIGNS: Readonly<Record<Verdict, string>> = {
  passed: '✓',
  failed: '✗',
  'under-way': '…',
  'not-tried': '–',
};
const WORDS: Readonly<Record<Verdict, string>> = {
  passed: 'passed',
  failed: 'failed',
  'under-way': 'under way',
  'not-tried': 'not tried',
};
const TITLE_WIDTH = 16;
const INDENT = ' '.repeat(6);

/** The ladders of all domains as text for people: a headline for each, then its steps with what they rest on. */
export function explanationText(explained: readonly Explained[]): string {
  return explained.map(domainText).join('\n');
}

/** The same as one JSON object: `{ domains: [{ domain, state, server, trust, failed, steps }] }`. */
export function explanationJson(explained: readonly Explained[]): string {
  const domains = explained.map(({ domain: { name, state, server, trust }, ladder: { steps } }) => ({
    domain: name,
    state,
    server,
    trust,
    failed: steps.find(({ verdict }) => verdict === 'failed')?.step ?? null,
    steps,
  }));
  return `${JSON.stringify({ domains })}\n`;
}

function domainText({ domain: { name, state, server }, ladder: { steps } }: Explained): string {
  const failed = steps.find(({ verdict }) => verdict === 'failed');
  const headline =
    failed === undefined
      ? `${name} is ${state}${server === null ? '' : `, by ${server}`}.`
      : `${name} is not live: it failed at step ${steps.indexOf(failed) + 1}, ${failed.title}.${state === 'polling' ? ' It is polled instead.' : ''}`;
  return [headline, ...steps.flatMap(stepLines)].map((line) => `${printable(line)}\n`).join('');
}

function stepLines({ title, verdict, text, next, evidence }: LadderStep, at: number): readonly string[] {
  const number = String(at + 1).padStart(2);
  return [
    `${number}  ${SIGNS[verdict]} ${title.padEnd(TITLE_WIDTH)} ${text ?? WORDS[verdict]}`,
    ...evidence.map((one) => `${INDENT}${evidenceText(one)}`),
    ...(next === null ? [] : [`${INDENT}→ ${next}`]),
  ];
}

/** `SOA office.test: 127.0.0.1 port 53, 2 ms: NOERROR, SOA office.test` */
function evidenceText({ query, server, tookMs, answer }: Evidence): string {
  const circumstances = [server, tookMs === null ? null : `${tookMs} ms`].filter((part) => part !== null);
  return `${query}: ${circumstances.length === 0 ? '' : `${circumstances.join(', ')}: `}${answer}`;
}
