/** `npm run chaos`: faults and changes on real sockets, after which the client shows the truth. */
import { chaos } from './chaos/command.ts';

process.exitCode = await chaos(process.argv.slice(2), {
  say: (text) => void process.stdout.write(text),
  complain: (text) => void process.stderr.write(text),
});
