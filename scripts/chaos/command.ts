import { writeFileSync } from 'node:fs';
import { CHAOS_USAGE, parseChaosOptions } from './options.ts';
import { findingText, isSound, reportJson, reportText } from './report.ts';
import { runChaos } from './campaign.ts';

/** Does what a command line asks for; the exit status. `say` and `complain` take whole lines. */
export async function chaos(
  args: readonly string[],
  { say, complain }: { readonly say: (text: string) => void; readonly complain: (text: string) => void },
): Promise<number> {
  const parsed = parseChaosOptions(args, crypto.getRandomValues(new Uint32Array(1))[0]!);
  switch (parsed.kind) {
    case 'help':
      say(CHAOS_USAGE);
      return 0;
    case 'wrong':
      complain(`${parsed.message}\n\n${CHAOS_USAGE}`);
      return 2;
    case 'options': {
      const { options } = parsed;
      say(`seed ${options.seed}\n`);
      const report = await runChaos(options);
      if (report.found !== undefined) say(findingText(report.found));
      say(reportText(report));
      if (options.reportFile !== undefined) writeFileSync(options.reportFile, reportJson(report));
      return isSound(report) ? 0 : 1;
    }
  }
}
