import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../../../main/demo/testing/programs.ts';
import type { Programs } from '../servers/programs.ts';
import type { BindSigning, Denial, Flaw, ZoneLine } from '../zones/lab-zone.ts';
import type { ZoneKey } from './keys.ts';

/** From and until, as `dnssec-signzone` takes them. unbound forgives a tenth of the time between, up to a day. */
const VALIDITY: Readonly<Record<BindSigning['validity'], readonly string[]>> = {
  now: [],
  past: ['-s', 'now-90d', '-e', 'now-30d'],
  future: ['-s', 'now+7d', '-e', 'now+30d'],
};
const DENIAL: Readonly<Record<Denial, readonly string[]>> = {
  nsec: [],
  nsec3: ['-3', '-'],
  'nsec3-opt-out': ['-3', '-', '-A'],
};
/** `owner TTL class type rdata`, as `-O full` writes every record, on one line. */
const LINE = /^(\S+)\s+\d+\s+IN\s+(\S+)\s+(\S+)/;

/** Signs a zone, spoils it if it has a flaw, and gives the file. Keys without a record here have theirs in the text. */
export async function signZone(
  programs: Programs,
  folder: string,
  zone: { readonly origin: string; readonly text: string; readonly flaw?: Flaw | undefined },
  signing: BindSigning,
  keys: readonly ZoneKey[],
  keyFolder = folder,
): Promise<string> {
  const file = path.join(folder, `${zone.origin === '' ? 'root' : zone.origin}.zone`);
  const signed = `${file}.signed`;
  await writeFile(file, `${zone.text}${keys.map(({ record }) => `${record}\n`).join('')}`);
  const { status, stdout, stderr } = await run(programs['dnssec-signzone'], [
    ...['-q', '-P', '-K', keyFolder, '-d', folder, '-n', '1'],
    ...(signing.keys === 'one' ? ['-z'] : []),
    ...DENIAL[signing.denial],
    ...VALIDITY[signing.validity].map(seconds),
    ...['-O', 'full', '-o', `${zone.origin}.`, '-f', signed, file],
  ]);
  if (status !== 0) throw new Error(`dnssec-signzone failed on ${zone.origin}: ${stdout}${stderr}`);
  if (zone.flaw !== undefined) await spoil(signed, zone.flaw);
  return signed;
}

/** Days are not among the units that it knows. */
function seconds(option: string): string {
  return option.replace(/(\d+)d$/, (_, days: string) => String(Number(days) * 86_400));
}

async function spoil(file: string, flaw: Flaw): Promise<void> {
  const before = await readFile(file, 'utf8');
  const after = before
    .split('\n')
    .map((text) => {
      const line = zoneLine(text);
      return line === undefined ? text : flaw(line);
    })
    .filter((text) => text !== undefined)
    .join('\n');
  if (after === before) throw new TypeError(`nothing is spoiled in ${file}`);
  await writeFile(file, after);
}

function zoneLine(text: string): ZoneLine | undefined {
  const [, owner, type, first] = LINE.exec(text) ?? [];
  if (owner === undefined || type === undefined) return undefined;
  return { text, owner, type, covered: type === 'RRSIG' ? first : undefined };
}
