import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PUSH_IDENTITY } from '../testing/identity.ts';
import { deadPort } from '../testing/rogue-server.ts';
import type { Command } from '../testing/command.ts';

/** Starts a program, which ends with the test. */
export type Start = (file: string, args: readonly string[]) => Command;

/** The certificate of the demo network's push server as two files. */
async function identityFiles(folder: string): Promise<{ readonly key: string; readonly cert: string }> {
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  await writeFile(key, PUSH_IDENTITY.key);
  await writeFile(cert, PUSH_IDENTITY.cert);
  return { key, cert };
}

/** BIND's named with DNS over TLS; gives its port once it listens. */
export async function startNamed(start: Start, scratch: string): Promise<number> {
  const folder = path.join(scratch, 'named');
  await mkdir(folder);
  const { key, cert } = await identityFiles(folder);
  const port = await deadPort();
  const file = path.join(folder, 'named.conf');
  await writeFile(
    file,
    `tls front { key-file "${key}"; cert-file "${cert}"; };
controls { };
options {
  directory "${folder}"; managed-keys-directory "${folder}"; session-keyfile none; pid-file none; lock-file none;
  listen-on port ${port} tls front { 127.0.0.1; }; listen-on-v6 { none; };
  recursion no; dnssec-validation no; notify no;
};
`,
  );
  await start('named', ['-g', '-c', file]).complaint(/ running$/m);
  return port;
}

/**
 * NLnet Labs' unbound with DNS over TLS; gives its port once it listens. It resolves nothing but `zones`, which it asks of
 * the server of a port of loopback.
 */
export async function startUnbound(
  start: Start,
  scratch: string,
  zones: Readonly<Record<string, number>> = {},
): Promise<number> {
  const stubs = Object.entries(zones).map(
    ([zone, at]) => `stub-zone:\n  name: "${zone}"\n  stub-addr: 127.0.0.1@${at}\n`,
  );
  const folder = path.join(scratch, 'unbound');
  await mkdir(folder);
  const { key, cert } = await identityFiles(folder);
  const port = await deadPort();
  const file = path.join(folder, 'unbound.conf');
  await writeFile(
    file,
    `server:
  directory: "${folder}"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  logfile: ""
  verbosity: 1
  interface: 127.0.0.1@${port}
  tls-port: ${port}
  tls-service-key: "${key}"
  tls-service-pem: "${cert}"
  module-config: "iterator"
  num-threads: 1
  do-not-query-localhost: no
  local-zone: "test." nodefault
remote-control:
  control-enable: no
${stubs.join('')}`,
  );
  await start('unbound', ['-d', '-c', file]).complaint(/start of service/);
  return port;
}

/** CZ.NIC's knotd by plain TCP; gives its port once it listens. */
export async function startKnot(start: Start, scratch: string): Promise<number> {
  const folder = path.join(scratch, 'knot');
  await mkdir(folder);
  const port = await deadPort();
  const file = path.join(folder, 'knot.conf');
  await writeFile(
    file,
    `server:
  rundir: "${folder}"
  listen: 127.0.0.1@${port}
database:
  storage: "${folder}"
log:
  - target: stderr
    any: info
`,
  );
  await start('knotd', ['-c', file]).complaint(/server started/);
  return port;
}
