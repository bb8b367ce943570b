import { emptyMessage, HEADER_OCTETS, writeMessage } from '../../../protocol/wire/message.ts';
import type { Question } from '../../../protocol/wire/record.ts';

/** The most that a message over TCP can hold. */
const MAX_OCTETS = 0xffff;
/** `pointer u16 | TYPE NULL u16 | CLASS IN u16 | TTL u32 | RDLENGTH 0 u16`: a record after its owner. */
const RECORD_OCTETS = 12;
/** About as many links as a name can have labels, and as many as there is room for where pointers, of 14 bits, lead. */
const LENGTHS = [100, 0x1000];

/**
 * Responses to a question that cost a careless reader more than they are long, by thousands of names that begin at the end of a chain
 * of pointers (RFC 1035 §4.1.4), which are bare or have a label of one octet before them.
 */
export function pointerBombs(question: Question): ReadonlyMap<string, Uint8Array> {
  return new Map(
    LENGTHS.flatMap((length) => [
      [`${length} pointers`, bomb(question, length, Buffer.alloc(0))],
      [`${length} labels and pointers`, bomb(question, length, Buffer.of(1, 0x61))],
    ]),
  );
}

/** A record whose RDATA is the chain, and records behind it whose owners point to its last link. */
function bomb(question: Question, length: number, label: Buffer): Uint8Array {
  const head = Buffer.from(writeMessage({ ...emptyMessage(0), isResponse: true, questions: [question] }));
  const owner = pointer(HEADER_OCTETS);
  const start = head.length + RECORD_OCTETS;
  const linkOctets = label.length + owner.length;
  const target = (link: number): number => start + link * linkOctets;
  const links = Array.from({ length }, (_, at) =>
    Buffer.concat([label, at === 0 ? owner : pointer(target(at - 1))]),
  );
  const chain = Buffer.concat(links);
  const records = [Buffer.concat([owner, fixed(10, chain.length), chain])];
  for (
    let left = MAX_OCTETS - head.length - records[0]!.length;
    left >= RECORD_OCTETS;
    left -= RECORD_OCTETS
  ) {
    records.push(Buffer.concat([pointer(target(length - 1)), fixed(10, 0)]));
  }
  head.writeUInt16BE(records.length, 6); // ANCOUNT
  return Buffer.concat([head, ...records]);
}

function pointer(target: number): Buffer {
  return Buffer.of(0xc0 | (target >>> 8), target & 0xff);
}

/** `TYPE u16 | CLASS u16 | TTL u32 | RDLENGTH u16`. */
function fixed(type: number, length: number): Buffer {
  const octets = Buffer.alloc(10);
  octets.writeUInt16BE(type, 0);
  octets.writeUInt16BE(1, 2);
  octets.writeUInt16BE(length, 8);
  return octets;
}
