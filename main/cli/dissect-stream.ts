import { carriesTcpKeepalive } from '../../protocol/dso/edns-tcp-keepalive.ts';
import { Framer } from '../../protocol/dso/framer.ts';
import type { Role } from '../../protocol/dso/tlv.ts';
import type { Side, TranscriptEntry } from '../../protocol/transcript.ts';
import { HEADER_OCTETS, opcodeOf } from '../../protocol/wire/message.ts';
import { ByteReader } from '../../protocol/wire/reader.ts';
import { readQuestion } from '../../protocol/wire/record.ts';
import { Opcode, RecordType } from '../../protocol/wire/registry.ts';
import type { Fault } from './dissect-message.ts';
import { faultOf, senderOf } from './dissect-message.ts';
import type { TlvPlace } from './dissect-tlv.ts';
import { tlvPlaces } from './dissect-tlv.ts';

/** One message of a stream, or what is there of one that is cut short. */
export interface Dissected {
  /** Where its DNS header stands in the stream, or would stand: behind the two octets of its length. */
  readonly offset: number;
  /** How many octets it has, without those two. */
  readonly length: number;
  readonly entry: TranscriptEntry;
  /** Undefined for a message that is no DSO message. */
  readonly tlvs: readonly TlvPlace[] | undefined;
  readonly fault: Fault | undefined;
}

const LENGTH_OCTETS = 2;
const BOTH: readonly Role[] = ['client', 'server'];
const SIDES: { readonly [R in Role]: Side } = { client: 'C', server: 'S' };

/** Takes a stream of framed messages apart. `from` is who sent all of them; undefined when each may come from either end. */
export function* dissected(
  stream: Uint8Array,
  from: Role | undefined,
): Generator<Dissected, void, undefined> {
  const senders = from === undefined ? BOTH : [from];
  const framer = new Framer();
  let offset = LENGTH_OCTETS;
  let isDsoSession = false;
  for (const bytes of framer.receive(stream)) {
    const isDso = bytes.length >= HEADER_OCTETS && opcodeOf(bytes) === Opcode.DSO;
    isDsoSession ||= isDso;
    const fault = faultOf(bytes, senders) ?? (isDso || !isDsoSession ? undefined : optionFault(bytes));
    const entry: TranscriptEntry = { kind: 'message', side: SIDES[senderOf(bytes, senders)], bytes };
    yield { offset, length: bytes.length, entry, tlvs: isDso ? tlvPlaces(bytes) : undefined, fault };
    offset += bytes.length + LENGTH_OCTETS;
  }
  const { partial } = framer;
  if (partial.length > 0) yield cutShort(partial, offset, senders);
}

function cutShort(partial: Uint8Array, offset: number, senders: readonly Role[]): Dissected {
  const length = Math.max(0, partial.length - LENGTH_OCTETS);
  const declared = partial.length < LENGTH_OCTETS ? undefined : (partial[0]! << 8) | partial[1]!;
  const problem =
    declared === undefined
      ? 'the stream ends within the length of a message'
      : `the stream ends behind ${length} of the ${declared} octets of a message`;
  const side = SIDES[senders.length === 1 ? senders[0]! : senderOf(partial.subarray(LENGTH_OCTETS), senders)];
  return {
    offset,
    length,
    entry: { kind: 'stream', side, bytes: partial },
    tlvs: undefined,
    fault: { section: 'RFC 1035 §4.2.2', problem, offset: length },
  };
}

/** From the first DSO message on, nobody sends edns-tcp-keepalive (RFC 8490 §7.1.2). */
function optionFault(bytes: Uint8Array): Fault | undefined {
  if (!carriesTcpKeepalive(bytes)) return undefined;
  const problem = 'edns-tcp-keepalive is sent on a DSO session';
  return { section: 'RFC 8490 §5.4.6', problem, offset: placeOfOpt(bytes) };
}

/** Where the OPT record of a message that parses starts. */
function placeOfOpt(bytes: Uint8Array): number {
  const reader = new ByteReader(bytes, 4);
  const [questions, ...sections] = [reader.u16(), reader.u16(), reader.u16(), reader.u16()];
  for (let left = questions!; left > 0; left--) readQuestion(reader);
  for (let left = sections.reduce((sum, count) => sum + count, 0); left > 0; left--) {
    const at = reader.position;
    const { type } = readQuestion(reader);
    if (type === RecordType.OPT) return at;
    reader.u32();
    reader.octets(reader.u16());
  }
  return HEADER_OCTETS;
}
