import { writeFileSync } from 'node:fs';
import type { FuzzTarget } from '../../protocol/testing/fuzz/trial.ts';
import { Campaign } from './campaign.ts';
import type { FoundInput } from './campaign.ts';
import type { FuzzOptions } from './options.ts';
import { fuzzUsage, parseFuzzOptions } from './options.ts';
import type { TargetReport } from './report.ts';
import { findingText, reportJson, reportText } from './report.ts';

/** How long a target has its turn. */
const TURN_MS = 1_000;

/** Does what a command line asks for; the exit status. `say` and `complain` take whole lines. */
export async function fuzz(
  args: readonly string[],
  targets: readonly FuzzTarget[],
  { say, complain }: { readonly say: (text: string) => void; readonly complain: (text: string) => void },
): Promise<number> {
  const known = targets.map(({ name }) => name);
  const freshSeed = crypto.getRandomValues(new Uint32Array(1))[0]!;
  const parsed = parseFuzzOptions(args, known, freshSeed);
  switch (parsed.kind) {
    case 'help':
      say(fuzzUsage(targets));
      return 0;
    case 'wrong':
      complain(`${parsed.message}\n\n${fuzzUsage(targets)}`);
      return 2;
    case 'options': {
      const { options } = parsed;
      const { seed, reportFile } = options;
      say(`seed ${seed}\n`);
      const reports = await takeTurns(targets, options, (found) => say(findingText(found, seed)));
      say(reportText(reports, seed));
      if (reportFile !== undefined) writeFileSync(reportFile, reportJson(reports, seed));
      return reports.some(({ found }) => found !== undefined) ? 1 : 0;
    }
  }
}

/** Lets the targets have their turns, one after the other, until time or inputs are used up. What failed has no more. */
async function takeTurns(
  targets: readonly FuzzTarget[],
  options: FuzzOptions,
  tell: (found: FoundInput) => void,
): Promise<readonly TargetReport[]> {
  const { seed, from, forMs, inputs, targets: names } = options;
  const chosen = targets.filter(({ name }) => names.length === 0 || names.includes(name));
  const campaigns = chosen.map((target) => new Campaign(target, seed, from));
  const findings = new Map<Campaign, FoundInput>();
  const untilMs = performance.now() + forMs;
  for (let isGoing = true; isGoing;) {
    isGoing = false;
    const turnMs = Math.min(TURN_MS, forMs / campaigns.length);
    for (const campaign of campaigns) {
      const leftMs = untilMs - performance.now();
      if (findings.has(campaign) || campaign.count >= inputs || leftMs <= 0) continue;
      isGoing = true;
      const found = await campaign.run(inputs, Math.min(turnMs, leftMs));
      if (found === undefined) continue;
      findings.set(campaign, found);
      tell(found);
    }
  }
  return campaigns.map((campaign) => ({
    name: campaign.target.name,
    inputs: campaign.count,
    spentMs: campaign.spentMs,
    found: findings.get(campaign),
  }));
}
