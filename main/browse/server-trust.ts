import type { CertificateRow, TrustLevel, TrustView } from '../contract/trust.ts';
import type { ShownIdentity } from '../net/identity-check.ts';
import type { ResolverIdentity } from '../net/resolver-address.ts';
import type { SecurePeer } from '../net/tls-opening.ts';
import type { TrustPolicy } from '../net/trust-policy.ts';
import type { NameLevel } from '../../protocol/discovery/trust.ts';
import { tlsaText } from '../../protocol/discovery/tlsa.ts';

/** A host name that a certificate may bear, and how good that is. */
export interface RankedName {
  readonly name: string;
  readonly level: NameLevel;
}

/** What has to hold of a server for one domain, beside the policy that the users of a session have in common. */
export interface ServerTrust {
  /** The domain, as people say it. */
  readonly domain: string;
  /** The names that are good enough for it, the best first; not asked for where TLSA records decide. */
  readonly names: readonly RankedName[];
  /** Whether a person wants no name of the server that DNS alone vouches for. */
  readonly isStrict: boolean;
  /** What the resolver has to show that is asked to push itself, whatever the domain: the names do not count then. */
  readonly resolver?: ResolverIdentity | undefined;
}

/** A server that has shown who it is. */
export interface BelievedServer {
  readonly trust: TrustView;
  readonly peer: SecurePeer;
  readonly policy: TrustPolicy;
}

/** A server that showed something else. */
export interface RefusedServer {
  readonly identity: ShownIdentity;
  readonly policy: TrustPolicy;
}

/** The levels in a word or two. */
const TITLES: Readonly<Record<TrustLevel, string>> = {
  dane: 'DANE',
  signed: 'Signed name',
  domain: 'Own name',
  target: 'Name only',
  pinned: 'Pinned key',
  chosen: 'Own authority',
  resolver: 'Resolver',
};

/**
 * Why a server that has shown who it is by the policy of its session is believed for a domain; undefined when its certificate
 * bears none of the names that are good enough for that.
 */
export function trustIn(
  { domain, names, resolver }: ServerTrust,
  policy: TrustPolicy,
  { record, isNamed }: ShownIdentity,
): TrustView | undefined {
  if (resolver !== undefined) {
    // A key alone is enough (RFC 7858 §4.2); whether it is the one was found out by the policy.
    const isShown = resolver.name === null ? resolver.pins.length > 0 : isNamed(resolver.name);
    return isShown ? view('resolver', resolverSentence(resolver, domain)) : undefined;
  }
  if (policy.dane !== undefined) {
    const which = record === undefined ? '' : ` (${shortTlsa(tlsaText(record))})`;
    return view(
      'dane',
      `${domain} says by DNSSEC who its server is, and this one fits its TLSA record${which}.`,
    );
  }
  const best = names.find(({ name }) => isNamed(name));
  if (best === undefined) return undefined;
  const { name, level } = best;
  if (policy.pins !== undefined) {
    return view('pinned', `Its key is pinned for ${domain}, and its certificate is for ${name}.`);
  }
  if (policy.ca !== undefined) {
    return view('chosen', `An authority that is trusted for ${domain} alone vouches for its name, ${name}.`);
  }
  return view(level, nameSentence(name, level, domain));
}

/** What it means that a certificate bears none of the names that are good enough for a domain, as a sentence for people. */
export function nameProblem(trust: ServerTrust, identity: ShownIdentity, host: string): string {
  const { domain, isStrict } = trust;
  if (isStrict && identity.isNamed(host)) {
    return (
      `The certificate of ${host} is for that name alone, and that ${host} is the server of ${domain} is what DNS says, ` +
      'unsigned: by the strict setting of this domain that is not enough, so nothing is asked. ' +
      `Ask who runs the domain to sign its DNS or to have a certificate that names ${domain}, or switch strict off.`
    );
  }
  const names = identity.chain[0]?.names.join(', ') ?? '';
  return (
    `The certificate of ${host} is for other names (${names}) than are good enough for ${domain}, so nothing is asked. ` +
    'Who runs the domain has to install a certificate for a name of it.'
  );
}

/** What a server showed, as a row. `peer` is the connection; undefined where that was refused. */
export function certificateRow(
  { id, server }: { readonly id: string; readonly server: string },
  { chain, record }: ShownIdentity,
  policy: TrustPolicy | undefined,
  peer: SecurePeer | undefined,
): CertificateRow {
  return {
    id,
    server,
    isBelieved: peer !== undefined,
    chain,
    tls:
      peer === undefined
        ? null
        : {
            version: versionText(peer),
            cipher: peer.cipher,
            alpn: peer.alpn ?? null,
            isResumed: peer.isResumed,
          },
    tlsa: policy?.dane?.map(tlsaText) ?? [],
    fits: record === undefined ? null : tlsaText(record),
  };
}

/** `TLS 1.3` */
export function versionText({ protocol }: SecurePeer): string {
  return protocol.replace('TLSv', 'TLS ');
}

function view(level: TrustLevel, sentence: string): TrustView {
  return { level, title: TITLES[level], sentence };
}

function nameSentence(name: string, level: NameLevel, domain: string): string {
  switch (level) {
    case 'signed':
      return `DNSSEC vouches for the name of the server of ${domain}, and a trusted authority that this is ${name}.`;
    case 'domain':
      return `A trusted authority vouches that this is ${name}, a name of ${domain} itself; its DNS is not signed.`;
    case 'target':
      return (
        `A trusted authority vouches that this is ${name}; that ${name} is the server of ${domain} is what DNS says, ` +
        'unsigned, and who can forge DNS could name another.'
      );
  }
}

function resolverSentence({ name, pins }: ResolverIdentity, domain: string): string {
  const pinned = pins.length === 0 ? [] : ['its key is pinned'];
  const named = name === null ? [] : [`a trusted authority vouches that it is ${name}`];
  return (
    `The resolver that is set tells of ${domain} itself: ${[...named, ...pinned].join(', and ')}. ` +
    'What it tells is believed on its word.'
  );
}

/** A record without most of its digits. */
function shortTlsa(text: string): string {
  return text.length > 24 ? `${text.slice(0, 14)}…` : text;
}
