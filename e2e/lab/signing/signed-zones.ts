import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Programs } from '../servers/programs.ts';
import type { LabZone } from '../zones/lab-zone.ts';
import { PLAIN_SIGNING } from '../zones/lab-zone.ts';
import { zoneText } from '../zones/zone-text.ts';
import type { ZoneKey } from './keys.ts';
import { dsRecords, makeKeys } from './keys.ts';
import { signZone } from './sign.ts';

/** What a name server and validators need of the zones. */
export interface SignedZones {
  /** The file of each zone that is not lame and not knotd's own. */
  readonly zoneFiles: ReadonlyMap<string, string>;
  readonly rootKeys: readonly ZoneKey[];
}

/** So many programs run at a time. */
const AT_A_TIME = 4;

/** Makes all keys, then all zones with the DS records of those below them, signed, in `folder`, which is made. */
export async function signedZones(
  programs: Programs,
  folder: string,
  zones: readonly LabZone[],
  knotDs: ReadonlyMap<string, readonly string[]>,
): Promise<SignedZones> {
  await mkdir(path.join(folder, 'foreign'), { recursive: true });
  const keys = new Map<string, readonly ZoneKey[]>();
  const ds = new Map(knotDs);
  await each(zones, async (zone) => {
    const { origin, signing } = zone;
    if (signing?.by === 'bind') keys.set(origin, await makeKeys(programs, folder, origin, signing));
    const above = await dsAbove(programs, folder, zone, keys.get(origin) ?? []);
    if (above !== undefined) ds.set(origin, above);
  });
  const zoneFiles = new Map<string, string>();
  await each(zones, async (zone) => {
    const { origin, signing, flaw } = zone;
    const below = zones.filter((other) => parentOf(other, zones) === origin);
    const delegations = below.map((child) => ({ origin: child.origin, ds: ds.get(child.origin) ?? [] }));
    const text = zoneText(zone, delegations);
    if (zone.isLame === true || signing?.by === 'knot') return;
    if (signing === undefined) zoneFiles.set(origin, await writeUnsigned(folder, origin, text));
    else {
      const own = keys.get(origin) ?? [];
      zoneFiles.set(origin, await signZone(programs, folder, { origin, text, flaw }, signing, own));
    }
  });
  return { zoneFiles, rootKeys: keys.get('') ?? [] };
}

/** The DS records in the parent; undefined where knotd has the keys. */
async function dsAbove(
  programs: Programs,
  folder: string,
  { origin, signing, delegation }: LabZone,
  keys: readonly ZoneKey[],
): Promise<readonly string[] | undefined> {
  switch (delegation.kind) {
    case 'digest':
      return signing?.by === 'knot' ? undefined : dsRecords(programs, keys, delegation.digest);
    case 'nothing':
      return [];
    case 'foreign-key': {
      const elsewhere = path.join(folder, 'foreign');
      return dsRecords(programs, await makeKeys(programs, elsewhere, origin, PLAIN_SIGNING), 'SHA-256');
    }
    case 'records':
      return delegation.lines;
  }
}

/** The nearest zone around another; undefined for the root. */
function parentOf({ origin }: LabZone, zones: readonly LabZone[]): string | undefined {
  if (origin === '') return undefined;
  const above = zones.filter((zone) => zone.origin === '' || origin.endsWith(`.${zone.origin}`));
  return above.toSorted((one, other) => other.origin.length - one.origin.length)[0]?.origin;
}

async function writeUnsigned(folder: string, origin: string, text: string): Promise<string> {
  const file = path.join(folder, `${origin}.zone`);
  await writeFile(file, text);
  return file;
}

async function each<Kind>(items: readonly Kind[], work: (item: Kind) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
}
