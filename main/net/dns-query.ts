import { ProtocolError } from '../../protocol/errors.ts';
import type { DnsMessage } from '../../protocol/wire/message.ts';
import {
  emptyMessage,
  HEADER_OCTETS,
  opcodeOf,
  optRecord,
  readMessage,
  writeMessage,
} from '../../protocol/wire/message.ts';
import type { Question } from '../../protocol/wire/record.ts';
import { questionKey } from '../../protocol/wire/record.ts';
import { Opcode, Rcode } from '../../protocol/wire/registry.ts';
import type { Random } from './random.ts';
import { randomBelow } from './random.ts';

/** So many messages that answer nothing are passed over for one query; then there is no end to them. */
export const MAX_STRAYS = 64;

/** Answers up to this many octets come over UDP: it fits one packet on any link (RFC 9715 §3). */
const UDP_OCTETS = 1232;

/** Queries over TLS are a multiple of this long, so that their length tells little of what is asked (RFC 8467 §4.1). */
const PADDED_OCTETS = 128;
/** The option that is there to be long, and the octets of its code and length (RFC 7830 §3). */
const PADDING_OPTION = 12;
const OPTION_HEADER_OCTETS = 4;

/**
 * What a query asks of DNSSEC. `signatures`: to have them, with DO, and unchecked, with CD, so that wrong ones come as well
 * (RFC 4035 §3.2.2). `verdict`: the resolver's own word, with AD (RFC 6840 §5.7). Without either, nothing.
 */
export type DnssecWish = 'signatures' | 'verdict';

/** How a question is put. */
export interface QueryForm {
  /** `none` for servers that choke on EDNS (RFC 6891 §7); `padded` only where nobody on the way can read (RFC 8467 §4.1). */
  readonly edns: 'none' | 'plain' | 'padded';
  /** Signatures cannot be asked for without EDNS. */
  readonly dnssec?: DnssecWish | undefined;
}

/** A question on its way to a resolver. */
export interface DnsQuery {
  readonly id: number;
  readonly question: Question;
  readonly form: QueryForm;
  readonly bytes: Uint8Array;
}

/** Makes a query with an ID that nobody can guess (RFC 5452 §4.3), and that is none of those in use. */
export function makeQuery(
  question: Question,
  random: Random,
  form: QueryForm,
  isInUse: (id: number) => boolean = () => false,
): DnsQuery {
  let id = randomBelow(random, 0x1_0000);
  while (isInUse(id)) id = (id + 1) & 0xffff;
  return { id, question, form, bytes: queryBytes(id, question, form) };
}

function queryBytes(id: number, question: Question, { edns, dnssec }: QueryForm): Uint8Array {
  const wantsSignatures = dnssec === 'signatures' && edns !== 'none';
  const query: DnsMessage = {
    ...emptyMessage(id),
    recursionDesired: true,
    isAuthenticData: dnssec === 'verdict',
    checkingDisabled: wantsSignatures,
    questions: [question],
  };
  if (edns === 'none') return writeMessage(query);
  const opt = optRecord(UDP_OCTETS, wantsSignatures);
  const bytes = writeMessage({ ...query, additionals: [opt] });
  if (edns === 'plain') return bytes;
  return writeMessage({ ...query, additionals: [{ ...opt, rdata: paddingFor(bytes.length) }] });
}

/** The padding option that makes a query of so many octets as long as it should be. */
function paddingFor(octets: number): Uint8Array {
  const unpadded = octets + OPTION_HEADER_OCTETS;
  const length = (PADDED_OCTETS - (unpadded % PADDED_OCTETS)) % PADDED_OCTETS;
  const option = new Uint8Array(OPTION_HEADER_OCTETS + length);
  new DataView(option.buffer).setUint16(0, PADDING_OPTION);
  new DataView(option.buffer).setUint16(2, length);
  return option;
}

/** The response to this very query; undefined for octets that are anything else, which are to be ignored (RFC 5452 §9.1). */
export function responseTo(query: DnsQuery, bytes: Uint8Array): DnsMessage | undefined {
  if (!isHeadedLike(query, bytes)) return undefined;
  const message = parsed(bytes);
  if (message === undefined) return undefined;
  const [question] = message.questions;
  if (question === undefined) return isBareError(message) ? message : undefined;
  const isSame = message.questions.length === 1 && questionKey(question) === questionKey(query.question);
  return isSame ? message : undefined;
}

/** Whether the header is that of a response to the query: a flood of guesses must not be read any further. */
function isHeadedLike({ id }: DnsQuery, bytes: Uint8Array): boolean {
  if (bytes.length < HEADER_OCTETS) return false;
  const isResponse = (bytes[2]! & 0x80) !== 0;
  return isResponse && opcodeOf(bytes) === Opcode.QUERY && bytes[0] === id >>> 8 && bytes[1] === (id & 0xff);
}

/** Servers that could not read a question cannot repeat it. */
function isBareError(message: DnsMessage): boolean {
  const isDenial = message.rcode === Rcode.NOERROR || message.rcode === Rcode.NXDOMAIN;
  return !isDenial && message.answers.length === 0 && message.authorities.length === 0;
}

function parsed(bytes: Uint8Array): DnsMessage | undefined {
  try {
    return readMessage(bytes);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}
