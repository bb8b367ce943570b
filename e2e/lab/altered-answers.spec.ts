import { randomInt } from 'node:crypto';
import { expect } from 'playwright/test';
import type { Lab } from './lab.ts';
import { campaign } from './mutation/campaign.ts';
import { Rig } from './mutation/rig.ts';
import { StaleSignatures } from './mutation/stale-signatures.ts';
import { subjectOf, truthOf } from './mutation/subject.ts';
import type { Subject } from './mutation/subject.ts';
import { STALE_ZONES, subjects } from './mutation/subjects.ts';
import { test } from './test.ts';

const COUNT = 10_000;
/** On a machine that does much else. */
const LIMIT_MS = 20 * 60_000;

interface Prepared {
  readonly rigs: readonly Rig[];
  readonly found: readonly Subject[];
}

async function prepared(lab: Lab, folder: string, owned: (rig: Rig) => Rig): Promise<Prepared> {
  const truth = truthOf(lab);
  const rigs = [owned(await Rig.start(lab, truth, folder)), owned(await Rig.start(lab, truth, folder))];
  const found: Subject[] = [];
  for (const asked of subjects()) found.push(await subjectOf(asked, rigs[0]!, truth));
  return { rigs, found };
}

test('a resolver in the middle that alters nothing changes no verdict', async ({ lab, scratch, owned }) => {
  const { rigs, found } = await prepared(lab, scratch, owned);
  const [rig] = rigs;

  for (const { asked, verdict } of found) {
    const { unbound, delv } = await rig!.others(asked, new Map());
    expect(`${asked.name} ${asked.type} ${unbound}`).toBe(`${asked.name} ${asked.type} ${verdict}`);
    expect([verdict, verdict === 'insecure' ? 'secure' : verdict]).toContain(delv); // delv does not heed opt-out
  }
});

test(`of ${COUNT} altered answers none is secure that is not true, and none is believed that unbound or delv call bogus`, async ({
  lab,
  scratch,
  owned,
}) => {
  test.setTimeout(LIMIT_MS);
  const { rigs, found } = await prepared(lab, scratch, owned);
  const stale = await StaleSignatures.make(lab, STALE_ZONES);
  const seed = Number(process.env['LAB_SEED'] ?? randomInt(2 ** 31));
  process.stdout.write(`LAB_SEED=${seed}\n`);
  const { findings, tally } = await campaign({ rigs, subjects: found, stale, seed, count: COUNT });
  for (const [what, count] of tally) process.stdout.write(`${String(count).padStart(6)} ${what}\n`);

  expect(findings).toEqual([]);
});
