/** A domain's ladder as Markdown, to be sent to who runs the domain or the network. */
import type { DomainRow } from '../../main/contract/api.ts';
import type { Evidence, LadderRow, LadderStep, Verdict } from '../../main/contract/ladder.ts';
import { stateTitle } from '../domain-state.ts';
import { visible } from '../text.ts';
import { VERDICT_WORD } from './verdict-glyph.tsx';

const SIGN: Readonly<Record<Verdict, string>> = {
  passed: '✓',
  failed: '✗',
  'under-way': '…',
  'not-tried': '–',
};

/** What stands in Markdown for more than itself. */
const MARKS = /[\\`*_{}[\]<>#|]/gu;

/** The report of a domain as of `atMs`, milliseconds since the epoch. */
export function reportOf(domain: DomainRow, { steps }: LadderRow, atMs: number): string {
  const title = stateTitle(domain, visible(domain.name));
  const facts = [
    `As of ${new Date(atMs).toISOString()}`,
    ...(domain.server === null ? [] : [`server ${domain.server}`]),
  ];
  return [`# ${plain(title)}`, '', `${plain(facts.join(', '))}.`, '', ...steps.flatMap(stepLines), ''].join(
    '\n',
  );
}

/** What was asked and what came of it, on one line: `SOA office.test: 192.0.2.53 port 53, 2 ms: NOERROR`. */
export function evidenceText({ query, server, tookMs, answer }: Evidence): string {
  const circumstances = [server, tookMs === null ? null : spokenMs(tookMs)].filter((part) => part !== null);
  return `${query}: ${circumstances.length === 0 ? '' : `${circumstances.join(', ')}: `}${answer}`;
}

/** A time as short as it can be said: `under 1 ms`, `12 ms`, `1.4 s`, `3 min`. */
export function spokenMs(ms: number): string {
  if (ms < 1) return 'under 1 ms';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 120_000 ? `${Math.round(ms / 100) / 10} s` : `${Math.round(ms / 60_000)} min`;
}

function stepLines({ title, verdict, text, next, evidence }: LadderStep, at: number): readonly string[] {
  const said = text === null ? VERDICT_WORD[verdict] : plain(visible(text));
  return [
    `${at + 1}. ${SIGN[verdict]} **${title}**: ${said}`,
    ...evidence.map((one) => `   - ${plain(visible(evidenceText(one)))}`),
    ...(next === null ? [] : [`   - → ${plain(visible(next))}`]),
  ];
}

function plain(text: string): string {
  return text.replace(MARKS, '\\$&');
}
