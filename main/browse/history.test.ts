import fc from 'fast-check';
import { test } from 'vitest';
import { History } from './testing/history.ts';
import type { HistoryStep } from './testing/history-steps.ts';
import { anyFavourites, anyPeacefulStep, anyStep, historyText } from './testing/history-steps.ts';

/** A step as fast-check runs it. */
class StepCommand implements fc.AsyncCommand<object, History> {
  readonly #step: HistoryStep;

  constructor(step: HistoryStep) {
    this.#step = step;
  }

  check(): boolean {
    return true;
  }

  run(_model: object, history: History): Promise<void> {
    return history.play(this.#step);
  }

  toString(): string {
    return historyText(this.#step);
  }
}

const anyHistory = historyOf(anyStep);

function historyOf(step: fc.Arbitrary<HistoryStep>) {
  return fc.commands([step.map((each) => new StepCommand(each))], { maxCommands: 40, size: 'max' });
}

async function played(
  commands: Iterable<fc.AsyncCommand<object, History>>,
  keepsMemory = false,
): Promise<History> {
  const history = new History(keepsMemory);
  await fc.asyncModelRun(() => ({ model: {}, real: history }), commands);
  return history;
}

test('END-10, CHG-22: after any history, once servers are back, services and subscriptions are those of the zones', async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory, fc.boolean(), async (commands, keepsMemory) => {
      const history = await played(commands, keepsMemory);
      await history.comeToRest('patient');
      history.expectTruth();
      history.expectNoLeak();
      await history.end();
    }),
    { numRuns: 40 },
  );
});

test('END-03: after any history, when a person asks for another try, nobody waits any longer', async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory, async (commands) => {
      const history = await played(commands);
      await history.comeToRest('impatient');
      history.expectTruth();
      await history.end();
    }),
    { numRuns: 40 },
  );
});

test('POLL-02: after any history, when every push server is gone for good, polling shows what the zones hold', async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory, fc.boolean(), async (commands, keepsMemory) => {
      const history = await played(commands, keepsMemory);
      await history.comeToRest('resigned');
      history.expectPolledTruth();
      await history.end();
    }),
    { numRuns: 20 },
  );
});

test('LIFE-01: after any history a pause ends everything, and what was known is gone, or no more than remembered, when it has aged', async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory, fc.boolean(), async (commands, keepsMemory) => {
      const history = await played(commands, keepsMemory);
      await history.expectPause();
      await history.end();
    }),
    { numRuns: 40 },
  );
});

test('LIFE-01: after any history favourites alone are subscribed to while nobody looks, and everything is when somebody does', async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory, anyFavourites, fc.boolean(), async (commands, favourites, keepsMemory) => {
      const history = await played(commands, keepsMemory);
      await history.comeToRest('patient');
      await history.expectNarrow(favourites);
      await history.comeToRest('confident');
      history.expectTruth();
      await history.end();
    }),
    { numRuns: 40 },
  );
});

test('whatever zones and people do, where nothing goes wrong everything is live at once', async () => {
  await fc.assert(
    fc.asyncProperty(historyOf(anyPeacefulStep), fc.boolean(), async (commands, keepsMemory) => {
      const history = await played(commands, keepsMemory);
      await history.comeToRest('confident');
      history.expectTruth();
      history.expectFirstServers();
      await history.end();
    }),
    { numRuns: 40 },
  );
});
