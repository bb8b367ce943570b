import { parseArgs } from 'node:util';
import { isIP } from 'node:net';
import { parseName } from '../../protocol/wire/name.ts';
import type { CommandLine } from './command-line.ts';
import { UsageError, readCommandLine } from './command-line.ts';

/** How `npm run conformance` is called. */
export const CONFORMANCE_USAGE = `Usage: npm run --silent conformance -- HOST:PORT --zone NAME [options]

Examines a DNS Push server over TLS, from outside: what RFC 8490 and RFC 8765 ask of a server, a row each, and
where it departs the messages that show it.

  --zone NAME          a zone of the server; nothing is changed in it
  --ca FILE            trust the certificates in this PEM file instead of the system's
  --server-name NAME   the name in the server's certificate, where HOST is an address or another name
  --hostile            break rules too, to see the server abort: not for a server that others depend on
  --json               one JSON object instead of text
  --help               this text

Status: 0 nothing departs, 1 something does, 2 bad usage or no connection.
`;

/** What the command line asks for. */
export interface ConformanceOptions {
  readonly host: string;
  readonly port: number;
  readonly serverName: string;
  /** With its final dot. */
  readonly zone: string;
  readonly caFile: string | undefined;
  readonly isHostile: boolean;
  readonly isJson: boolean;
}

/** Reads the arguments behind `npm run conformance --`. */
export function parseConformanceOptions(args: readonly string[]): CommandLine<ConformanceOptions> {
  return readCommandLine(() => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        zone: { type: 'string' },
        ca: { type: 'string' },
        'server-name': { type: 'string' },
        hostile: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return undefined;
    const [place = '', ...more] = positionals;
    const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(place) ?? [];
    const host = bracketed ?? plain;
    const port = Number(digits);
    if (host === undefined || more.length > 0 || port < 1 || port > 65_535) {
      throw new UsageError('Say one server as HOST:PORT, such as push.example.org:853 or [::1]:853.');
    }
    if (values.zone === undefined) throw new UsageError('Say a zone of the server: --zone example.org.');
    const zone = parseName(values.zone);
    if (!zone.ok) throw new UsageError(zone.message);
    const serverName = values['server-name'] ?? host;
    if (isIP(serverName) !== 0) {
      throw new UsageError(
        `${serverName} is an address, and certificates are made out to names: say --server-name too.`,
      );
    }
    return {
      host,
      port,
      serverName,
      zone: zone.name.toString(),
      caFile: values.ca,
      isHostile: values.hostile,
      isJson: values.json,
    };
  });
}
