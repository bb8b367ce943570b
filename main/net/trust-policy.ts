import { createHash } from 'node:crypto';
import type { Tlsa } from '../../protocol/discovery/tlsa.ts';
import { tlsaText } from '../../protocol/discovery/tlsa.ts';

/** What a server has to show, and what is shown to it. Everything that is given must hold; a name alone is the least. */
export interface TrustPolicy {
  /** Certificates to trust as PEM, instead of those that come with the runtime. */
  readonly ca?: string | undefined;
  /** Pins as in `spki-pins.ts`, one of which the server's key must have, beside what the name demands (RFC 8310 §6.4). */
  readonly pins?: readonly string[] | undefined;
  /** TLSA records, one of which must fit (RFC 6698 §4.1): what their usages do not demand is not looked at. */
  readonly dane?: readonly Tlsa[] | undefined;
  /** The host names of which the certificate must bear one; the name of the server unless given. */
  readonly names?: readonly string[] | undefined;
  /** Shown to a server that asks who we are. */
  readonly client?: ClientIdentity | undefined;
}

/** A certificate of our own with its key: as PEM, or in a file of PKCS #12. The passphrase is that of the key or the file. */
export type ClientIdentity =
  | {
      readonly kind: 'pem';
      readonly certificate: string;
      readonly key: string;
      readonly passphrase?: string | undefined;
    }
  | { readonly kind: 'pkcs12'; readonly file: Uint8Array; readonly passphrase?: string | undefined };

/**
 * Equal for policies that demand and show the same. Whatever was allowed under one of them, a session or a ticket, says
 * nothing under another (RFC 8490 §9.3, RFC 8446 §4.6.1).
 */
export function policyFingerprint({ ca, pins, dane, names, client }: TrustPolicy): string {
  const parts = [
    ['ca', ca ?? ''],
    ['pins', ...(pins ?? []).toSorted()],
    ['dane', ...(dane ?? []).map(tlsaText).toSorted()],
    ['names', ...(names ?? []).map((name) => name.toLowerCase())],
    ['client', clientFingerprint(client)],
  ];
  return sha256(JSON.stringify(parts));
}

/** Equal for identities of the same certificate and key; empty for none. */
export function clientFingerprint(client: ClientIdentity | undefined): string {
  if (client === undefined) return '';
  const { passphrase = '' } = client;
  const octets =
    client.kind === 'pem' ? client.certificate + client.key : Buffer.from(client.file).toString('base64');
  return sha256(JSON.stringify([client.kind, octets, passphrase]));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
