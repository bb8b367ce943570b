import { expect } from 'playwright/test';
import { serviceLine, txtValue } from '../testing/service-list.ts';
import { test } from '../testing/test.ts';

const IPP = '_ipp._tcp.office.test';
const NAME = String.raw`Third\032Floor\.\032East._ipp._tcp.office.test`;
const INSTANCE = 'Third Floor. East';

test('nsupdate adds a printer and its row appears, changes its TXT and the details follow, removes it and the row goes', async ({
  demo,
  herald,
}) => {
  const { page, complaints } = herald;
  const line = serviceLine(page, '_ipp._tcp', INSTANCE);
  await expect(serviceLine(page, '_ipp._tcp', 'Meeting Room 3')).toContainText('brother-l3230.office.test');
  await expect(line).toHaveCount(0);

  await demo.update(
    'office.test',
    `update add ${IPP} 4500 PTR ${NAME}`,
    `update add ${NAME} 120 SRV 0 0 6310 third.office.test`,
    `update add ${NAME} 4500 TXT "txtvers=1" "ty=Brother HL" "note=By the window" "Color=F" "TLS=1.3"`,
    'update add third.office.test 120 A 192.0.2.77',
  );
  await expect(line).toContainText('third.office.test');
  await expect(line).toContainText('6310');
  await expect(line).toContainText('192.0.2.77');
  await expect(line).toContainText('By the window');

  await line.click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details.getByRole('heading', { level: 2 })).toHaveText(INSTANCE);
  await expect(txtValue(page, 'Color')).toHaveText('F');
  await page.screenshot({ path: 'out/e2e-details.png' });

  await demo.update(
    'office.test',
    `update delete ${NAME} TXT`,
    `update add ${NAME} 4500 TXT "txtvers=1" "ty=Brother HL" "note=By the lift" "Color=T" "Duplex=" "Fax"`,
  );
  await expect(txtValue(page, 'Color')).toHaveText('T');
  await expect(txtValue(page, 'note')).toHaveText('By the lift');
  await expect(txtValue(page, 'Duplex')).toHaveText('empty');
  await expect(txtValue(page, 'Fax')).toHaveText('no value');
  await expect(txtValue(page, 'TLS')).toHaveCount(0);
  await expect(line).toContainText('By the lift');

  await demo.update(
    'office.test',
    `update delete ${NAME} SRV`,
    `update add ${NAME} 120 SRV 0 0 6311 hp-m776.office.test`,
  );
  await expect(line).toContainText('6311');
  await expect(line).toContainText('192.0.2.20');

  await demo.update('office.test', `update delete ${IPP} PTR ${NAME}`, `update delete ${NAME}`);
  await expect(line).toHaveCount(0);
  await expect(details).toContainText(/Left at .*office\.test no longer lists it/s);
  await page.screenshot({ path: 'out/e2e-left.png' });
  await details.getByRole('button', { name: 'Close details' }).click();
  await expect(details).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('a service that is known in part says what is missing, and fills up as it comes', async ({
  demo,
  herald,
}) => {
  const { page } = herald;
  const name = String.raw`Half\032done.${IPP}`;
  await demo.update('office.test', `update add ${IPP} 60 PTR ${name}`);
  const line = serviceLine(page, '_ipp._tcp', 'Half done');
  await expect(line).toContainText('no SRV record yet');
  await line.click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details).toContainText('Listed, but not reachable yet');
  await page.screenshot({ path: 'out/e2e-half.png' });

  await demo.update(
    'office.test',
    `update add ${name} 60 SRV 0 0 631 half.office.test`,
    `update add ${name} 60 TXT "note=Whole"`,
    'update add half.office.test 60 AAAA 2001:db8::5',
  );
  await expect(line).toContainText('2001:db8::5');
  await expect(line).toContainText('Whole');
  await expect(details).not.toContainText('not reachable');
});
