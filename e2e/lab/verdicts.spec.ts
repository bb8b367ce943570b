import { expect } from 'playwright/test';
import type { Judged } from './oracles/asked.ts';
import { expectations } from './oracles/asked.ts';
import { delvVerdicts } from './oracles/delv-verdict.ts';
import { heraldVerdicts } from './oracles/herald-verdict.ts';
import { unboundVerdicts } from './oracles/unbound-verdict.ts';
import { test } from './test.ts';
import { BROKEN_ZONES } from './zones/broken-zones.ts';
import { INSECURE_ZONES } from './zones/insecure-zones.ts';
import { SOUND_ZONES } from './zones/sound-zones.ts';
import type { Expected } from './zones/lab-zone.ts';
import { UPPER_ZONES } from './zones/upper-zones.ts';

for (const zone of [...UPPER_ZONES, ...SOUND_ZONES, ...INSECURE_ZONES, ...BROKEN_ZONES]) {
  const name = zone.origin === '' ? 'the root' : zone.origin;

  test(`unbound, delv and Herald find the same in ${name}: ${zone.what}`, async ({ lab }) => {
    const asked = expectations(zone);

    expect(told(asked, await unboundVerdicts(lab, asked))).toEqual(told(asked));
    const byDelv = await delvVerdicts(lab, asked);
    const heeding = byDelv.map((verdict, at) =>
      asked[at]!.isOptOut && verdict === 'secure' ? 'insecure' : verdict,
    );
    expect(told(asked, heeding)).toEqual(told(asked));
    for (const server of [lab.places.resolver, lab.places.plainResolver]) {
      expect(told(asked, await heraldVerdicts(lab, asked, server))).toEqual(told(asked));
    }
  });
}

function told(
  asked: readonly Judged[],
  verdicts: readonly Expected[] = asked.map(({ verdict }) => verdict),
): readonly string[] {
  return asked.map(({ name, type }, at) => `${name} ${type}: ${verdicts[at]}`);
}
