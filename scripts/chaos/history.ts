import fc from 'fast-check';
import type { Edit } from '../../main/browse/testing/history-steps.ts';
import { anyEdits, DOMAINS, ZONES } from '../../main/browse/testing/history-steps.ts';
import { Random } from '../../protocol/testing/fuzz/random.ts';
import type { ChaosStep } from './step.ts';
import { SITES } from './step.ts';
import { SERVER_ZONES } from './zone-texts.ts';
import { DNS_WEATHERS } from './dns-gate.ts';

const MIN_RESTS = 3;
const MAX_RESTS = 6;
const MAX_STEPS_BETWEEN_RESTS = 5;
/** The last is longer than a session must last to be called stable. */
const CALMS_MS = [0, 0, 50, 50, 300, 2_500, 11_000] as const;
const WAITS_MS = [0, 5, 50, 300, 1_000, 2_500] as const;

/** How often each kind of step comes, and how it is made. */
const MAKERS: readonly (readonly [weight: number, make: (random: Random) => ChaosStep])[] = [
  [
    8,
    (random) => ({
      kind: 'edit',
      zone: random.pick(ZONES),
      edits: editsOf(random),
      via: random.pick(['update', 'memory']),
    }),
  ],
  [2, (random) => ({ kind: 'reload', zone: random.pick(ZONES), lines: linesOf(random) })],
  [5, (random) => ({ kind: 'wait', ms: random.pick(WAITS_MS) })],
  [
    3,
    (random) => ({
      kind: 'weather',
      site: random.pick(SITES),
      weather: random.pick(['slow', 'dribble', 'stall']),
    }),
  ],
  [
    2,
    (random) => ({
      kind: 'cutting',
      site: random.pick(SITES),
      cutting: random.pick(['first-octet', 'octets']),
    }),
  ],
  [3, (random) => ({ kind: 'dns', weather: random.pick(DNS_WEATHERS) })],
  [3, (random) => ({ kind: 'reset', site: random.pick(SITES) })],
  [2, (random) => ({ kind: 'half-close', site: random.pick(SITES), direction: random.pick(['up', 'down']) })],
  [2, (random) => ({ kind: 'flip', site: random.pick(SITES), direction: random.pick(['up', 'down']) })],
  [1, (random) => ({ kind: 'shut', site: random.pick(SITES) })],
  [2, (random) => ({ kind: 'restart', site: random.pick(SITES), how: random.pick(['orderly', 'crash']) })],
  [
    1,
    (random) => ({
      kind: 'certificate',
      site: random.pick(SITES),
      which: random.pick(['strange', 'misnamed']),
    }),
  ],
  [3, (random) => ({ kind: random.pick(['pause', 'resume', 'suspect']) })],
  [
    2,
    (random) => ({
      kind: random.pick(['watch', 'watch', 'remove', 'again']),
      domain: random.pick(DOMAINS),
    }),
  ],
];
const WEIGHTS = MAKERS.reduce((sum, [weight]) => sum + weight, 0);

/** The history with this number: the same for the same seed. It ends in a rest. */
export function historyOf(seed: number, number: number): readonly ChaosStep[] {
  const random = new Random(seed, 'chaos', number);
  const rests = MIN_RESTS + random.below(MAX_RESTS - MIN_RESTS + 1);
  return random.times(rests, () => between(random)).flat();
}

function between(random: Random): readonly ChaosStep[] {
  const steps = random.times(random.below(MAX_STEPS_BETWEEN_RESTS + 1), () => anyStep(random));
  return [
    ...steps.flatMap((step) => [step, ...traffic(step, random)]),
    { kind: 'rest', calmMs: random.pick(CALMS_MS) },
  ];
}

/** Behind a fault that shows only when something passes: something that does. */
function traffic(step: ChaosStep, random: Random): readonly ChaosStep[] {
  if (step.kind !== 'weather' && step.kind !== 'cutting' && step.kind !== 'flip') return [];
  return [
    { kind: 'reload', zone: random.pick(SERVER_ZONES[step.site]), lines: linesOf(random) },
    { kind: 'wait', ms: random.pick(WAITS_MS) },
  ];
}

function anyStep(random: Random): ChaosStep {
  let drawn = random.below(WEIGHTS);
  for (const [weight, make] of MAKERS) {
    drawn -= weight;
    if (drawn < 0) return make(random);
  }
  throw new TypeError('the weights do not add up');
}

function editsOf(random: Random): readonly Edit[] {
  const [edits = []] = fc.sample(anyEdits, { seed: random.u32() | 0, numRuns: 1 });
  return edits;
}

function linesOf(random: Random): readonly string[] {
  return random
    .times(random.below(4), () => editsOf(random))
    .flat()
    .map(({ line }) => line);
}
