import { app } from 'electron';
import { announceAppScheme } from './app-scheme.ts';
import { startHerald } from './app.ts';
import { USAGE, parseSwitches } from './switches.ts';

const switches = parseSwitches(process.argv);

switch (switches.kind) {
  case 'help':
    process.stdout.write(USAGE);
    app.exit(0);
    break;
  case 'version':
    process.stdout.write(`${app.getVersion()}\n`);
    app.exit(0);
    break;
  case 'run':
    if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox(); // as root Chromium has none to enable
    announceAppScheme();
    if (app.requestSingleInstanceLock()) {
      void app.whenReady().then(() => startHerald(switches)); // a failure is an unhandled rejection: faults.ts
    } else {
      process.stderr.write('Herald is open already; its window was brought to the front.\n');
      app.exit(0);
    }
    break;
}
