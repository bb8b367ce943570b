import { expect } from 'playwright/test';
import { domainEntry, serviceLine, txtValue } from '../testing/service-list.ts';
import { test } from '../testing/test.ts';

const IPP = '_ipp._tcp.office.test';

test('every page comes under a strict content security policy', async ({ herald }) => {
  const policies = await herald.app.evaluate(async ({ net }) => {
    const pages = ['app://herald/index.html', 'app://herald/settings.html'];
    const answers = await Promise.all(pages.map((address) => net.fetch(address)));
    return answers.map((answer) => answer.headers.get('content-security-policy') ?? 'none');
  });
  const directives = policies.map((policy) => policy.split('; '));

  for (const policy of directives) {
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ]),
    );
    expect(policy.join()).not.toMatch(/unsafe-|\*|https?:/);
  }
});

test('the policy holds: what somebody slips into the page does not run, load or call home', async ({
  herald,
}) => {
  const { page } = herald;
  const outcome = await page.evaluate(async () => {
    // What a debugger evaluates may do more than a page: from the next frame on it is the page's own doing.
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const thrown: string[] = [];
    const refusals = ['img-src', 'connect-src'].map(
      (directive) =>
        new Promise<void>((resolve) => {
          document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
            if (effectiveDirective === directive) resolve();
          });
        }),
    );
    const attempt = (what: () => unknown): void => {
      try {
        what();
      } catch (error) {
        thrown.push((error as Error).name);
      }
    };
    attempt(() => document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.ran=1">'));
    attempt(() => Reflect.construct(Function, ['window.ran = 1']));
    attempt(() =>
      document.head.append(
        Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }),
      ),
    );
    new Image().src = 'https://example.org/pixel.png';
    const answer = await fetch('https://example.org/').then(
      () => 'answered',
      () => 'refused',
    );
    await Promise.all(refusals);
    return { thrown, answer, ran: 'ran' in window };
  });

  expect(outcome).toEqual({
    thrown: ['TypeError', 'EvalError', 'TypeError'], // trusted types, no eval, trusted types
    answer: 'refused',
    ran: false,
  });
});

test('SEC-14: names and values from the network are text, whatever they look like', async ({
  demo,
  herald,
}) => {
  const { page, complaints } = herald;
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss(); // told of below
  });
  const instance = '<img src=x onerror=window.ran=1>';
  const name = String.raw`<img\032src=x\032onerror=window\.ran=1>.${IPP}`;
  const turned = String.raw`Invoice\226\128\174gpj\.exe\010second\032line.${IPP}`;
  await demo.update(
    'office.test',
    'check-names off',
    `update add ${IPP} 60 PTR ${name}`,
    `update add ${name} 60 SRV 0 0 631 <b>bold</b>.office.test`,
    String.raw`update add ${name} 60 TXT "note=<script>window.ran=1</script>" "adminurl=javascript:window.ran=1" "<u>key</u>=<i>" "x=&lt;"`,
    `update add ${IPP} 60 PTR ${turned}`,
  );
  const line = serviceLine(page, '_ipp._tcp', instance);
  await expect(line).toContainText('<script>window.ran=1</script>');
  await expect(line).toContainText('<b>bold</b>.office.test');
  await expect(serviceLine(page, '_ipp._tcp', 'Invoice⟨U+202E⟩gpj.exe␊second line')).toBeVisible();

  await line.click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details.getByRole('heading', { level: 2 })).toHaveText(instance);
  await expect(txtValue(page, 'adminurl')).toHaveText('javascript:window.ran=1');
  await expect(txtValue(page, '<u>key</u>')).toHaveText('<i>');
  await expect(txtValue(page, 'x')).toHaveText('&lt;');
  await page.screenshot({ path: 'out/e2e-hostile.png' });

  expect(await page.locator('#root :is(img, script, iframe, b, u, i, a)').count()).toBe(0);
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  expect(dialogs).toEqual([]);
  expect(complaints).toEqual([]);
});

test('a walk through the whole window breaks the policy nowhere', async ({ herald }) => {
  const { app, page, complaints } = herald;
  const violated: string[] = [];
  await app.context().exposeFunction('tellViolation', (directive: string) => violated.push(directive));
  await app.context().addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      void (globalThis as unknown as { tellViolation: (text: string) => Promise<void> }).tellViolation(
        `${effectiveDirective} ${blockedURI}`,
      );
    }),
  );
  await page.reload();
  await serviceLine(page, '_ipp._tcp', 'Meeting Room 3').click();
  await page.getByRole('button', { name: 'Close details' }).click();
  await page.getByRole('searchbox').fill('brother');
  await page.getByRole('searchbox').fill('');
  await domainEntry(page, 'lab.test')
    .getByRole('button', { name: /^lab\.test/ })
    .click();
  await page.getByRole('button', { name: 'Add a domain' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  const settings = await herald.openSettings();
  await settings.getByRole('radio', { name: 'Dark' }).check();
  await expect.poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  await page.screenshot({ path: 'out/e2e-dark.png' });
  await settings.screenshot({ path: 'out/e2e-settings-dark.png' });

  expect(violated).toEqual([]);
  expect(complaints).toEqual([]);
});
