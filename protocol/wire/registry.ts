/** TYPEs that this code names (RFC 1035 §3.2.2 and the RFC beside each). */
export const RecordType = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  HINFO: 13,
  MX: 15,
  TXT: 16,
  RP: 17, // RFC 1183
  AFSDB: 18, // RFC 1183
  RT: 21, // RFC 1183
  PX: 26, // RFC 2163
  AAAA: 28, // RFC 3596
  SRV: 33, // RFC 2782
  NAPTR: 35, // RFC 3403
  KX: 36, // RFC 2230
  DNAME: 39, // RFC 6672
  OPT: 41, // RFC 6891
  APL: 42, // RFC 3123
  DS: 43, // RFC 4034
  RRSIG: 46, // RFC 4034
  NSEC: 47, // RFC 4034
  DNSKEY: 48, // RFC 4034
  NSEC3: 50, // RFC 5155
  NSEC3PARAM: 51, // RFC 5155
  TLSA: 52, // RFC 6698
  TSIG: 250, // RFC 8945
  ANY: 255,
} as const;

/** CLASSes (RFC 1035 §3.2.4, RFC 2136 §2.4 for NONE). */
export const RecordClass = { IN: 1, CH: 3, NONE: 254, ANY: 255 } as const;

/** OPCODEs (RFC 1035 §4.1.1, RFC 2136 §1.3, RFC 8490 §10.1). */
export const Opcode = { QUERY: 0, NOTIFY: 4, UPDATE: 5, DSO: 6 } as const;

/** RCODEs (RFC 1035 §4.1.1, RFC 2136 §2.2, RFC 8490 §10.2). */
export const Rcode = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  YXDOMAIN: 6,
  YXRRSET: 7,
  NXRRSET: 8,
  NOTAUTH: 9,
  NOTZONE: 10,
  DSOTYPENI: 11,
} as const;

const TYPE_NAMES = mnemonics(RecordType);
const CLASS_NAMES = mnemonics(RecordClass);
const RCODE_NAMES = mnemonics(Rcode);

/** The mnemonic of a TYPE, or `TYPE65280` where none is known (RFC 3597 §5). */
export function typeName(type: number): string {
  return TYPE_NAMES.get(type) ?? `TYPE${type}`;
}

/** The TYPE of a mnemonic or of `TYPE65280`; undefined when it is neither. */
export function typeOf(text: string): number | undefined {
  return valueOf(RecordType, 'TYPE', text);
}

/** The mnemonic of a CLASS, or `CLASS32` where none is known (RFC 3597 §5). */
export function className(recordClass: number): string {
  return CLASS_NAMES.get(recordClass) ?? `CLASS${recordClass}`;
}

/** The CLASS of a mnemonic or of `CLASS32`; undefined when it is neither. */
export function classOf(text: string): number | undefined {
  return valueOf(RecordClass, 'CLASS', text);
}

/** The mnemonic of an RCODE, or `RCODE12` where none is known. */
export function rcodeName(rcode: number): string {
  return RCODE_NAMES.get(rcode) ?? `RCODE${rcode}`;
}

/** The RCODE of a mnemonic or of `RCODE12`; undefined when it is neither. */
export function rcodeOf(text: string): number | undefined {
  return valueOf(Rcode, 'RCODE', text);
}

function mnemonics(values: Readonly<Record<string, number>>): ReadonlyMap<number, string> {
  return new Map(Object.entries(values).map(([name, value]) => [value, name]));
}

function valueOf(values: Readonly<Record<string, number>>, prefix: string, text: string): number | undefined {
  if (Object.hasOwn(values, text)) return values[text];
  const digits = text.startsWith(prefix) ? text.slice(prefix.length) : '';
  return /^\d{1,5}$/.test(digits) && Number(digits) <= 0xffff ? Number(digits) : undefined;
}
