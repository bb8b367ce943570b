import { run } from '../../../main/demo/testing/programs.ts';
import type { Endpoint } from '../../../main/net/endpoint.ts';
import type { Lab } from '../lab.ts';
import type { Expected } from '../zones/lab-zone.ts';
import type { Asked } from './asked.ts';

/** How `delv` heads each RRset or denial of an answer. */
const VALIDATED = /^; (?:negative response, )?fully validated$/m;
const UNSIGNED =
  /^; (?:negative response, )?(?:unsigned (?:answer|additional data)|signed answer, pending validation)$/m;
const FAILURE = /^;; resolution failed: (.*)$/m;
/** The two failures that are none: there is no such name, or nothing of that type. */
const DENIALS: readonly string[] = ['ncache nxdomain', 'ncache nxrrset'];

/**
 * What BIND's `delv` makes of a question, from the answers of a resolver that need not validate. An answer of several parts is worth
 * what its worst part is. Of denials it does not heed opt-out: see `Expectation`.
 */
export async function delvVerdict(
  { programs, anchors }: Lab,
  { name, type }: Asked,
  resolver: Endpoint,
): Promise<Expected> {
  const { stdout, stderr } = await run(programs.delv, [
    `@${resolver.host}`,
    ...['-p', String(resolver.port), '-a', anchors.bindFile, '+root=.', '-t', type, '-q', name],
  ]);
  const text = `${stdout}${stderr}`;
  const [, failure] = FAILURE.exec(text) ?? [];
  if (failure !== undefined && !DENIALS.includes(failure)) {
    return failure === 'failure' || failure === 'timed out' ? 'unanswered' : 'bogus';
  }
  if (UNSIGNED.test(text)) return 'insecure';
  if (VALIDATED.test(text)) return 'secure';
  throw new Error(`delv says nothing of ${name} ${type}: ${text}`);
}

/** Gives each question to `delv`, two at a time; the verdicts are in their order. */
export async function delvVerdicts(
  lab: Lab,
  asked: readonly Asked[],
  resolver: Endpoint = lab.places.plainResolver,
): Promise<readonly Expected[]> {
  const verdicts: Expected[] = [];
  for (let at = 0; at < asked.length; at += 2) {
    const pair = asked.slice(at, at + 2).map((one) => delvVerdict(lab, one, resolver));
    verdicts.push(...(await Promise.all(pair)));
  }
  return verdicts;
}
