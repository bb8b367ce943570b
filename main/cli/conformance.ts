/** `npm run conformance`: examines a DNS Push server from outside, row by row. */
import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { systemClock } from '../net/clock.ts';
import { spokenEndpoint } from '../net/endpoint.ts';
import { SecureContexts } from '../net/secure-contexts.ts';
import { connectTls } from '../net/tls-transport.ts';
import type { ConformanceOptions } from './conformance-options.ts';
import { CONFORMANCE_USAGE, parseConformanceOptions } from './conformance-options.ts';
import { reportJson, reportText, statusOf } from './conformance-report.ts';
import { examine } from './conformance-run.ts';

const UNUSABLE = 2;

process.stdout.on('error', () => process.exit()); // whoever reads the lines has gone

const parsed = parseConformanceOptions(process.argv.slice(2));
switch (parsed.kind) {
  case 'help':
    process.stdout.write(CONFORMANCE_USAGE);
    break;
  case 'wrong':
    process.stderr.write(`${parsed.message}\n\n${CONFORMANCE_USAGE}`);
    process.exitCode = UNUSABLE;
    break;
  case 'options':
    process.exitCode = await conformance(parsed.options);
}

/** Examines the server and prints the report; the exit status. */
async function conformance({
  host,
  port,
  serverName,
  zone,
  ...options
}: ConformanceOptions): Promise<number> {
  let ca: string | undefined;
  let addresses: readonly string[];
  try {
    ca = options.caFile === undefined ? undefined : await readFile(options.caFile, 'utf8');
    addresses = (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (error) {
    // Both say the file or the host, and why.
    process.stderr.write(
      `Nothing was examined: ${(error as Error).message}. Check --ca and the host's name.\n`,
    );
    return UNUSABLE;
  }
  const contexts = new SecureContexts();
  const subject = { target: { serverName, port, addresses, ca }, zone, isHostile: options.isHostile };
  const examination = await examine(subject, {
    clock: systemClock,
    connect: (target, events) => connectTls({ ...target, clock: systemClock, contexts }, events),
  });
  const examined = { place: spokenEndpoint({ host, port }), zone: zone.replace(/\.$/, '') };
  const report = options.isJson ? reportJson : reportText;
  process.stdout.write(report(examined, examination));
  return statusOf(examination);
}
