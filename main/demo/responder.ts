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
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import { Opcode, Rcode, RecordType } from '../../protocol/wire/registry.ts';
import type { Clock } from '../net/clock.ts';
import { answerQuestion } from './answer.ts';
import type { Answer } from './answer.ts';
import type { TsigKey } from './tsig-key.ts';
import { checkTsig, signedResponse, tsigOctets } from './tsig.ts';
import type { TsigCheck } from './tsig.ts';
import { performUpdate } from './update.ts';
import type { Zones } from './zones.ts';

/** UDP messages are kept under the size that fragments nowhere (RFC 9715 §3.1 and DNS flag day 2020). */
const MAX_UDP_OCTETS = 1232;
/** What a client takes that does not say more by EDNS (RFC 1035 §2.3.4). */
const PLAIN_UDP_OCTETS = 512;
const MAX_STREAM_OCTETS = 0xffff;
/** RFC 6891 §9: an extended RCODE, of which the upper eight bits stand in the OPT record. */
const BADVERS = 16;

/** The offer of a query's OPT record (RFC 6891 §6.1). */
interface Edns {
  readonly udpOctets: number;
  readonly version: number;
  readonly dnssecOk: boolean;
}

/** An authoritative name server without its sockets: a message in, at most one message out. */
export class Responder {
  readonly #zones: Zones;
  readonly #keys: readonly TsigKey[];
  readonly #clock: Clock;

  /** Updates are taken under one of `keys`; `clock` tells whether a signature is fresh. */
  constructor(zones: Zones, keys: readonly TsigKey[], clock: Clock) {
    this.#zones = zones;
    this.#keys = keys;
    this.#clock = clock;
  }

  /**
   * Answers a query or update. Undefined for what deserves no answer: too short for a header, or a response itself.
   * Over a stream the answer may have 65535 octets, by UDP what the client takes, and 1232 at most.
   */
  respond(bytes: Uint8Array, viaStream: boolean): Uint8Array | undefined {
    if (bytes.length < HEADER_OCTETS || (bytes[2]! & 0x80) !== 0) return undefined;
    let query: DnsMessage;
    try {
      query = readMessage(bytes);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      return writeMessage({ ...responseTo(headerOf(bytes)), rcode: Rcode.FORMERR });
    }
    const nowSeconds = Math.floor(this.#clock.wallMs() / 1000);
    const check = checkTsig(bytes, query, this.#keys, nowSeconds);
    const options = query.additionals.filter(({ type }) => type === RecordType.OPT);
    const edns = options[0] === undefined ? undefined : ednsOf(options[0]);
    const answer = options.length > 1 ? bare(Rcode.FORMERR) : this.#answer(query, check, edns);

    const limit = viaStream ? MAX_STREAM_OCTETS : udpLimit(edns);
    const response = written(query, answer, edns, limit - tsigOctets(check));
    return check.kind === 'verified' || check.kind === 'refused'
      ? signedResponse(response, check, nowSeconds)
      : response;
  }

  #answer(query: DnsMessage, check: TsigCheck, edns: Edns | undefined): Answer {
    if (check.kind === 'malformed') return bare(Rcode.FORMERR);
    if (check.kind === 'refused') return bare(Rcode.NOTAUTH);
    if (edns !== undefined && edns.version > 0) return bare(BADVERS);
    if (query.opcode === Opcode.UPDATE) {
      // Who does not sign is not authorised: the same RCODE as for a wrong signature.
      return bare(check.kind === 'verified' ? performUpdate(this.#zones, query) : Rcode.NOTAUTH);
    }
    if (query.opcode !== Opcode.QUERY) return bare(Rcode.NOTIMP);
    const question = query.questions[0];
    // A query asks one question (RFC 9619 §4).
    if (question === undefined || query.questions.length > 1) return bare(Rcode.FORMERR);
    return answerQuestion(this.#zones, question);
  }
}

/** Writes an answer; Additional goes first when it is too long, then all but the header and question, with TC (RFC 2181 §9). */
function written(query: DnsMessage, answer: Answer, edns: Edns | undefined, maxOctets: number): Uint8Array {
  const options = edns === undefined ? [] : [optOf(edns, answer.rcode)];
  const message: DnsMessage = {
    ...responseTo(query),
    ...answer,
    rcode: answer.rcode & 0x0f,
    questions: query.questions.slice(0, 1),
    additionals: [...answer.additionals, ...options],
  };
  const whole = writeMessage(message);
  if (whole.length <= maxOctets) return whole;
  return writeMessage({ ...message, additionals: options }, maxOctets);
}

function bare(rcode: number): Answer {
  return { rcode, isAuthoritative: false, answers: [], authorities: [], additionals: [] };
}

/** What every response copies of its query. */
function responseTo(query: DnsMessage): DnsMessage {
  const { id, opcode, recursionDesired, checkingDisabled } = query;
  return { ...emptyMessage(id), opcode, recursionDesired, checkingDisabled, isResponse: true };
}

function headerOf(bytes: Uint8Array): DnsMessage {
  return {
    ...emptyMessage((bytes[0]! << 8) | bytes[1]!),
    opcode: opcodeOf(bytes),
    recursionDesired: (bytes[2]! & 1) !== 0,
  };
}

function ednsOf(option: ResourceRecord): Edns {
  const { class: udpOctets, ttlSeconds } = option;
  return { udpOctets, version: (ttlSeconds >>> 16) & 0xff, dnssecOk: (ttlSeconds & 0x8000) !== 0 };
}

function optOf(edns: Edns, rcode: number): ResourceRecord {
  const option = optRecord(MAX_UDP_OCTETS, edns.dnssecOk);
  return { ...option, ttlSeconds: option.ttlSeconds + (rcode >>> 4) * 2 ** 24 };
}

function udpLimit(edns: Edns | undefined): number {
  if (edns === undefined) return PLAIN_UDP_OCTETS;
  return Math.min(Math.max(edns.udpOctets, PLAIN_UDP_OCTETS), MAX_UDP_OCTETS);
}
