import type { Page } from 'playwright';

/** When something came up in the page, by the page's `performance.now()`. */
export interface PaintedAt {
  /** It was put into the document. */
  readonly insertedMs: number;
  /** The frame that shows it was presented, by the browser's own account (Element Timing). */
  readonly paintedMs: number;
}

/** What the page is made to keep for us. */
interface Watch {
  readonly inserted: Map<string, number>;
  readonly painted: Map<string, PaintedAt>;
  readonly waiting: Map<string, (at: PaintedAt) => void>;
}

/** An entry of Element Timing, which the library of TypeScript does not know. */
interface ElementEntry extends PerformanceEntry {
  readonly identifier: string;
  readonly renderTime: number;
}

declare global {
  var heraldBench: Watch;
}

/**
 * Sees in a page when rows are painted whose ids begin with a prefix. What runs in the page has no functions with names:
 * those would be marked by a helper that the page does not have.
 */
export class PaintedRows {
  readonly #page: Page;
  #elements = 0;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Begins to look, from inside the page, so that no time is lost between seeing and stamping. */
  static async watch(page: Page, idPrefix: string): Promise<PaintedRows> {
    await page.evaluate((prefix) => {
      const watch: Watch = { inserted: new Map(), painted: new Map(), waiting: new Map() };
      globalThis.heraldBench = watch;
      new PerformanceObserver((list) => {
        for (const { identifier, renderTime } of list.getEntries() as ElementEntry[]) {
          const insertedMs = watch.inserted.get(identifier);
          if (insertedMs === undefined || watch.painted.has(identifier)) continue;
          const at = { insertedMs, paintedMs: renderTime };
          watch.painted.set(identifier, at);
          watch.waiting.get(identifier)?.(at);
        }
      }).observe({ type: 'element', buffered: true });
      new MutationObserver(() => {
        for (const row of document.querySelectorAll<HTMLElement>(`[data-service-id^="${prefix}"]`)) {
          const id = row.dataset['serviceId'] ?? '';
          if (watch.inserted.has(id)) continue;
          watch.inserted.set(id, performance.now());
          row.querySelector('.service-name')?.setAttribute('elementtiming', id);
        }
      }).observe(document.body, {
        subtree: true,
        childList: true,
        attributeFilter: ['data-service-id'],
      });
    }, idPrefix);
    return new PaintedRows(page);
  }

  /** Resolves when the row with this id was painted. */
  painted(id: string): Promise<PaintedAt> {
    return this.#page.evaluate((rowId) => {
      const { painted, waiting } = globalThis.heraldBench;
      return (
        painted.get(rowId) ?? new Promise<PaintedAt>((resolve) => waiting.set(rowId, (at) => resolve(at)))
      );
    }, id);
  }

  /** The same for a word that the page itself puts in when a timer fires: what painting anything costs. */
  paintedElement(): Promise<PaintedAt> {
    this.#elements += 1;
    return this.#page.evaluate((id) => {
      const { inserted, waiting } = globalThis.heraldBench;
      return new Promise<PaintedAt>((resolve) => {
        setTimeout(() => {
          const element = document.createElement('b');
          element.setAttribute('elementtiming', id);
          element.textContent = id;
          element.style.position = 'fixed';
          element.style.inset = '0 auto auto 0';
          waiting.set(id, (at) => {
            element.remove();
            resolve(at);
          });
          inserted.set(id, performance.now());
          document.body.append(element);
        }, 0);
      });
    }, `element ${this.#elements}`);
  }
}
