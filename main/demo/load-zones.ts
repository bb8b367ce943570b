import { readFile } from 'node:fs/promises';
import { utf8Of } from '../../protocol/wire/text.ts';
import { DemoStartError } from './start-error.ts';
import { readZoneFile } from './zone-file.ts';
import type { ZoneData } from './zone-file.ts';

/** Reads master files, one zone each. A file that cannot be read or used is a `DemoStartError` that says where it is wrong. */
export async function loadZones(files: readonly string[]): Promise<readonly ZoneData[]> {
  const zones = new Map<string, ZoneData>();
  for (const file of files) {
    const result = readZoneFile(await textOf(file), file);
    if (!result.ok) throw new DemoStartError(`${result.message} Correct the file and start again.`);
    const { origin } = result.zone;
    if (zones.has(origin.key)) {
      throw new DemoStartError(
        `Zone file ${file} holds ${String(origin)}, and so does another. Give each zone once.`,
      );
    }
    zones.set(origin.key, result.zone);
  }
  return [...zones.values()];
}

async function textOf(file: string): Promise<string> {
  let octets: Uint8Array;
  try {
    octets = await readFile(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DemoStartError(
      `Zone file ${file} cannot be read: ${reason}. Check the path and who may read it.`,
    );
  }
  const text = utf8Of(octets);
  if (text === undefined) {
    throw new DemoStartError(
      `Zone file ${file} is not UTF-8. Save it as UTF-8, or write other octets as \\DDD.`,
    );
  }
  return text;
}
