import { ProtocolError } from '../../protocol/errors.ts';
import type { DnsMessage } from '../../protocol/wire/message.ts';
import { emptyMessage, readMessage, writeMessage, writeQuery } from '../../protocol/wire/message.ts';
import type { Question } from '../../protocol/wire/record.ts';
import { questionKey } from '../../protocol/wire/record.ts';
import { Opcode, Rcode } from '../../protocol/wire/registry.ts';
import type { Random } from './random.ts';
import { randomBelow } from './random.ts';

/** Answers up to this many octets come over UDP: it fits one packet on any link (RFC 9715 §3). */
const UDP_OCTETS = 1232;

/** A question on its way to a resolver. */
export interface DnsQuery {
  readonly id: number;
  readonly question: Question;
  readonly hasEdns: boolean;
  readonly bytes: Uint8Array;
}

/** Makes a query with an ID that nobody can guess (RFC 5452 §4.3); without EDNS for servers that choke on it (RFC 6891 §7). */
export function makeQuery(question: Question, random: Random, hasEdns = true): DnsQuery {
  const id = randomBelow(random, 0x1_0000);
  const plain = { ...emptyMessage(id), recursionDesired: true, questions: [question] };
  return {
    id,
    question,
    hasEdns,
    bytes: hasEdns ? writeQuery(id, question, true, UDP_OCTETS) : writeMessage(plain),
  };
}

/** The response to this very query; undefined for octets that are anything else, which are to be ignored (RFC 5452 §9.1). */
export function responseTo(query: DnsQuery, bytes: Uint8Array): DnsMessage | undefined {
  const message = parsed(bytes);
  if (message === undefined || !message.isResponse) return undefined;
  if (message.id !== query.id || message.opcode !== Opcode.QUERY) return undefined;
  const [question] = message.questions;
  if (question === undefined) return isBareError(message) ? message : undefined;
  const isSame = message.questions.length === 1 && questionKey(question) === questionKey(query.question);
  return isSame ? message : undefined;
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
