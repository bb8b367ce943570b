import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'playwright/test';
import type { Command } from '../../main/contract/command.ts';
import { Random } from '../../protocol/testing/fuzz/random.ts';
import { send, snapshot } from '../testing/bridge.ts';
import type { Herald } from '../testing/herald.ts';
import { test } from '../testing/test.ts';

/** How often Herald is killed, and after how many changes at most. */
const KILLS = 8;
const CHANGES = 10;
/** The last change gets up to 2 to the power of this many turns of our loop: from not at all to answered long ago. */
const DOUBLINGS = 17;

/** The seconds of a day are as good a seed as any; HERALD_SEED has an earlier one again. */
const SEED = Number(process.env['HERALD_SEED'] ?? Math.floor(Date.now() / 1000) % 86_400);

/** A change of the list of domains, and the list after it. */
interface Change {
  readonly command: Command;
  readonly after: readonly string[];
}

test('kill -9 at any moment loses nothing that was answered, and leaves the settings whole', async ({
  open,
  scratch,
}) => {
  const seed = `HERALD_SEED=${SEED}`; // to have it again
  const random = new Random(SEED, 'kill');
  const profile = path.join(scratch, 'profile');
  let domains: readonly string[] = [];

  for (let kill = 0; kill < KILLS; kill += 1) {
    const herald = await open(kill === 0 ? { profile, domains: [] } : { profile });
    expect(await watched(herald), seed).toEqual(domains);
    for (let left = random.below(CHANGES); left > 0; left -= 1) {
      const { command, after } = nextChange(random, domains, `host${kill}-${left}.local`);
      expect(await send(herald.page, command)).toMatchObject({ ok: true });
      domains = after;
    }
    const { command, after } = nextChange(random, domains, `host${kill}-last.local`);
    let isAnswered = false;
    const asked = send(herald.page, command).then(
      ({ ok }) => (isAnswered = ok),
      () => undefined, // the answer did not come any more
    );
    for (let turns = random.below(2 ** random.below(DOUBLINGS)); turns > 0; turns -= 1) await nextTurn();
    const mustHold = isAnswered;

    await herald.end(async () => herald.app.process().kill('SIGKILL'));
    await asked;

    const kept = await domainsIn(profile);
    expect(mustHold ? [after] : [domains, after], seed).toContainEqual(kept);
    domains = kept;
  }
  expect(await watched(await open({ profile })), seed).toEqual(domains);
  expect((await readdir(profile)).filter((name) => name.includes('settings'))).toEqual(['settings.json']);
});

/** Adds a domain, or removes one of those that are there. */
function nextChange(random: Random, domains: readonly string[], domain: string): Change {
  if (domains.length === 0 || !random.oneIn(3))
    return { command: { kind: 'add-domain', domain }, after: [...domains, domain] };
  const id = random.pick(domains);
  return { command: { kind: 'remove-domain', id }, after: domains.filter((name) => name !== id) };
}

async function watched({ page }: Herald): Promise<readonly string[]> {
  const { tables } = await snapshot(page);
  return tables.domains.map(({ id }) => id);
}

/** The domains that the next start will find. */
async function domainsIn(profile: string): Promise<readonly string[]> {
  const text = await readFile(path.join(profile, 'settings.json'), 'utf8');
  const { domains } = JSON.parse(text) as { readonly domains: readonly { readonly name: string }[] };
  return domains.map(({ name }) => name);
}
