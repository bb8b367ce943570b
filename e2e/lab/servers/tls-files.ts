import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LAB_AUTHORITY, makeIdentity } from '../push/identities.ts';

/** A certificate and its key as PEM files. */
export interface TlsFiles {
  readonly keyFile: string;
  readonly certFile: string;
}

/** Makes a good certificate for hosts of these names, and writes it into `folder`. */
export async function writeTlsFiles(folder: string, ...names: readonly string[]): Promise<TlsFiles> {
  const { key, cert } = makeIdentity('good', ...names);
  const files = {
    keyFile: path.join(folder, 'name-servers-key.pem'),
    certFile: path.join(folder, 'name-servers.pem'),
  };
  await writeFile(files.keyFile, key, { mode: 0o600 });
  await writeFile(files.certFile, cert);
  return files;
}

/** Writes the certificate of the authority that vouches for all good servers of the lab, and gives the file. */
export async function writeAuthority(folder: string): Promise<string> {
  const file = path.join(folder, 'ca.pem');
  await writeFile(file, LAB_AUTHORITY.ca);
  return file;
}
