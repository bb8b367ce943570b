import { expect } from 'playwright/test';
import { writeMessage } from '../../protocol/wire/message.ts';
import { questionKey } from '../../protocol/wire/record.ts';
import { RecordType } from '../../protocol/wire/registry.ts';
import type { Lab } from './lab.ts';
import { ATTACKS } from './mutation/attacks.ts';
import { pointerBombs } from './mutation/pointer-bombs.ts';
import { Rig } from './mutation/rig.ts';
import { StaleSignatures } from './mutation/stale-signatures.ts';
import { truthOf } from './mutation/subject.ts';
import type { Asked } from './oracles/asked.ts';
import { questionOf } from './oracles/herald-verdict.ts';
import { test } from './test.ts';
import { SERVICES_DOMAIN } from './zones/services-zone.ts';

/** Microseconds of processor time for a message of 64 KiB; dns-packet takes 230,000 for one of these, and goes on. */
const BOMB_LIMIT_US = 500_000;

/** What discovery rests on in the signed domain of the lab. */
function targets(lab: Lab): readonly Asked[] {
  const { records } = lab.zones.find(({ origin }) => origin === SERVICES_DOMAIN)!;
  const [, tlsaOwner] = /^(\S+) TLSA /m.exec(records.join('\n'))!;
  return [
    ['_dns-push-tls._tcp', 'SRV'],
    [tlsaOwner, 'TLSA'],
    ['push', 'A'],
  ].map(([owner, type]) => ({ name: `${owner}.${SERVICES_DOMAIN}.`, type: type! }));
}

for (const attack of ATTACKS) {
  test(`SEC-08: a signed SRV, TLSA or address record is not believed when ${attack.name}`, async ({
    lab,
    scratch,
    owned,
  }) => {
    const truth = truthOf(lab);
    const rig = owned(await Rig.start(lab, truth, scratch));
    const stale = await StaleSignatures.make(lab, [SERVICES_DOMAIN]);
    for (const asked of targets(lab)) {
      const honest = await rig.herald(asked, new Map());
      expect(honest, asked.type).toMatchObject({ kind: 'records', security: { kind: 'secure' } });

      const found = await rig.herald(asked, await attack.lies(questionOf(asked), { truth, stale }));
      expect(found, asked.type).toMatchObject({ kind: 'failed' });
    }
  });
}

test('SEC-09: AD on answers from which every signature was stripped, over a way that anybody can write to, makes nothing secure', async ({
  lab,
  scratch,
  owned,
}) => {
  const truth = truthOf(lab);
  const rig = owned(await Rig.start(lab, truth, scratch));
  for (const asked of targets(lab)) {
    await rig.herald(asked, new Map());
    const lies = new Map<string, Uint8Array>();
    for (const question of rig.questions) {
      const answer = (await truth.get(question))!;
      const [answers, authorities] = [answer.answers, answer.authorities].map((records) =>
        records.filter(({ type }) => type !== RecordType.RRSIG),
      );
      const stripped = { ...answer, questions: [question], answers: answers!, authorities: authorities! };
      lies.set(questionKey(question), writeMessage({ ...stripped, isAuthenticData: true }));
    }
    const found = await rig.herald(asked, lies);

    expect(found, asked.type).toMatchObject({ kind: 'records', security: { kind: 'indeterminate' } });
  }
});

test('names that point back at names are refused or read in bounded time', async ({
  lab,
  scratch,
  owned,
}) => {
  const rig = owned(await Rig.start(lab, truthOf(lab), scratch));
  const [asked] = targets(lab);
  const question = questionOf(asked!);
  for (const [what, octets] of pointerBombs(question)) {
    const before = process.cpuUsage();
    const found = await rig.herald(asked!, new Map([[questionKey(question), octets]]));
    const { user } = process.cpuUsage(before);

    expect(found, what).toMatchObject({ kind: 'failed' });
    expect(user, what).toBeLessThan(BOMB_LIMIT_US);
  }
});
