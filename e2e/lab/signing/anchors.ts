import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Programs } from '../servers/programs.ts';
import type { ZoneKey } from './keys.ts';
import { dsRecords } from './keys.ts';

/** What is known of the root's keys beforehand, in every form that somebody reads. */
export class Anchors {
  /** A master file of DNSKEY records, and one of DS records. */
  readonly keysFile: string;
  readonly dsFile: string;
  /** `trust-anchors { … };`, as BIND's programs read it. */
  readonly bindFile: string;
  /** What stands in the file of DS records. */
  readonly dsText: string;

  private constructor(folder: string, ds: readonly string[]) {
    this.dsText = ds.map((rdata) => `. IN ${rdata}\n`).join('');
    this.keysFile = path.join(folder, 'root.dnskey');
    this.dsFile = path.join(folder, 'root.ds');
    this.bindFile = path.join(folder, 'root.conf');
  }

  static async write(programs: Programs, folder: string, keys: readonly ZoneKey[]): Promise<Anchors> {
    const ds = await dsRecords(programs, keys, 'SHA-256');
    const anchors = new Anchors(folder, ds);
    await writeFile(anchors.keysFile, keys.map(({ record }) => `${record}\n`).join(''));
    await writeFile(anchors.dsFile, anchors.dsText);
    const lines = ds.map((rdata) => {
      const [, tag, algorithm, type, ...digest] = rdata.split(' ');
      return `  . static-ds ${tag} ${algorithm} ${type} "${digest.join('')}";`;
    });
    await writeFile(anchors.bindFile, `trust-anchors {\n${lines.join('\n')}\n};\n`);
    return anchors;
  }
}
