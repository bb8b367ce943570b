import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect } from 'playwright/test';
import { Demo } from '../testing/demo.ts';
import { domainsOf } from '../testing/herald.ts';
import { serviceLine } from '../testing/service-list.ts';
import { test } from '../testing/test.ts';

const IPP = '_ipp._tcp.office.test';

test('a dead printer that is checked is told of in words, and leaves when its server has looked; a live one stays', async ({
  scratch,
  owned,
  open,
}) => {
  const demo = owned(await Demo.start(scratch, { heedsReconfirm: true }));
  const { page, complaints } = await open({ domains: domainsOf(demo) });
  const details = page.getByRole('complementary', { name: 'Details' });
  const result = details.locator('.check-result');
  const announce = (label: string, port: number): Promise<void> =>
    demo.update(
      'office.test',
      `update add ${IPP} 4500 PTR ${label}.${IPP}`,
      `update add ${label}.${IPP} 120 SRV 0 0 ${port} loop.office.test`,
      `update add ${label}.${IPP} 4500 TXT "txtvers=1"`,
      'update add loop.office.test 120 A 127.0.0.1',
    );
  const listener = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  await announce('Alive', port);
  const alive = serviceLine(page, '_ipp._tcp', 'Alive');
  await alive.click();
  await details.getByRole('button', { name: 'Check this service' }).click();
  await expect(result).toHaveText(`127.0.0.1 port ${port} took the connection. Something is there.`);

  listener.close();
  await announce('Dead', port);
  const dead = serviceLine(page, '_ipp._tcp', 'Dead');
  await dead.click();
  await expect(result).toHaveText('');
  await page.keyboard.press('Control+r');
  await expect(result).toContainText(`Nothing listens at 127.0.0.1 port ${port}.`);
  await expect(result).toContainText('server was asked to check the record');
  await page.screenshot({ path: 'out/e2e-check.png' });
  await expect(dead).toHaveCount(0);
  await expect(details).toContainText(/Left at .*office\.test no longer lists it/s);
  await expect(details.getByRole('button', { name: 'Check this service' })).toHaveCount(0);
  await expect(alive).toHaveCount(1);
  expect(complaints).toEqual([]);
});
