import type { Ended } from '../testing/command.ts';

/** What `browse --explain` says of one domain. */
export interface Told {
  /** The first line. */
  readonly headline: string;
  /** The lines of its steps, each with its verdict and its sentence, without what they rest on. */
  readonly steps: readonly string[];
  /** What the failed step says, and what to do; undefined where none failed. */
  readonly failure: string | undefined;
}

/** Reads what `browse --explain` printed, by domain. */
export function toldOf({ stdout }: Ended): ReadonlyMap<string, Told> {
  const blocks = stdout.join('\n').split('\n\n');
  return new Map(
    blocks.map((block) => {
      const [headline = '', ...lines] = block.split('\n');
      const failed = lines.findIndex((line) => /^ ?\d+ {2}✗/.test(line));
      const next = lines.find((line) => /^ +→ /.test(line)) ?? '';
      const failure = failed === -1 ? undefined : `${spare(lines[failed]!)} ${spare(next)}`;
      const steps = lines.filter((line) => /^ ?\d+ {2}\S/.test(line)).map(spare);
      return [headline.slice(0, headline.indexOf(' ')), { headline, steps, failure }];
    }),
  );
}

function spare(line: string): string {
  return line.trim().replace(/ {2,}/g, ' ');
}
