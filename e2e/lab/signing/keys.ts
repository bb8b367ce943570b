import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../../../main/demo/testing/programs.ts';
import type { Programs } from '../servers/programs.ts';
import type { BindSigning } from '../zones/lab-zone.ts';

/** A key of a zone, in files that BIND's programs read. */
export interface ZoneKey {
  /** Its DNSKEY record as a line. */
  readonly record: string;
  /** The file of that record; beside it lies the private key. */
  readonly file: string;
  /** Whether the parent is to have its DS. */
  readonly isEntryPoint: boolean;
}

/** Makes the keys of a zone in `folder`. */
export async function makeKeys(
  programs: Programs,
  folder: string,
  origin: string,
  { algorithms, keys }: Pick<BindSigning, 'algorithms' | 'keys'>,
): Promise<readonly ZoneKey[]> {
  const made: ZoneKey[] = [];
  for (const algorithm of algorithms) {
    for (const isEntryPoint of keys === 'one' ? [true] : [true, false]) {
      const size = algorithm.startsWith('RSA') ? ['-b', '2048'] : [];
      const role = isEntryPoint ? ['-f', 'KSK'] : [];
      const wanted = ['-q', '-K', folder, '-a', algorithm, ...size, ...role, `${origin}.`];
      const { stdout, stderr } = await run(programs['dnssec-keygen'], wanted);
      const file = path.join(folder, `${stdout.trim()}.key`);
      const lines = await readFile(file, 'utf8').catch(() => stderr);
      const record = lines.split('\n').find((line) => line.includes(' DNSKEY '));
      if (record === undefined) throw new Error(`dnssec-keygen made no key of ${origin}: ${lines}`);
      made.push({ record, file, isEntryPoint });
    }
  }
  return made;
}

/** The DS records of the keys that the parent is to know, without owner. */
export async function dsRecords(
  programs: Programs,
  keys: readonly ZoneKey[],
  digest: 'SHA-256' | 'SHA-384',
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { file, isEntryPoint } of keys) {
    if (!isEntryPoint) continue;
    const { stdout, stderr } = await run(programs['dnssec-dsfromkey'], ['-a', digest, file]);
    const [, ds] = / IN (DS .*)\n/.exec(stdout) ?? [];
    if (ds === undefined) throw new Error(`dnssec-dsfromkey shows no DS of ${file}: ${stdout}${stderr}`);
    lines.push(ds);
  }
  return lines;
}
