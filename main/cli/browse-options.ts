import { parseArgs } from 'node:util';
import type { ResolverAddress } from '../net/resolver-address.ts';
import { parseResolver } from '../net/resolver-address.ts';
import { ROOT_ANCHOR_FILE } from '../net/anchor-files.ts';
import { isPin } from '../net/spki-pins.ts';
import { parseName } from '../../protocol/wire/name.ts';
import type { CommandLine } from './command-line.ts';
import { UsageError, positiveNumber, readCommandLine, wholeNumber } from './command-line.ts';
import { parseSince } from './since.ts';

/** How `npm run browse` is called. */
export const BROWSE_USAGE = `Usage: npm run browse -- [options] NAME…

Shows the services of domains, live, until Ctrl-C. NAME is a domain (example.org), or a service type in
one (_ipp._tcp.example.org).

  --json                 one JSON object a line
  --resolver HOST:PORT   ask this resolver instead of the system's; over TLS, and never in clear text, one that is
                         written tls://HOST[:PORT]#NAME or tls://HOST[:PORT]?pin=BASE64#NAME: NAME must be in
                         its certificate, of an authority of the system; a pin is the SHA-256 of its public key
  --anchors FILE         check the signatures of DNS by the keys in this file (DS or DNSKEY records), not the root's
  --no-dnssec            check no signatures, and so believe no server by its TLSA records
  --ca FILE              trust the certificates in this PEM file instead of the system's
  --strict               where DNS is not signed, believe a server only by a name of its domain
  --pin BASE64           believe only a server with this key (SHA-256 of it, as RFC 7858 has it), besides all else; may
                         be repeated
  --cert FILE            show this certificate to servers that ask for one: PEM, or PKCS #12 with its key
  --key FILE             the key of --cert, PEM, where it is in a file of its own; the environment variable
                         HERALD_PASSPHRASE opens either
  --demo                 start the demo network and look at it; NAME may be left out
  --explain              say of each domain how it is reached, step by step, or where and why not, and end
  --suggest              say which domains the network suggests, or those of NAME, with the records that do, and end
  --history              say what appeared, changed and left while the app watched, the last 30 days at most, and end
  --since WHEN           with --history: from then on, such as 12h, 7d, 2026-11-20 or 2026-11-20T09:00
  --data FOLDER          with --history: the app's data folder, if it was started with another
  --for SECONDS          end after so many seconds
  --count N              end after N services appeared, changed or left
  --keylog FILE          append the TLS secrets to FILE, for Wireshark
  --transcript FILE      write every message of every session to FILE
  --help                 this text

Status: 0 ended as asked, 1 nothing could be reached (with --explain: some domain not by push; with --suggest: no suggestion; with --history: none), 2 bad usage.
`;

/** What the command line asks for. */
export interface BrowseOptions {
  readonly isJson: boolean;
  readonly resolver: ResolverAddress | undefined;
  /** The file with the keys from which signatures are checked; undefined where they are not. */
  readonly anchorFile: string | undefined;
  readonly caFile: string | undefined;
  readonly isStrict: boolean;
  readonly pins: readonly string[];
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
  readonly isDemo: boolean;
  readonly isExplain: boolean;
  readonly isSuggest: boolean;
  readonly isHistory: boolean;
  /** The text of `--since`, which was read once to see that it can be. */
  readonly since: string | undefined;
  readonly dataFolder: string | undefined;
  readonly forMs: number;
  readonly count: number;
  readonly keylogFile: string | undefined;
  readonly transcriptFile: string | undefined;
  readonly names: readonly string[];
}

/** Reads the arguments behind `npm run browse --`. */
export function parseBrowseOptions(args: readonly string[]): CommandLine<BrowseOptions> {
  return readCommandLine(() => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        resolver: { type: 'string' },
        'no-dnssec': { type: 'boolean', default: false },
        anchors: { type: 'string' },
        ca: { type: 'string' },
        strict: { type: 'boolean', default: false },
        pin: { type: 'string', multiple: true, default: [] },
        cert: { type: 'string' },
        key: { type: 'string' },
        demo: { type: 'boolean', default: false },
        explain: { type: 'boolean', default: false },
        suggest: { type: 'boolean', default: false },
        history: { type: 'boolean', default: false },
        since: { type: 'string' },
        data: { type: 'string' },
        for: { type: 'string' },
        count: { type: 'string' },
        keylog: { type: 'string' },
        transcript: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return undefined;
    if (positionals.length === 0 && !values.demo && !values.suggest && !values.history)
      throw new UsageError('Say which domain to browse, or --demo, --suggest or --history.');
    if (!values.history && (values.since !== undefined || values.data !== undefined))
      throw new UsageError('--since and --data go with --history.');
    if (values.since !== undefined && parseSince(values.since, 0) === undefined)
      throw new UsageError(`--since takes a time such as 12h, 7d or 2026-11-20, not "${values.since}".`);
    if (values.demo && (values.resolver !== undefined || values.ca !== undefined)) {
      throw new UsageError(
        '--demo has a resolver and certificates of its own: leave out --resolver and --ca.',
      );
    }
    if (values['no-dnssec'] && values.anchors !== undefined)
      throw new UsageError('--anchors and --no-dnssec rule each other out: leave out one of them.');
    if (values.key !== undefined && values.cert === undefined)
      throw new UsageError('--key is the key of a certificate: say which, with --cert.');
    for (const name of positionals) checkName(name);
    return {
      isJson: values.json,
      resolver: values.resolver === undefined ? undefined : resolverOf(values.resolver),
      anchorFile: values['no-dnssec'] ? undefined : (values.anchors ?? ROOT_ANCHOR_FILE),
      caFile: values.ca,
      isStrict: values.strict,
      pins: values.pin.map(pinOf),
      certFile: values.cert,
      keyFile: values.key,
      isDemo: values.demo,
      isExplain: values.explain,
      isSuggest: values.suggest,
      isHistory: values.history,
      since: values.since,
      dataFolder: values.data,
      forMs: values.for === undefined ? Infinity : 1000 * positiveNumber('--for', values.for),
      count: values.count === undefined ? Infinity : wholeNumber('--count', values.count, 1),
      keylogFile: values.keylog,
      transcriptFile: values.transcript,
      names: positionals,
    };
  });
}

function pinOf(text: string): string {
  if (isPin(text)) return text;
  throw new UsageError(`--pin takes the SHA-256 of a public key in base64, 44 characters, not "${text}".`);
}

function checkName(text: string): void {
  const parsed = parseName(text);
  if (!parsed.ok) throw new UsageError(parsed.message);
  if (parsed.name.isRoot) throw new UsageError('The root of DNS cannot be browsed: say a domain.');
}

function resolverOf(text: string): ResolverAddress {
  const parsed = parseResolver(text);
  if (parsed.ok) return parsed.address;
  throw new UsageError(`--resolver: ${parsed.message}`);
}
