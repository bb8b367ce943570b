import { parseArgs } from 'node:util';
import type { Role } from '../../protocol/dso/tlv.ts';
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

/** The options, a wish for help, or what is wrong with the command line. */
export type ParsedDissectOptions =
  | { readonly kind: 'options'; readonly options: DissectOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

/** Reads the arguments behind `npm run dissect --`. */
export function parseDissectOptions(args: readonly string[]): ParsedDissectOptions {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        from: { type: 'string' },
        as: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { kind: 'wrong', message: error.message };
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: 'help' };
  const { from, as: form } = values;
  if (from !== undefined && from !== 'client' && from !== 'server')
    return { kind: 'wrong', message: `--from takes client or server, not "${from}".` };
  if (form !== undefined && form !== 'hex' && form !== 'binary')
    return { kind: 'wrong', message: `--as takes hex or binary, not "${form}".` };
  const [file, ...more] = positionals;
  if (file === undefined)
    return { kind: 'wrong', message: 'Say which file to read, or - for standard input.' };
  if (more.length > 0) return { kind: 'wrong', message: 'One file at a time: there are more than one.' };
  return { kind: 'options', options: { isJson: values.json, from, form, file } };
}
