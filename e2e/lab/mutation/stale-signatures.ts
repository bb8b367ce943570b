import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readRecords } from '../../../main/demo/zone-file.ts';
import { Name } from '../../../protocol/wire/name.ts';
import type { ResourceRecord } from '../../../protocol/wire/record.ts';
import { RecordType } from '../../../protocol/wire/registry.ts';
import type { Lab } from '../lab.ts';
import { signZone } from '../signing/sign.ts';

/** Signatures by the lab's own keys over the lab's own records that have run out: what a replayed answer of last month holds. */
export class StaleSignatures {
  readonly #signatures: ReadonlyMap<string, ResourceRecord>;

  private constructor(signatures: ReadonlyMap<string, ResourceRecord>) {
    this.#signatures = signatures;
  }

  /** Signs those zones once more, as of last month. */
  static async make(lab: Lab, origins: readonly string[]): Promise<StaleSignatures> {
    const folder = path.join(lab.folder, 'stale');
    const keyFolder = path.join(lab.folder, 'zones');
    await mkdir(folder, { recursive: true });
    const signatures = new Map<string, ResourceRecord>();
    for (const { origin, signing } of lab.zones.filter((zone) => origins.includes(zone.origin))) {
      if (signing?.by !== 'bind') throw new TypeError(`${origin} has no keys of BIND`);
      const file = `${origin === '' ? 'root' : origin}.zone`;
      const text = await readFile(path.join(keyFolder, file), 'utf8'); // as it was signed, with its keys
      const past = { ...signing, validity: 'past' } as const;
      const signed = await signZone(lab.programs, folder, { origin, text }, past, [], keyFolder);
      const lines = (await readFile(signed, 'utf8')).split('\n').filter((line) => /\sRRSIG\s/.test(line));
      const result = readRecords(`${lines.join('\n')}\n`, Name.root, signed);
      if (!result.ok) throw new TypeError(result.message);
      for (const record of result.records) signatures.set(keyOf(record), record);
    }
    return new StaleSignatures(signatures);
  }

  /** The stale signature for a true one; undefined where there is none. */
  insteadOf(record: ResourceRecord): ResourceRecord | undefined {
    if (record.type !== RecordType.RRSIG) return undefined;
    const stale = this.#signatures.get(keyOf(record));
    return stale === undefined ? undefined : { ...stale, name: record.name };
  }
}

/** By owner and the type that is signed, the first two octets (RFC 4034 §3.1). */
function keyOf({ name, rdata }: ResourceRecord): string {
  return `${name.key} ${rdata[0]} ${rdata[1]}`;
}
