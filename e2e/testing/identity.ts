import { writeFile } from 'node:fs/promises';
import { TestAuthority } from '../../main/net/testing/certificates.ts';
import type { Identity } from '../../main/net/testing/certificates.ts';

/** The authority of the servers that the tests run themselves. */
export const AUTHORITY = new TestAuthority('Herald test authority');

/** What a test's own server shows: made out to the demo network's push server, so that its zones may lead there. */
export const PUSH_IDENTITY: Identity = AUTHORITY.issue({ names: ['push.office.test'] });

/** Writes certificates to trust into one file, and returns its name. */
export async function trustFile(file: string, ...pems: readonly string[]): Promise<string> {
  await writeFile(file, pems.join('\n'));
  return file;
}
