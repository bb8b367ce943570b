import { randomBytes } from 'node:crypto';
import type { Name } from '../../protocol/wire/name.ts';
import { parseName } from '../../protocol/wire/name.ts';

/** A secret that two parties share, for HMAC-SHA256 (RFC 8945 §6). */
export interface TsigKey {
  readonly name: Name;
  readonly secret: Uint8Array;
}

/** What `readKeyFile` made of a file. */
export type KeyFileResult =
  | { readonly ok: true; readonly key: TsigKey }
  | { readonly ok: false; readonly code: 'bad-key-file'; readonly message: string };

/** A new key with a secret of 32 random octets, the length of the hash. */
export function throwAwayKey(name: Name): TsigKey {
  return { name, secret: randomBytes(32) };
}

/** The key as `nsupdate -k` and `dig -k` read it. */
export function keyFileText(key: TsigKey): string {
  const name = String(key.name).replace(/\.$/, '');
  const secret = Buffer.from(key.secret).toString('base64');
  return `key "${name}" {\n\talgorithm hmac-sha256;\n\tsecret "${secret}";\n};\n`;
}

/** Reads the one key of a file in the form of `tsig-keygen`. Comments may stand in it, other statements not. */
export function readKeyFile(text: string): KeyFileResult {
  const plain = text.replace(/\/\*[^]*?\*\/|^\s*(?:\/\/|#).*$/gm, ' ').trim();
  const statement = /^key\s+("?)([^\s"{}]+)\1\s*\{([^{}]*)\}\s*;$/.exec(plain);
  if (statement === null)
    return bad('it does not have the form: key "NAME" { algorithm hmac-sha256; secret "BASE64"; };');
  const clauses = new Map(
    statement[3]!
      .split(';')
      .map((clause) => /^\s*(\w+)\s+"?([^\s"]+)"?\s*$/.exec(clause))
      .filter((clause) => clause !== null)
      .map((clause) => [clause[1]!, clause[2]!]),
  );
  const parsed = parseName(statement[2]!);
  if (!parsed.ok) return bad(`its key has no proper name. ${parsed.message}`);
  const algorithm = clauses.get('algorithm')?.toLowerCase();
  if (algorithm !== 'hmac-sha256')
    return bad(`its algorithm is ${algorithm ?? 'missing'}, and only hmac-sha256 is known here.`);
  const secret = clauses.get('secret') ?? '';
  const isBase64 = /^(?:[\w+/]{4})*(?:[\w+/]{2}==|[\w+/]{3}=)?$/.test(secret) && !secret.includes('_');
  if (secret === '' || !isBase64) return bad('its secret is missing or is not base64.');
  return { ok: true, key: { name: parsed.name, secret: Buffer.from(secret, 'base64') } };
}

function bad(problem: string): KeyFileResult {
  return { ok: false, code: 'bad-key-file', message: `The key file cannot be used: ${problem}` };
}
