import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseAnchors } from '../../protocol/dnssec/anchor-file.ts';
import type { TrustAnchor } from '../../protocol/dnssec/trust-anchor.ts';

/** The anchors of the root of DNS that come with Herald: from this folder and from that of the bundle it is the same way. */
export const ROOT_ANCHOR_FILE = fileURLToPath(new URL('../../assets/root-anchors.ds', import.meta.url));

/** What `readAnchorFile` made of a file; `message` says what is wrong with it, where, and what to do. */
export type AnchorFile =
  | { readonly ok: true; readonly anchors: readonly TrustAnchor[] }
  | { readonly ok: false; readonly message: string };

/** Reads a file of trust anchors, DS or DNSKEY records in the form of master files. */
export async function readAnchorFile(file: string): Promise<AnchorFile> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => error as Error);
  if (typeof text !== 'string') {
    const message = `${file} cannot be read: ${text.message}. Give a file with DS or DNSKEY records.`;
    return { ok: false, message };
  }
  const parsed = parseAnchors(text);
  if (parsed.ok) return parsed;
  const { line, column, message: problem } = parsed;
  return { ok: false, message: `${file}:${line}:${column}: ${problem}. Correct it, or give another file.` };
}
