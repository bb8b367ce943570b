import { parseArgs } from 'node:util';
import type { Misbehaviour } from '../demo/misbehaviour.ts';
import { findMisbehaviour, misbehaviourList } from '../demo/misbehaviour-list.ts';

/** What `npm run demo-server` was asked for. A port of 0 is a free one. */
export interface DemoServerOptions {
  readonly dnsPort: number;
  readonly pushPort: number;
  /** Undefined for the built-in zones. */
  readonly zoneFiles: readonly string[] | undefined;
  readonly quiet: boolean;
  readonly json: boolean;
  /** A service whose record a client doubts is gone. */
  readonly heedsReconfirm: boolean;
  /** A rule that the push server breaks in every session. */
  readonly misbehaviour: Misbehaviour | undefined;
  readonly help: boolean;
  /** Prints which misbehaviours there are, and nothing else. */
  readonly listsMisbehaviours: boolean;
}

/** What `readDemoServerOptions` made of a command line. */
export type DemoServerArguments =
  | { readonly ok: true; readonly options: DemoServerOptions }
  | { readonly ok: false; readonly code: 'bad-usage'; readonly message: string };

/** How the command is used, for `--help` and beside every complaint. */
export const DEMO_SERVER_USAGE = `Usage: npm run demo-server -- [--dns-port N] [--push-port N] [--zone FILE] [--quiet] [--json]
                                  [--heed-reconfirm] [--misbehave NAME]

  --dns-port N   DNS and updates on this port of 127.0.0.1, UDP and TCP (a free one if left out)
  --push-port N  DNS Push over TLS on this port of 127.0.0.1 (a free one if left out)
  --zone FILE    serve this master file instead of office.test and lab.test; may be given several times
  --quiet        no device comes, goes or changes by itself
  --json         print one JSON object with ports, files and zones once it answers, and nothing else
  --heed-reconfirm
                 a service whose SRV record a client doubts (RECONFIRM) is gone a second later, as if a Discovery Proxy
                 had looked for it in vain; without it RECONFIRM means nothing
  --misbehave NAME
                 break one rule of the protocol in every push session, to see what a client does; NAME is what
                 --misbehave help lists
`;

/** Reads the command line behind the script's name. */
export function readDemoServerOptions(args: readonly string[]): DemoServerArguments {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        'dns-port': { type: 'string' },
        'push-port': { type: 'string' },
        zone: { type: 'string', multiple: true },
        quiet: { type: 'boolean' },
        json: { type: 'boolean' },
        'heed-reconfirm': { type: 'boolean' },
        misbehave: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
      strict: true,
      allowPositionals: false,
    }));
  } catch (error) {
    return badUsage(error instanceof Error ? error.message : String(error));
  }
  const ports = { dnsPort: portOf(values['dns-port']), pushPort: portOf(values['push-port']) };
  const { dnsPort, pushPort } = ports;
  if (dnsPort === undefined) return badPort('--dns-port', values['dns-port']);
  if (pushPort === undefined) return badPort('--push-port', values['push-port']);
  if (dnsPort !== 0 && dnsPort === pushPort) return badUsage('--dns-port and --push-port must differ.');
  const { zone: zoneFiles, quiet = false, json = false, misbehave, help = false } = values;
  if (zoneFiles?.includes('')) return badUsage('--zone needs the name of a file.');
  const listsMisbehaviours = misbehave === 'help';
  const misbehaviour = misbehave === undefined ? undefined : findMisbehaviour(misbehave);
  if (misbehave !== undefined && misbehaviour === undefined && !listsMisbehaviours) {
    return badUsage(`there is no misbehaviour "${misbehave}". These are:\n\n${misbehaviourList()}`);
  }
  const heedsReconfirm = values['heed-reconfirm'] === true;
  const options = {
    heedsReconfirm,
    dnsPort,
    pushPort,
    zoneFiles,
    quiet,
    json,
    misbehaviour,
    help,
    listsMisbehaviours,
  };
  return { ok: true, options };
}

/** 0 when none is given; undefined when the text is no port. */
function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return 0;
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

function badPort(option: string, text: string | undefined): DemoServerArguments {
  return badUsage(`${option} must be a port from 0 to 65535, not "${text ?? ''}".`);
}

function badUsage(problem: string): DemoServerArguments {
  return { ok: false, code: 'bad-usage', message: `demo-server: ${problem}\n\n${DEMO_SERVER_USAGE}` };
}
