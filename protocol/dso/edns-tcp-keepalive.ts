import { ProtocolError } from '../errors.ts';
import type { DnsMessage } from '../wire/message.ts';
import { readMessage } from '../wire/message.ts';
import { ByteReader } from '../wire/reader.ts';
import { RecordType } from '../wire/registry.ts';

/** The option's code (RFC 7828 §3.1). */
const EDNS_TCP_KEEPALIVE = 11;

/**
 * Whether an ordinary message carries edns-tcp-keepalive, which a DSO session rules out (RFC 8490 §5.4.6). A message
 * that does not parse carries nothing; whoever answers it says FORMERR.
 */
export function carriesTcpKeepalive(bytes: Uint8Array): boolean {
  const opt = tolerantMessage(bytes)?.additionals.find((record) => record.type === RecordType.OPT);
  return opt !== undefined && optionCodes(opt.rdata).includes(EDNS_TCP_KEEPALIVE);
}

function tolerantMessage(bytes: Uint8Array): DnsMessage | undefined {
  try {
    return readMessage(bytes);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

/** `OPTION-CODE u16 | OPTION-LENGTH u16 | OPTION-DATA`, repeated (RFC 6891 §6.1.2). */
function optionCodes(rdata: Uint8Array): readonly number[] {
  const codes: number[] = [];
  const reader = new ByteReader(rdata);
  while (reader.bytesLeft >= 4) {
    codes.push(reader.u16());
    reader.octets(Math.min(reader.u16(), reader.bytesLeft));
  }
  return codes;
}
