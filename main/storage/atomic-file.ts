import { readdirSync, rmSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';

let written = 0;

/**
 * Puts `data` into `file` so that whoever reads it finds the old contents or the new, never a part: it is written to a
 * file beside it, to the disk, and then given the name. `mode` is what others may do with it, but for what the system forbids. It rejects with the system's error, and leaves nothing behind.
 */
export async function writeAtomically(file: string, data: string | Uint8Array, mode = 0o666): Promise<void> {
  written += 1;
  const beside = path.join(path.dirname(file), `${besideName(file)}${process.pid}.${written}`);
  try {
    const handle = await fs.open(beside, 'wx', mode);
    try {
      await handle.writeFile(data); // goes on after a short write, so a full disk is an error
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.rename(beside, file);
  } catch (error) {
    await fs.rm(beside, { force: true });
    throw error;
  }
}

/**
 * Removes what a process left behind that was killed while it wrote `file`: another process may have its number, and would
 * stumble over it. To be called before anybody writes; a folder that cannot be read is left alone.
 */
export function removeLeftovers(file: string): void {
  const folder = path.dirname(file);
  try {
    const leftovers = readdirSync(folder).filter((name) => name.startsWith(besideName(file)));
    for (const name of leftovers) rmSync(path.join(folder, name), { force: true });
  } catch {
    // There is no such folder yet, or it is told of when the file itself is read or written.
  }
}

function besideName(file: string): string {
  return `.${path.basename(file)}.`;
}
