import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from '../../testing/command.ts';
import type { TlsFiles } from './tls-files.ts';

/** What BIND's named is to serve, and where. */
export interface NamedOptions {
  readonly program: string;
  /** A folder of its own, which is made. */
  readonly folder: string;
  /** UDP and TCP. */
  readonly port: number;
  readonly tls: TlsFiles & { readonly port: number };
  /** The master file of each zone; the root is the empty name. */
  readonly zoneFiles: ReadonlyMap<string, string>;
}

/** Starts named, authoritative and nothing else; resolves once it serves all its zones. */
export async function startNamed(options: NamedOptions): Promise<Command> {
  const { program, folder, port, tls, zoneFiles } = options;
  await mkdir(folder);
  const zones = [...zoneFiles].map(
    ([origin, file]) => `zone "${origin === '' ? '.' : origin}" { type primary; file "${file}"; };`,
  );
  const configuration = path.join(folder, 'named.conf');
  await writeFile(
    configuration,
    `tls front { key-file "${tls.keyFile}"; cert-file "${tls.certFile}"; };
controls { };
options {
  directory "${folder}"; managed-keys-directory "${folder}"; session-keyfile none; pid-file none; lock-file none;
  listen-on port ${port} { 127.0.0.1; }; listen-on port ${tls.port} tls front { 127.0.0.1; };
  listen-on-v6 { none; };
  recursion no; dnssec-validation no; notify no; minimal-responses yes; allow-transfer { none; };
};
${zones.join('\n')}
`,
  );
  const command = Command.start(program, ['-g', '-n', '1', '-c', configuration]);
  await command.complaint(/ running$/m);
  return command;
}
