import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as staged } from '../testing/test.ts';
import { Lab } from './lab.ts';

/** Keys of RSA take their time on a busy machine. */
const START_LIMIT_MS = 120_000;

/** What the tests of a worker share. */
export interface LabStage {
  /** The folder that the lab's is made in. */
  readonly labTemporary: string;
  readonly lab: Lab;
}

/** A test with a stage and the lab, which is one for all tests of a worker: nothing in it changes. */
export const test = staged.extend<object, LabStage>({
  labTemporary: [tmpdir(), { option: true, scope: 'worker' }],
  lab: [
    async ({ labTemporary }, provide) => {
      const folder = await mkdtemp(path.join(labTemporary, 'herald-lab-'));
      try {
        const lab = await Lab.start(folder);
        await provide(lab);
        await lab.close();
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    { scope: 'worker', timeout: START_LIMIT_MS },
  ],
});
