import fc from 'fast-check';
import type { Rest } from '../../main/browse/testing/history.ts';
import { History } from '../../main/browse/testing/history.ts';
import type { HistoryStep } from '../../main/browse/testing/history-steps.ts';
import { anyPeacefulStep, anyStep, historyText } from '../../main/browse/testing/history-steps.ts';
import type { FuzzTarget, Trial } from '../../protocol/testing/fuzz/trial.ts';
import { shortened } from '../../protocol/testing/fuzz/trial.ts';

/** How a history ends. */
type End = Rest | 'paused';

const MAX_STEPS = 40;

/** After any history of changes and faults the services are those of the zones. */
export const historyTarget: FuzzTarget = {
  name: 'history',
  summary:
    'after any history of changes, faults and visits, what is shown and subscribed to is what the zones need',
  batch: 256,
  trial: (random) => {
    const rest = random.pick<End>(['patient', 'impatient', 'confident', 'resigned', 'paused']);
    const step = rest === 'confident' ? anyPeacefulStep : anyStep;
    const history = fc.array(step, { maxLength: MAX_STEPS, size: 'max' });
    const [steps = []] = fc.sample(history, { seed: random.u32() | 0, numRuns: 1 });
    return historyTrial(steps, rest, random.oneIn(2));
  },
};

/** `isWindow`: it is watched as a window does, which remembers and looks at a part. */
function historyTrial(steps: readonly HistoryStep[], rest: End, isWindow: boolean): Trial {
  return {
    check: () => checkHistory(steps, rest, isWindow),
    *smaller() {
      for (const fewer of shortened(steps)) yield historyTrial(fewer, rest, isWindow);
      for (const [at, step] of steps.entries()) {
        if (step.kind !== 'edit') continue;
        for (const edits of shortened(step.edits))
          yield historyTrial(steps.with(at, { ...step, edits }), rest, isWindow);
      }
    },
    show: () => [
      ...(isWindow ? ['in a window'] : []),
      ...steps.map(historyText),
      rest === 'paused'
        ? 'then everything is paused'
        : `then everything works again${rest === 'resigned' ? ' but push' : ''}, and whoever watches is ${rest}`,
    ],
  };
}

async function checkHistory(steps: readonly HistoryStep[], rest: End, isWindow: boolean): Promise<void> {
  const history = new History(isWindow);
  for (const step of steps) await history.play(step);
  if (rest === 'paused') {
    await history.expectPause();
    await history.end();
    return;
  }
  await history.comeToRest(rest);
  if (rest === 'resigned') history.expectPolledTruth();
  else history.expectTruth();
  if (rest === 'patient') history.expectNoLeak();
  if (rest === 'confident') history.expectFirstServers();
  await history.end();
}
