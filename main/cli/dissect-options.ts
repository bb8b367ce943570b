import { parseArgs } from 'node:util';
import type { Role } from '../../protocol/dso/tlv.ts';
import type { CommandLine } from './command-line.ts';
import { UsageError, readCommandLine } from './command-line.ts';
import type { InputForm } from './dissect-input.ts';

/** How `npm run dissect` is called. */
export const DISSECT_USAGE = `Usage: npm run --silent dissect -- [options] FILE|-

Prints the messages in FILE, or on standard input, as lines of a transcript, and behind each that is wrong
the section it breaks and the octet at which. The messages are framed: each has its length in two octets in
front. FILE holds them as they are, or as hexadecimal digits with white space and # comments.

  --json                 one JSON object a message
  --from client|server   they all come from this end; without it, a message may come from either
  --as hex|binary        read FILE so, instead of telling which it is
  --help                 this text

Status: 0 all is right, 1 something is wrong, 2 bad usage.
`;

/** What the command line asks for. */
export interface DissectOptions {
  readonly isJson: boolean;
  /** Who sent all of it; undefined when that is not known. */
  readonly from: Role | undefined;
  /** How the octets are written down; undefined when that is to be found out. */
  readonly form: InputForm | undefined;
  /** `-` is standard input. */
  readonly file: string;
}

/** Reads the arguments behind `npm run dissect --`. */
export function parseDissectOptions(args: readonly string[]): CommandLine<DissectOptions> {
  return readCommandLine(() => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        from: { type: 'string' },
        as: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return undefined;
    const { from, as: form } = values;
    if (from !== undefined && from !== 'client' && from !== 'server')
      throw new UsageError(`--from takes client or server, not "${from}".`);
    if (form !== undefined && form !== 'hex' && form !== 'binary')
      throw new UsageError(`--as takes hex or binary, not "${form}".`);
    const [file, ...more] = positionals;
    if (file === undefined) throw new UsageError('Say which file to read, or - for standard input.');
    if (more.length > 0) throw new UsageError('One file at a time: there are more than one.');
    return { isJson: values.json, from, form, file };
  });
}
