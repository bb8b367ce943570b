import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { octetsTrial } from '../../protocol/testing/fuzz/octets-trial.ts';
import type { FuzzTarget } from '../../protocol/testing/fuzz/trial.ts';
import { must } from '../../protocol/testing/fuzz/trial.ts';
import { hexOf } from '../../protocol/wire/text.ts';
import { fuzz } from './command.ts';

/** A subject that takes octets, with a flaw or without. */
function target(name: string, check: (octets: Uint8Array) => void): FuzzTarget {
  return {
    name,
    summary: 'for a test',
    batch: 64,
    trial: (random) => octetsTrial(random.octets(1 + random.below(40)), check),
  };
}

async function run(args: readonly string[], ...targets: readonly FuzzTarget[]) {
  let [said, complained] = ['', ''];
  const status = await fuzz(args, targets, {
    say: (text) => void (said += text),
    complain: (text) => void (complained += text),
  });
  return { status, said, complained };
}

const SOUND = target('sound', () => undefined);
const FLAWED = target('flawed', (octets) => {
  must(!octets.includes(0xff), `it cannot take 0xff at ${octets.indexOf(0xff)}`);
});

test('without a finding the status is 0, and seed, inputs and inputs a second are printed', async () => {
  const { status, said } = await run(['--inputs', '300', '--seed', '5'], SOUND);
  expect(status).toBe(0);
  expect(said).toMatch(/^seed 5\nok {3}sound +300 inputs +[\d,]+ a second\nseed 5: 300 inputs in \d+ s, /);
});

test('a finding has status 1, the smallest input that does it, and the command that does it again', async () => {
  const { status, said } = await run(['--inputs', '300', '--seed', '5'], SOUND, FLAWED);
  expect(status).toBe(1);
  expect(said).toContain('flawed: Finding: it cannot take 0xff at 0\n');
  expect(said).toContain('  octets: ff\n');
  expect(said).toMatch(/FAIL flawed/);
  expect(said).toMatch(/ok {3}sound +300 inputs/);

  const [, again] = /Again: npm run fuzz -- (.*)\n/.exec(said) ?? [];
  const second = await run((again ?? '').split(' '), SOUND, FLAWED);
  expect(second.status).toBe(1);
  expect(second.said).toContain('  octets: ff\n');
});

test('the same seed gives the same inputs, another seed others, and targets do not share them', async () => {
  const inputsOf = async (seed: string, name: string): Promise<string> => {
    const seen: string[] = [];
    await run(
      ['--inputs', '50', '--seed', seed],
      target(name, (octets) => void seen.push(hexOf(octets))),
    );
    return seen.join(' ');
  };
  const first = await inputsOf('5', 'one');
  expect(await inputsOf('5', 'one')).toBe(first);
  expect(await inputsOf('6', 'one')).not.toBe(first);
  expect(await inputsOf('5', 'two')).not.toBe(first);
});

test('what is thrown that is no finding is one, and so is a promise that is refused', async () => {
  const thrown = target('thrown', () => (undefined as unknown as Uint8Array).length);
  const refused: FuzzTarget = {
    ...SOUND,
    name: 'refused',
    trial: () => ({
      check: () => Promise.reject(new Error('too late')),
      smaller: () => [],
      show: () => ['nothing'],
    }),
  };
  const { status, said } = await run(['--inputs', '3', '--seed', '1'], thrown, refused);
  expect(status).toBe(1);
  expect(said).toContain('thrown: TypeError: Cannot read properties of undefined');
  expect(said).toContain('refused: Error: too late');
});

test('the report has a line for each target', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'herald-test-'));
  const file = join(folder, 'fuzz.json');
  await run(['--inputs', '300', '--seed', '5', '--report', file], SOUND, FLAWED);
  const report = JSON.parse(await readFile(file, 'utf8'));
  await rm(folder, { recursive: true });
  expect(report).toMatchObject({
    seed: 5,
    targets: [
      { name: 'sound', inputs: 300, found: null },
      {
        name: 'flawed',
        found: {
          failure: 'it cannot take 0xff at 0',
          lines: [
            'octets: ff',
            'line:   BYTES ff # a message of 1 octets has no whole header (RFC 8490 §5.4)',
          ],
        },
      },
    ],
  });
});

test('bad usage has status 2', async () => {
  const { status, said, complained } = await run(['--target', 'x'], SOUND);
  expect([status, said]).toEqual([2, '']);
  expect(complained).toContain('There is no target called "x"');
});
