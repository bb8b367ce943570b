/** `npm run bench`: measures the figures of the speed table, each with its reference measured beside it. */
import { BENCHES } from './benches.ts';
import type { Figure } from './figure.ts';
import { figureJson } from './figure.ts';
import type { BenchOptions } from './options.ts';
import { readOptions } from './options.ts';
import { figureTable } from './table.ts';

const USAGE = `Usage: npm run bench -- [--json] [NAME…]

Measures, and says whether the goals hold. Without a NAME it measures all:
${BENCHES.map(({ name, summary }) => `  ${name.padEnd(12)} ${summary}`).join('\n')}

--json prints one array of {"id", "name", "value", "unit", "reference", "ratio", "goal", "holds"}.
`;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const commandLine = readOptions(
  process.argv.slice(2),
  BENCHES.map(({ name }) => name),
);
switch (commandLine.kind) {
  case 'help':
    process.stdout.write(USAGE);
    break;
  case 'wrong':
    process.stderr.write(`${commandLine.message}\n\n${USAGE}`);
    process.exitCode = 2;
    break;
  case 'options':
    await measure(commandLine.options);
}

async function measure({ names, isJson }: BenchOptions): Promise<void> {
  const figures: Figure[] = [];
  for (const bench of BENCHES.filter(({ name }) => names.length === 0 || names.includes(name))) {
    say(`Measuring ${bench.name} …`);
    figures.push(...(await bench.run(say)));
  }
  process.stdout.write(
    isJson ? `${JSON.stringify(figures.map(figureJson), null, 2)}\n` : figureTable(figures),
  );
}
