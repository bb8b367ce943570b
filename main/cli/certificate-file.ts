import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** What `readCertificates` made of a file; `message` says what is wrong with it and what to do. */
export type CertificateFile =
  { readonly ok: true; readonly pem: string } | { readonly ok: false; readonly message: string };

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*(?:-----END CERTIFICATE-----)?/g;

/** Reads a PEM file of certificates to trust; one that holds none, or one that does not parse, is refused. */
export async function readCertificates(file: string): Promise<CertificateFile> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => error as Error);
  if (typeof text !== 'string') {
    return {
      ok: false,
      message: `${file} cannot be read: ${text.message}. Give --ca a file with certificates.`,
    };
  }
  const blocks = text.match(BLOCK) ?? [];
  if (blocks.length === 0) {
    const message = `${file} holds no certificate in PEM form: give --ca a file with BEGIN CERTIFICATE lines.`;
    return { ok: false, message };
  }
  const broken = blocks.findIndex((block) => !parses(block));
  if (broken === -1) return { ok: true, pem: text };
  const message = `Certificate ${broken + 1} of ${blocks.length} in ${file} is broken: give --ca a file whose certificates are whole.`;
  return { ok: false, message };
}

function parses(pem: string): boolean {
  try {
    void new X509Certificate(pem); // it throws at what is no certificate
    return true;
  } catch {
    return false;
  }
}
