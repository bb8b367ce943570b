import { dialog } from 'electron';
import type { App } from 'electron';
import type { LogFile } from '../storage/log-file.ts';

/**
 * Writes every fault of our own to the log and tells the user; without a user to tell (`isHeadless`) it goes to stderr
 * and ends the process with status 1.
 */
export function reportFaults(app: App, process: NodeJS.Process, log: LogFile, isHeadless: boolean): void {
  let isTelling = false;
  const report = (fault: unknown): void => {
    const text = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
    log.write(`fault: ${text}`);
    process.stderr.write(`Herald met a fault of its own: ${text}\n`);
    if (isHeadless || !app.isReady()) {
      app.exit(1);
      return;
    }
    if (isTelling) return;
    isTelling = true;
    const message = {
      type: 'error' as const,
      title: 'Herald',
      message: 'Herald met a fault of its own',
      detail: `It may no longer be reliable. What happened is in ${log.file}. Nothing was sent to anybody.`,
      buttons: ['Quit', 'Go on'],
      defaultId: 0,
      cancelId: 1,
    };
    void dialog.showMessageBox(message).then(({ response }) => {
      isTelling = false;
      if (response === 0) app.quit();
    }); // a box that cannot be shown leaves the log and stderr
  };
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
}
