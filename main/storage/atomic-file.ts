import fs from 'node:fs/promises';
import path from 'node:path';

let written = 0;

/**
 * Puts `data` into `file` so that whoever reads it finds the old contents or the new, never a part: it is written to a
 * file beside it, to the disk, and then given the name. It rejects with the system's error, and leaves nothing behind.
 */
export async function writeAtomically(file: string, data: string | Uint8Array): Promise<void> {
  written += 1;
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.${written}`);
  try {
    const handle = await fs.open(beside, 'wx');
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
