import { ProtocolError } from '../errors.ts';
import { DNSSEC_FORMATS } from './dnssec-format.ts';
import { formatName, MAX_TTL_SECONDS } from './master-words.ts';
import { ipv4Rdata, ipv6Rdata, nameRdata, readRdata, soaRdata, srvRdata } from './rdata.ts';
import { ByteReader } from './reader.ts';
import { RecordType } from './registry.ts';
import { escapedOctet, hexOf, textOf } from './text.ts';

/**
 * RDATA in presentation form, as `readRdataText` reads it back to the same octets (RFC 1035 §5.1). What the form of its
 * type cannot say, and the RDATA of other types, stands as `\# LENGTH HEX` (RFC 3597 §5).
 */
export function formatRdata(type: number, rdata: Uint8Array): string {
  return ownForm(type, rdata) ?? `\\# ${rdata.length} ${hexOf(rdata)}`.trimEnd();
}

/** The form of the type itself; undefined where it has none for these octets. */
function ownForm(type: number, rdata: Uint8Array): string | undefined {
  const format = FORMATS.get(type);
  if (format === undefined) return undefined;
  try {
    // Octets that hold a pointer have a form, but not one that leads back to them.
    if (readRdata(type, new ByteReader(rdata)).length !== rdata.length) return undefined;
    return format(rdata);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

const FORMATS: ReadonlyMap<number, (rdata: Uint8Array) => string | undefined> = new Map([
  [RecordType.A, ipv4Rdata],
  [RecordType.AAAA, ipv6Rdata],
  [RecordType.PTR, nameText],
  [RecordType.CNAME, nameText],
  [RecordType.DNAME, nameText],
  [RecordType.NS, nameText],
  [RecordType.MX, mxText],
  [RecordType.SRV, srvText],
  [RecordType.SOA, soaText],
  [RecordType.TXT, txtText],
  [RecordType.TLSA, tlsaText],
  ...DNSSEC_FORMATS,
]);

function nameText(rdata: Uint8Array): string {
  return formatName(nameRdata(rdata));
}

function mxText(rdata: Uint8Array): string {
  const reader = new ByteReader(rdata);
  return `${reader.u16()} ${formatName(reader.name())}`;
}

function srvText(rdata: Uint8Array): string {
  const { priority, weight, port, target } = srvRdata(rdata);
  return `${priority} ${weight} ${port} ${formatName(target)}`;
}

function soaText(rdata: Uint8Array): string | undefined {
  const { primary, mailbox, serial, ...times } = soaRdata(rdata);
  const seconds = [times.refreshSeconds, times.retrySeconds, times.expireSeconds, times.minimumSeconds];
  if (seconds.some((time) => time > MAX_TTL_SECONDS)) return undefined;
  return `${formatName(primary)} ${formatName(mailbox)} ${serial} ${seconds.join(' ')}`;
}

function txtText(rdata: Uint8Array): string | undefined {
  const reader = new ByteReader(rdata);
  const texts: string[] = [];
  while (!reader.atEnd) texts.push(quoted(reader.octets(reader.u8())));
  return texts.length === 0 ? undefined : texts.join(' ');
}

function tlsaText(rdata: Uint8Array): string | undefined {
  const reader = new ByteReader(rdata);
  const fields = [reader.u8(), reader.u8(), reader.u8()];
  return reader.atEnd ? undefined : `${fields.join(' ')} ${hexOf(reader.octets(reader.bytesLeft))}`;
}

/** A character-string between quotes; controls and octets that are not UTF-8 stand as `\DDD`. */
function quoted(octets: Uint8Array): string {
  let text = '';
  let start = 0;
  for (const [at, octet] of octets.entries()) {
    const isSpecial = octet === 0x22 || octet === 0x5c;
    if (!isSpecial && octet >= 0x20 && octet !== 0x7f) continue;
    text += textOf(octets.subarray(start, at));
    text += isSpecial ? `\\${String.fromCharCode(octet)}` : escapedOctet(octet);
    start = at + 1;
  }
  return `"${text}${textOf(octets.subarray(start))}"`;
}
