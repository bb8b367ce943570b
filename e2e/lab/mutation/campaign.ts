import { writeMessage } from '../../../protocol/wire/message.ts';
import type { AlteredAnswers } from './altered-answers.ts';
import { alterationKey, alteredAnswers } from './altered-answers.ts';
import { messageOf, saidBy } from './contents.ts';
import { purified } from './purified.ts';
import type { Lies, OtherVerdicts, Rig } from './rig.ts';
import { verdictOn } from './rig.ts';
import type { StaleSignatures } from './stale-signatures.ts';
import type { Subject } from './subject.ts';

/**
 * Signed by two algorithms, an answer is secure by a signature of either (RFC 6840 §5.11). delv calls it bogus when one of them is
 * broken, unbound does not; what it says is held to the truth like any other.
 */
const BY_EITHER = 'two-algorithms.lab.';

/** What a campaign is made of. */
export interface CampaignOptions {
  /** They ask side by side. */
  readonly rigs: readonly Rig[];
  readonly subjects: readonly Subject[];
  readonly stale: StaleSignatures;
  readonly seed: number;
  readonly count: number;
}

/** What came of a campaign. */
export interface CampaignResult {
  /** Each altered answer that Herald believed and should not have, with the number that makes it again. */
  readonly findings: readonly string[];
  /** How many there were of each outcome, in words. */
  readonly tally: ReadonlyMap<string, number>;
}

/** Altered answers that Herald believed, with what it made of them. */
interface Believed extends AlteredAnswers {
  readonly number: number;
  readonly verdict: 'secure' | 'insecure';
}

/**
 * Has Herald validate so many altered answers. What it calls secure must be the truth, to the last record; and whatever it calls secure
 * or insecure is put before unbound and delv, who must not think worse of it.
 */
export async function campaign(options: CampaignOptions): Promise<CampaignResult> {
  const tally = new Map<string, number>();
  const count = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);
  const findings: string[] = [];
  const believed = await validateAll(options, count, findings);
  const left = [...believed];
  const lane = async (rig: Rig): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      const complaint = await disagreement(rig, one, count);
      if (complaint !== undefined) findings.push(complaint);
    }
  };
  await Promise.all(options.rigs.map(lane));
  return { findings, tally };
}

/** Herald's part; gives what it believed, each of a kind once. */
async function validateAll(
  { rigs, subjects, stale, seed, count: total }: CampaignOptions,
  count: (what: string) => void,
  findings: string[],
): Promise<readonly Believed[]> {
  const believed = new Map<string, Believed>();
  for (let number = 0; number < total; number++) {
    const altered = alteredAnswers(seed, number, subjects, stale);
    const found = await rigs[0]!.herald(altered.subject.asked, altered.lies);
    const verdict = verdictOn(found);
    count(`Herald: ${verdict}`);
    if (verdict !== 'secure' && verdict !== 'insecure') continue; // nobody is told to believe it
    const one = { ...altered, number, verdict };
    if (verdict === 'secure' && saidBy(found) !== altered.subject.said) {
      findings.push(`${told(one)}, but what it says is not true: ${readable(saidBy(found))}`);
    }
    const key = alterationKey(altered);
    if (key === undefined) count('nothing altered that matters');
    else if (!believed.has(key)) believed.set(key, one);
  }
  return [...believed.values()];
}

/** Why the others think worse of it; undefined when they do not. */
async function disagreement(
  rig: Rig,
  one: Believed,
  count: (what: string) => void,
): Promise<string | undefined> {
  const { subject, lies } = one;
  const whole = await rig.others(subject.asked, lies);
  if (isWorthy(one, whole)) {
    count('unbound and delv: no worse');
    return undefined;
  }
  const proven = await rig.others(subject.asked, provenPart(subject, lies));
  if (isWorthy(one, proven)) {
    count('unbound and delv: no worse, of what Herald rests on');
    return undefined;
  }
  const others = ({ unbound, delv }: OtherVerdicts): string => `unbound ${unbound}, delv ${delv}`;
  return `${told(one)}; to others ${others(whole)}, without what does not belong there ${others(proven)}`;
}

/**
 * Whether the others think no worse of an answer: what is secure is so to both. What is insecure may have been secure, had it not been
 * altered, so that neither may call it bogus; where it was insecure before, as in a span with opt-out, they differ in how much of an
 * answer they look at, and one of them is enough.
 */
function isWorthy({ verdict, subject }: Believed, { unbound, delv }: OtherVerdicts): boolean {
  const others = [unbound, delv];
  if (verdict === 'secure') {
    if (`.${subject.asked.name}`.endsWith(`.${BY_EITHER}`)) return others.includes('secure');
    return others.every((other) => other === 'secure');
  }
  const isAccepted = others.some((other) => other === 'secure' || other === 'insecure');
  return isAccepted && (subject.verdict === 'insecure' || !others.includes('bogus'));
}

function provenPart({ answers }: Subject, lies: Lies): Lies {
  const part = new Map<string, Uint8Array>();
  for (const [key, octets] of lies) {
    const message = messageOf(octets);
    if (message !== undefined) part.set(key, writeMessage(purified(message, answers.get(key)!)));
  }
  return part;
}

function told({ number, subject: { asked }, what, verdict }: Believed): string {
  return `${number}: ${asked.name} ${asked.type} is ${verdict} to Herald, after ${what}`;
}

/** Keys of names hold octets of any value. */
function readable(text: string): string {
  return text.replaceAll(/[^ -~]/g, (octet) => `\\${octet.charCodeAt(0)}`);
}
