/** `npm run soak`: left open for long, the core keeps no more than it needs. */
import { soak } from './soak/command.ts';

process.exitCode = await soak(process.argv.slice(2), {
  say: (text) => void process.stdout.write(text),
  complain: (text) => void process.stderr.write(text),
});
