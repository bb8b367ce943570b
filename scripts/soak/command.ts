import { parseSoakOptions, SOAK_USAGE } from './options.ts';
import { runMinutes } from './real-minutes.ts';
import { liveDays } from './virtual-days.ts';

/** Does what a command line asks for; the exit status. `say` and `complain` take whole lines. */
export async function soak(
  args: readonly string[],
  { say, complain }: { readonly say: (text: string) => void; readonly complain: (text: string) => void },
): Promise<number> {
  const parsed = parseSoakOptions(args);
  switch (parsed.kind) {
    case 'help':
      say(SOAK_USAGE);
      return 0;
    case 'wrong':
      complain(`${parsed.message}\n\n${SOAK_USAGE}`);
      return 2;
    case 'options': {
      const { options } = parsed;
      const tell = (line: string): void => say(`${line}\n`);
      const problems =
        options.kind === 'days' ? await liveDays(options, tell) : await runMinutes(options, tell);
      for (const problem of problems) tell(`FAIL ${problem}`);
      if (problems.length === 0) tell('ok   nothing grew beyond its bound, and what was shown was the truth');
      return problems.length === 0 ? 0 : 1;
    }
  }
}
