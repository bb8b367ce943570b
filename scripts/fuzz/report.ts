import type { FoundInput } from './campaign.ts';

/** What became of one target. */
export interface TargetReport {
  readonly name: string;
  readonly inputs: number;
  readonly spentMs: number;
  readonly found: FoundInput | undefined;
}

/** The figures as people read them: inputs and inputs a second, for each target and in all. */
export function reportText(reports: readonly TargetReport[], seed: number): string {
  const lines = reports.map(({ name, inputs, spentMs, found }) => {
    const verdict = found === undefined ? 'ok  ' : 'FAIL';
    return `${verdict} ${name.padEnd(16)} ${count(inputs).padStart(12)} inputs ${rate(inputs, spentMs).padStart(9)} a second`;
  });
  const inputs = reports.reduce((sum, report) => sum + report.inputs, 0);
  const spentMs = reports.reduce((sum, report) => sum + report.spentMs, 0);
  const total = `seed ${seed}: ${count(inputs)} inputs in ${Math.round(spentMs / 1000)} s, ${rate(inputs, spentMs)} a second`;
  return `${lines.join('\n')}\n${total}\n`;
}

/** A finding, with what somebody needs to have it again. */
export function findingText({ target, input, failure, lines }: FoundInput, seed: number): string {
  const stack = (failure.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return [
    `${target}: ${failure.name}: ${failure.message}`,
    ...stack.slice(0, 6),
    'The smallest input that does it:',
    ...lines.map((line) => `  ${line}`),
    `Again: npm run fuzz -- --target ${target} --seed ${seed} --from ${input} --inputs 1`,
    '',
  ].join('\n');
}

/** The figures and findings for programs. */
export function reportJson(reports: readonly TargetReport[], seed: number): string {
  const targets = reports.map(({ name, inputs, spentMs, found }) => ({
    name,
    inputs,
    spentMs: Math.round(spentMs),
    found:
      found === undefined ? null : { input: found.input, failure: found.failure.message, lines: found.lines },
  }));
  return `${JSON.stringify({ seed, targets }, undefined, 2)}\n`;
}

function count(inputs: number): string {
  return inputs.toLocaleString('en-US');
}

function rate(inputs: number, spentMs: number): string {
  return spentMs === 0 ? '-' : count(Math.round((inputs * 1000) / spentMs));
}
