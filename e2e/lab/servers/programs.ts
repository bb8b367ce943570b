import { access, constants, copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';

/** The programs that the lab runs, with the Debian package that each comes in. */
const PACKAGES = {
  named: 'bind9',
  'dnssec-keygen': 'bind9-utils',
  'dnssec-signzone': 'bind9-utils',
  'dnssec-dsfromkey': 'bind9-utils',
  delv: 'bind9-dnsutils',
  dig: 'bind9-dnsutils',
  unbound: 'unbound',
  'unbound-host': 'unbound-host',
  knotd: 'knot',
  keymgr: 'knot',
} as const;

export type ProgramName = keyof typeof PACKAGES;

/** Where each program is. */
export type Programs = Readonly<Record<ProgramName, string>>;

/** Where programs are; servers are not in everybody's path. */
const FOLDERS = [
  ...(process.env['PATH'] ?? '').split(path.delimiter),
  '/usr/sbin',
  '/usr/local/sbin',
  '/sbin',
];
/** Profiles of AppArmor hold these to the folders of the system's own service; a copy is not the program they mean. */
const CONFINED: readonly ProgramName[] = ['named', 'unbound', 'knotd'];

/** Programs that the lab needs are missing; the message says which, and how to get them. */
export class MissingPrograms extends Error {}

/**
 * Finds every program, and copies those that may be confined into `folder`. If any is missing, it rejects with `MissingPrograms`.
 */
export async function findPrograms(folder: string, folders: readonly string[] = FOLDERS): Promise<Programs> {
  const names = Object.keys(PACKAGES) as readonly ProgramName[];
  const found = await Promise.all(names.map(async (name) => [name, await find(name, folders)] as const));
  const missing = found.filter(([, file]) => file === undefined).map(([name]) => name);
  if (missing.length > 0) throw new MissingPrograms(complaint(missing));
  const programs = Object.fromEntries(found) as Record<ProgramName, string>;
  await mkdir(folder);
  for (const name of CONFINED) {
    const copy = path.join(folder, name);
    await copyFile(programs[name], copy);
    programs[name] = copy;
  }
  return programs;
}

/** What is missing and the one command that brings it. */
function complaint(missing: readonly ProgramName[]): string {
  const packages = [...new Set(missing.map((name) => PACKAGES[name]))];
  const install = `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  return `The DNS lab cannot start: ${missing.join(', ')} not found. On Debian, this installs what is missing:
  sudo apt-get update && ${install}`;
}

async function find(name: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const file = path.join(folder, name);
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return undefined;
}
