import type { DerElement } from './der-reader.ts';
import { derElements, DerError, derInside } from './der-reader.ts';

/** What a certificate says of itself that `X509Certificate` does not tell, or tells as text for people (RFC 5280 §4). */
export interface CertificateFields {
  /** SubjectPublicKeyInfo as it stands there, DER. */
  readonly key: Uint8Array;
  /** The dNSNames of subjectAltName. */
  readonly dnsNames: readonly string[];
  /** The basic constraint cA, without which a certificate vouches for none. */
  readonly isAuthority: boolean;
  /** How many authorities may stand between it and a server. */
  readonly pathLength: number;
  /** What its key usage allows; everything where it has none. */
  readonly mayCertify: boolean;
  readonly maySign: boolean;
  /** Whether it may stand for a TLS server by its extended key usage, or, of an authority, vouch for one. */
  readonly mayServe: boolean;
  /** The domains that an authority is limited to; undefined when it is not. */
  readonly permitted: readonly string[] | undefined;
  /** The domains that it may not vouch for. */
  readonly excluded: readonly string[];
  /** Whether it was signed with SHA-1 or an older digest. */
  readonly isWeaklySigned: boolean;
  /** Whether everything in it that must be understood is: if not, it is refused (RFC 5280 §4.2). */
  readonly isUnderstood: boolean;
}

const SEQUENCE = 0x30;
const OBJECT_IDENTIFIER = 0x06;
const BOOLEAN = 0x01;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
/** [2] IA5String of GeneralName: a dNSName. */
const DNS_NAME = 0x82;

/** Object identifiers as they are encoded, in hexadecimal digits (RFC 5280 §4.2.1). */
const Oid = {
  KEY_USAGE: '551d0f',
  SUBJECT_ALT_NAME: '551d11',
  BASIC_CONSTRAINTS: '551d13',
  NAME_CONSTRAINTS: '551d1e',
  CERTIFICATE_POLICIES: '551d20',
  EXTENDED_KEY_USAGE: '551d25',
  ANY_EXTENDED_KEY_USAGE: '551d2500',
  SERVER_AUTH: '2b06010505070301',
} as const;

/** Signature algorithms on MD2, MD5 and SHA-1: with RSA, DSA and ECDSA (RFC 3279 §2.2, RFC 9155). */
const WEAK: readonly string[] = [
  '2a864886f70d010102',
  '2a864886f70d010104',
  '2a864886f70d010105',
  '2a8648ce380403',
  '2a8648ce3d0401',
];

/** Without any extension a certificate may do everything but vouch for others. */
const PLAIN = {
  dnsNames: [],
  isAuthority: false,
  pathLength: Infinity,
  mayCertify: true,
  maySign: true,
  mayServe: true,
  permitted: undefined,
  excluded: [],
  isUnderstood: true,
} as const satisfies Partial<CertificateFields>;

/** Reads a certificate in DER; undefined when it does not have the form of one. */
export function certificateFields(der: Uint8Array): CertificateFields | undefined {
  try {
    const [toBeSigned, algorithm] = derInside(der, SEQUENCE);
    const parts = derInside(wholeOf(toBeSigned), SEQUENCE).filter(({ tag }) => tag !== 0xa0);
    const [, , , , , key, ...optional] = parts;
    const extensions = optional.find(({ tag }) => tag === 0xa3);
    const [signature] = derInside(wholeOf(algorithm), SEQUENCE);
    return {
      ...PLAIN,
      key: wholeOf(key),
      isWeaklySigned: WEAK.includes(oidOf(signature)),
      ...(extensions === undefined ? {} : extensionFields(derInside(extensions.content, SEQUENCE))),
    };
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

type Fields = Partial<{ -readonly [Field in keyof CertificateFields]: CertificateFields[Field] }>;

/** Extension: `extnID | critical DEFAULT FALSE | extnValue` (RFC 5280 §4.1). */
function extensionFields(extensions: readonly DerElement[]): Fields {
  const fields: Fields = {};
  for (const extension of extensions) {
    const [id, second, third] = derInside(extension.whole, SEQUENCE);
    const isCritical = second?.tag === BOOLEAN && second.content[0] !== 0;
    const value = second?.tag === BOOLEAN ? third : second;
    if (value?.tag !== OCTET_STRING) throw new DerError('an extension has no value');
    Object.assign(fields, extensionField(oidOf(id), value.content, isCritical));
  }
  return fields;
}

function extensionField(oid: string, value: Uint8Array, isCritical: boolean): Fields {
  switch (oid) {
    case Oid.BASIC_CONSTRAINTS:
      return basicConstraints(value);
    case Oid.KEY_USAGE:
      return keyUsage(value);
    case Oid.EXTENDED_KEY_USAGE:
      return { mayServe: derInside(value, SEQUENCE).some((purpose) => isForServers(oidOf(purpose))) };
    case Oid.SUBJECT_ALT_NAME:
      return { dnsNames: derInside(value, SEQUENCE).filter(isDnsName).map(textOf) };
    case Oid.NAME_CONSTRAINTS:
      return nameConstraints(value);
    case Oid.CERTIFICATE_POLICIES:
      return {}; // every policy is as good as any other here
    default:
      return isCritical ? { isUnderstood: false } : {};
  }
}

/** `cA DEFAULT FALSE | pathLenConstraint OPTIONAL` (RFC 5280 §4.2.1.9). */
function basicConstraints(value: Uint8Array): Fields {
  const parts = derInside(value, SEQUENCE);
  const limit = parts.find(({ tag }) => tag === INTEGER);
  const isAuthority = parts.some(({ tag, content }) => tag === BOOLEAN && content[0] !== 0);
  if (limit === undefined) return { isAuthority };
  return { isAuthority, pathLength: limit.content.length === 1 ? limit.content[0]! : Infinity };
}

/** Bits from the left: digitalSignature is the first, keyCertSign the sixth (RFC 5280 §4.2.1.3). */
function keyUsage(value: Uint8Array): Fields {
  const [bits] = derElements(value);
  const octet = bits?.tag === BIT_STRING ? (bits.content[1] ?? 0) : 0;
  return { maySign: (octet & 0x80) !== 0, mayCertify: (octet & 0x04) !== 0 };
}

/** Subtrees of domains; of other names, which are not looked at, none is understood (RFC 5280 §4.2.1.10). */
function nameConstraints(value: Uint8Array): Fields {
  const fields: Fields = {};
  for (const { tag, content } of derInside(value, SEQUENCE)) {
    const bases = derElements(content).map(({ whole }) => derInside(whole, SEQUENCE)[0]);
    if (!bases.every((base) => base !== undefined && isDnsName(base))) fields.isUnderstood = false;
    const domains = bases.flatMap((base) => (base !== undefined && isDnsName(base) ? [textOf(base)] : []));
    if (tag === 0xa0) fields.permitted = domains;
    else fields.excluded = domains;
  }
  return fields;
}

function isForServers(oid: string): boolean {
  return oid === Oid.SERVER_AUTH || oid === Oid.ANY_EXTENDED_KEY_USAGE;
}

function isDnsName({ tag }: DerElement): boolean {
  return tag === DNS_NAME;
}

function textOf({ content }: DerElement): string {
  return Buffer.from(content).toString('latin1');
}

function wholeOf(element: DerElement | undefined): Uint8Array {
  if (element === undefined) throw new DerError('a part is missing');
  return element.whole;
}

function oidOf(element: DerElement | undefined): string {
  if (element?.tag !== OBJECT_IDENTIFIER) throw new DerError('an object identifier is missing');
  return Buffer.from(element.content).toString('hex');
}
