/** Parts of the system that a test machine lacks or that nobody waits for, replaced in the real main process. */
import type { Herald } from './herald.ts';

/** Takes down what Herald notifies of instead of showing it: nobody on the test machine shows any. */
export async function listenToNotices({ app }: Herald): Promise<void> {
  await app.evaluate(({ Notification }) => {
    const told: { title: string; click: () => void }[] = [];
    Object.assign(globalThis, { told });
    Notification.isSupported = () => true;
    const shown = Notification.prototype as unknown as { show: (this: Electron.Notification) => void };
    shown.show = function show() {
      told.push({ title: this.title, click: () => this.emit('click') });
    };
  });
}

/** The titles of what Herald has notified of since then. */
export function noticesOf({ app }: Herald): Promise<readonly string[]> {
  return app.evaluate(() =>
    (globalThis as unknown as { told: { title: string }[] }).told.map((one) => one.title),
  );
}

/** Clicks on the first of them. */
export function clickNotice({ app }: Herald): Promise<void> {
  return app.evaluate(() => (globalThis as unknown as { told: { click: () => void }[] }).told[0]?.click());
}

/** Has the system say that there has been no input for so long: nobody waits ten minutes for a test. */
export function pretendIdle({ app }: Herald, seconds: number): Promise<void> {
  return app.evaluate(({ powerMonitor }, told) => {
    powerMonitor.getSystemIdleTime = () => told;
  }, seconds);
}
