import { expect } from 'playwright/test';
import { domainsOf } from '../testing/herald.ts';
import { test } from '../testing/test.ts';
import { read, standing } from '../testing/told.ts';
import { byKey, expectShown, truthOf } from '../testing/truth.ts';
import type { ZoneService } from '../testing/zone-by-dig.ts';

/** Addresses in the order of the alphabet, to be compared as sets. */
function sorted(addresses: ZoneService['addresses']): ZoneService['addresses'] {
  return addresses?.toSorted((a, b) => (a < b ? -1 : 1)) ?? null;
}

test('browse --json and the window show the same services, and both show the zone', async ({
  demo,
  browse,
  open,
}) => {
  const command = browse('--json', ...demo.options, ...demo.network.zones);
  const herald = await open({ domains: domainsOf(demo) });
  await herald.showAll();

  /** Holds the command line against the zone field by field, and the window against it word by word. */
  const hold = async (): Promise<number> => {
    const truth = await truthOf(demo);
    await expect
      .poll(() => [...standing(command.lines.map(read)).values()].map(serviceOf).toSorted(byKey))
      .toEqual(truth.map((service) => ({ ...service, addresses: sorted(service.addresses) })));
    await expectShown(herald.page, truth);
    return truth.length;
  };

  const count = await hold();
  expect(count).toBeGreaterThan(60);
  await herald.page.screenshot({ path: 'out/e2e-tall.png' });

  const name = String.raw`Caf\195\169\032\\\.\032\240\159\150\168._ipp._tcp.lab.test`;
  await demo.update(
    'lab.test',
    `update add _ipp._tcp.lab.test 60 PTR ${name}`,
    `update add ${name} 60 SRV 0 0 631 cafe.lab.test`,
    `update add ${name} 60 TXT "a=1" "b" "c="`,
    'update add cafe.lab.test 60 A 198.51.100.200',
    'update add cafe.lab.test 60 AAAA 2001:db8::200',
  );
  await demo.update('office.test', 'update delete _ssh._tcp.office.test');
  const kept = (await truthOf(demo)).filter(
    ({ domain, type }) => domain === 'office.test' && type === '_ssh._tcp',
  );
  expect(kept).toEqual([]);
  expect(await hold()).not.toBe(count);
  expect(herald.complaints).toEqual([]);
});

/** The part of an event that is the service's own. */
function serviceOf(event: Readonly<Record<string, unknown>>): ZoneService {
  const {
    at,
    event: kind,
    via,
    ...service
  } = event as unknown as ZoneService & Readonly<Record<string, unknown>>;
  expect([typeof at, kind === 'added' || kind === 'changed', via]).toEqual(['number', true, 'push']);
  return { ...service, addresses: sorted(service.addresses) };
}
