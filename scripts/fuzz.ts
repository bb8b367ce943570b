/** `npm run fuzz`: broken input for everything that reads what strangers write. */
import { fuzz } from './fuzz/command.ts';
import { TARGETS } from './fuzz/targets.ts';

process.exitCode = await fuzz(process.argv.slice(2), TARGETS, {
  say: (text) => void process.stdout.write(text),
  complain: (text) => void process.stderr.write(text),
});
