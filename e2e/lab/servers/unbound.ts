import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from '../../testing/command.ts';
import type { TlsFiles } from './tls-files.ts';

/** What unbound is told. */
export interface UnboundOptions {
  readonly program: string;
  /** A folder of its own, which is made. */
  readonly folder: string;
  /** UDP and TCP. */
  readonly port: number;
  readonly tls?: TlsFiles & { readonly port: number };
  /** The one trust anchor, DNSKEY records of the root; without it nothing is validated. */
  readonly anchorFile?: string;
  /** The port of the name server of each zone; the root is the empty name. */
  readonly authorities: ReadonlyMap<string, number>;
}

/** Starts unbound; resolves once it listens. */
export async function startUnbound(options: UnboundOptions): Promise<Command> {
  const { program, folder } = options;
  await mkdir(folder);
  const configuration = path.join(folder, 'unbound.conf');
  await writeFile(configuration, configurationText(options));
  const command = Command.start(program, ['-d', '-c', configuration]);
  await command.complaint(/start of service/);
  return command;
}

/** Name servers are on ports of their own, which no delegation can say: so each zone has a stub. */
function configurationText({ folder, port, tls, anchorFile, authorities }: UnboundOptions): string {
  const overTls =
    tls === undefined
      ? ''
      : `  interface: 127.0.0.1@${tls.port}
  tls-port: ${tls.port}
  tls-service-key: "${tls.keyFile}"
  tls-service-pem: "${tls.certFile}"
`;
  const validation =
    anchorFile === undefined
      ? '  module-config: "iterator"\n'
      : `  module-config: "validator iterator"
  trust-anchor-file: "${anchorFile}"
`;
  const stubs = [...authorities].map(
    ([origin, at]) => `stub-zone:
  name: "${origin}."
  stub-addr: 127.0.0.1@${at}
`,
  );
  return `server:
  directory: "${folder}"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  logfile: ""
  verbosity: 1
  num-threads: 1
  interface: 127.0.0.1@${port}
${overTls}  do-not-query-localhost: no
  do-ip6: no
${validation}  trust-anchor-signaling: no
  root-key-sentinel: no
  qname-minimisation: no
remote-control:
  control-enable: no
${stubs.join('')}`;
}
