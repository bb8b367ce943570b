import type { Locator, Page } from 'playwright';

/** A line of the list of services, as a person reads it. */
export interface ShownService {
  readonly type: string;
  readonly instance: string;
  readonly host: string;
  readonly port: string;
  readonly address: string;
  readonly domain: string;
}

/** Every line of a service that is there and is in the document, in its order; all of them in a window that shows all. */
export function shownServices(page: Page): Promise<readonly ShownService[]> {
  return page.evaluate(() => {
    const text = (line: Element, selector: string): string => line.querySelector(selector)?.textContent ?? '';
    return [...document.querySelectorAll('[data-service-id]:not([data-left])')].map((line) => ({
      type: line.closest('[role=rowgroup]')?.querySelector<HTMLElement>('[data-type]')?.dataset['type'] ?? '',
      instance: text(line, '.service-name'),
      host: text(line, '.cell-host'),
      port: text(line, '.cell-port'),
      address: text(line, '.cell-address'),
      domain: text(line, '.cell-domain'),
    }));
  });
}

/** The line of a service that is there, found by what it is called. */
export function serviceLine(page: Page, type: string, instance: string): Locator {
  return page
    .locator('[role=rowgroup]', { has: page.locator(`[data-type="${type}"]`) })
    .locator('[data-service-id]:not([data-left])')
    .filter({ has: page.getByText(instance, { exact: true }) });
}

/** The line of a service that left, found by what it was called. */
export function departedLine(page: Page, instance: string): Locator {
  return page
    .locator('[data-service-id][data-left]')
    .filter({ has: page.getByText(instance, { exact: true }) });
}

/** The entry of a domain in the sidebar. */
export function domainEntry(page: Page, domain: string): Locator {
  return page.locator(`[data-domain-id="${domain}"]`);
}

/** The value that the details show for a TXT key. */
export function txtValue(page: Page, key: string): Locator {
  return page
    .getByRole('table', { name: 'Keys and values' })
    .getByRole('row', { name: key })
    .getByRole('cell');
}
