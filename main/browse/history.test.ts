import fc from 'fast-check';
import { test } from 'vitest';
import { History } from './testing/history.ts';
import type { HistoryStep } from './testing/history-steps.ts';
import { anyStep, historyText } from './testing/history-steps.ts';

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

const anyHistory = fc.commands([anyStep.map((step) => new StepCommand(step))], { maxCommands: 40, size: 'max' });

test('END-10, CHG-22: after any history, once servers are back, services and subscriptions are those of the zones', async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory, async (commands) => {
      const history = new History();
      await fc.asyncModelRun(() => ({ model: {}, real: history }), commands);
      await history.comeToRest('patient');
      history.expectTruth();
      history.expectNoLeak();
      await history.end();
    }),
    { numRuns: 60 },
  );
});

test('END-03: after any history, when a person asks for another try, nobody waits any longer', async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory, async (commands) => {
      const history = new History();
      await fc.asyncModelRun(() => ({ model: {}, real: history }), commands);
      await history.comeToRest('impatient');
      history.expectTruth();
      await history.end();
    }),
    { numRuns: 60 },
  );
});
