/** Reads the files in which a person keeps whom to trust, and who he is himself. */
import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { ReadTrust } from '../net/domain-trust.ts';
import type { ClientIdentity } from '../net/trust-policy.ts';
import { fileProblem } from './file-problem.ts';

/** The files, and what stands beside them; null for none. */
export interface TrustFiles {
  /** Certificates of authorities, PEM. */
  readonly caFile: string | null;
  /** A certificate of one's own: PEM, or PKCS #12 with its key. */
  readonly certFile: string | null;
  /** Its key, PEM, where it is in a file of its own. */
  readonly keyFile: string | null;
  /** The passphrase of the key. */
  readonly passphrase: string | null;
  readonly pins: readonly string[];
  readonly isStrict: boolean;
}

/** A file's contents, or what is wrong with it, as a sentence for people. */
type ReadFile<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly message: string };

/** Keys and certificates are small: whatever is larger is another file, chosen by mistake. */
const MAX_OCTETS = 10_000_000;
const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*(?:-----END CERTIFICATE-----)?/g;
const PEM = '-----BEGIN ';

/** Reads all of them now; a file that cannot be used is a refusal, never a reason to trust others instead. */
export function readTrustFiles(files: TrustFiles): ReadTrust {
  const authorities = files.caFile === null ? undefined : readAuthorities(files.caFile);
  if (authorities?.ok === false) return authorities;
  const identity = files.certFile === null ? undefined : readIdentity(files.certFile, files);
  if (identity?.ok === false) return identity;
  const { pins, isStrict } = files;
  return {
    ok: true,
    trust: {
      caPem: authorities?.value,
      client: identity?.value,
      isStrict,
      ...(pins.length === 0 ? {} : { pins }),
    },
  };
}

/** Reads certificates to trust; a file that holds none, or one that does not parse, is refused. */
function readAuthorities(file: string): ReadFile<string> {
  const read = readOctets(file);
  if (!read.ok) return read;
  const text = read.value.toString('utf8');
  const blocks = text.match(BLOCK) ?? [];
  if (blocks.length === 0) {
    return wrong(`${file} holds no certificate in PEM form. Choose a file with BEGIN CERTIFICATE lines.`);
  }
  const broken = blocks.findIndex((block) => !parses(block));
  if (broken === -1) return { ok: true, value: text };
  return wrong(
    `Certificate ${broken + 1} of ${blocks.length} in ${file} is broken. Choose a file whose certificates are whole.`,
  );
}

/** Reads a certificate of one's own and its key, and sees that they belong together. */
function readIdentity(
  certFile: string,
  { keyFile, passphrase }: Pick<TrustFiles, 'keyFile' | 'passphrase'>,
): ReadFile<ClientIdentity> {
  const read = readOctets(certFile);
  if (!read.ok) return read;
  const opened = passphrase === null ? {} : { passphrase };
  if (!read.value.includes(PEM)) return checked({ kind: 'pkcs12', file: read.value, ...opened }, certFile);
  const certificate = read.value.toString('utf8');
  if (keyFile === null && !certificate.includes('PRIVATE KEY-----')) {
    return wrong(`${certFile} holds a certificate without its key. Choose the file of its key too.`);
  }
  const key = keyFile === null ? read : readOctets(keyFile);
  if (!key.ok) return key;
  return checked(
    { kind: 'pem', certificate, key: key.value.toString('utf8'), ...opened },
    keyFile ?? certFile,
  );
}

/** `file` is the one that a passphrase opens. */
function checked(identity: ClientIdentity, file: string): ReadFile<ClientIdentity> {
  const { passphrase } = identity;
  const opened = passphrase === undefined ? {} : { passphrase };
  try {
    createSecureContext(
      identity.kind === 'pem'
        ? { cert: identity.certificate, key: identity.key, ...opened }
        : { pfx: Buffer.from(identity.file), ...opened },
    );
    return { ok: true, value: identity };
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    if (/bad decrypt|mac verify|passphrase|password|DECRYPT/i.test(told))
      return wrong(`The passphrase of ${file} is missing or wrong. Type it anew.`);
    return wrong(
      `${file} holds no certificate with the key that belongs to it (${told}). Choose another file.`,
    );
  }
}

function readOctets(file: string): ReadFile<Buffer> {
  try {
    if (fs.statSync(file).size > MAX_OCTETS)
      return wrong(`${file} is too large to hold certificates. Choose another file.`);
    return { ok: true, value: fs.readFileSync(file) };
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return wrong(
      `${file} cannot be read: ${isMissing ? 'it is not there' : fileProblem(error)}. Choose another file.`,
    );
  }
}

function parses(pem: string): boolean {
  try {
    void new X509Certificate(pem); // it throws at what is no certificate
    return true;
  } catch {
    return false;
  }
}

function wrong(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
