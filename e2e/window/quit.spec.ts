import { expect } from 'playwright/test';
import type { Herald } from '../testing/herald.ts';
import { domainsOf } from '../testing/herald.ts';
import { AUTHORITY, trustFile } from '../testing/identity.ts';
import { PushRelay } from '../testing/push-relay.ts';
import { domainEntry, serviceLine } from '../testing/service-list.ts';
import { test } from '../testing/test.ts';

const WAYS: readonly (readonly [string, (herald: Herald) => Promise<unknown>])[] = [
  [
    'the menu’s Quit',
    ({ app }) =>
      app.evaluate(({ Menu }) => {
        const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
        items.find(({ role }) => role === 'quit')?.click();
      }),
  ],
  [
    'closing the window',
    ({ app }) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
  ],
  ['SIGTERM', async ({ app }) => app.process().kill('SIGTERM')],
];

for (const [what, how] of WAYS) {
  test(`END-01: ${what} ends it in under a second, by close_notify and FIN on the wire`, async ({
    demo,
    open,
    owned,
    scratch,
  }) => {
    const relay = owned(await PushRelay.start(demo, ...demo.network.zones));
    const trust = await trustFile(`${scratch}/trust.pem`, AUTHORITY.ca);
    const herald = await open({ domains: domainsOf(demo, trust) });
    for (const zone of demo.network.zones) {
      await expect(domainEntry(herald.page, zone)).toHaveAttribute('data-state', 'live');
    }
    await expect(serviceLine(herald.page, '_ipp._tcp', 'Meeting Room 3')).toBeVisible();
    const [session] = relay.connections;
    const end = await herald.end(() => how(herald));
    await session!.over;

    expect(end).toMatchObject({ status: 0, signal: null });
    expect(end.tookMs).toBeLessThan(1_000);
    expect(relay.connections).toHaveLength(1);
    expect(session!.wire.slice(-2)).toEqual([21, 'FIN']);
    expect(session!.tls).toEqual(['secure', 'end', 'close']);
    await expect.poll(() => demo.network.sessionCount).toBe(0);
  });
}
