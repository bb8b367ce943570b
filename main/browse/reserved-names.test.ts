import { afterEach, expect, test } from 'vitest';
import type { View } from '../contract/view.ts';
import { Browsing } from './testing/browsing.ts';
import { printers, rowId, rowIds } from './testing/many-printers.ts';

let browsing: Browsing;
let told: string[];
const see = (view: Partial<View>): void =>
  browsing.workspace.look(1, { rows: [], details: null, needed: [], ...view });

async function watched(zone: string): Promise<void> {
  told = [];
  browsing = new Browsing(zone, {
    keepsMemory: true,
    followsViews: true,
    told: (news) => {
      for (const { event, row } of news) told.push(`${event} ${row.instance}`);
    },
  });
  await browsing.watch('office.test');
  await browsing.ether.elapse(5_000);
}

afterEach(async () => {
  expect(await browsing.end(), 'timers left behind').toBe(0);
});

test('PRN-02: a printer that turns out only to reserve its name goes without a word, stays away, and shows when it is one', async () => {
  await watched(printers(4));
  const [asked, offered] = ['P1._ipp._tcp SRV 0 0 0 .', 'P1._ipp._tcp SRV 0 0 515 h1'];
  browsing.change('remove', 'P1._ipp._tcp SRV 0 0 631 h1');
  browsing.change('add', asked);
  expect(browsing.services).toHaveLength(4);
  see({ rows: rowIds(0, 4) });
  await browsing.ether.elapse(1_000);
  expect(browsing.services).toHaveLength(3);
  see({ rows: [] });
  await browsing.ether.elapse(10_000);
  expect(browsing.services).toHaveLength(3);
  expect(browsing.domain()).toMatchObject({ services: 3 });
  expect(browsing.workspace.snapshot().tables.departed).toEqual([]);
  expect(told).toEqual([]);

  browsing.change('remove', asked);
  browsing.change('add', offered);
  await browsing.ether.elapse(2_000);
  expect(browsing.services.find(({ id }) => id === rowId(1))).toMatchObject({ port: 515 });
  expect(told).toEqual(['appeared P1']);
});

test('PRN-02: names that were found to be only reserved stay away, more of them than are asked about, too', async () => {
  await watched(printers(300).replaceAll(/SRV 0 0 631 h\d+/g, 'SRV 0 0 0 .'));
  see({ needed: rowIds(0, 256) });
  await browsing.ether.elapse(6_000);
  see({ rows: rowIds(256, 44) });
  await browsing.ether.elapse(6_000);
  expect(browsing.services).toEqual([]);
  see({});
  await browsing.ether.elapse(6_000);
  expect(browsing.services).toEqual([]);
  expect(browsing.ether.link.session.subscriptionCount).toBe(2 + 256 * 2); // two lists, SRV and TXT: there is no host to be asked about
});
