import type { ByteReader } from '../wire/reader.ts';
import type { ByteWriter } from '../wire/writer.ts';

/** The two ends of a DSO session. The client is the one that opened the connection (RFC 8490 §3). */
export type Role = 'client' | 'server';

/**
 * What a TLV type may be when it comes first in a message with QR=0: a request owes a response and has a MESSAGE ID, a
 * unidirectional message has neither (RFC 8490 §5.4.2). `never`: that end must not send it so.
 */
export type PrimaryUse = 'request' | 'unidirectional' | 'never';

/**
 * The rules of one TLV type, for both ends: who may send it where (RFC 8490 §8.2, RFC 8765 §6.6), and how its data is read.
 * `Value` is what the data says.
 */
export interface TlvRule<Value> {
  /** As transcripts write it: `SUBSCRIBE`. */
  readonly name: string;
  /** Its use as a primary TLV, by who sends it. */
  readonly primary: { readonly [R in Role]: PrimaryUse };
  /** Whether it may follow the primary TLV of a message with QR=0. */
  readonly isAdditional: boolean;
  /** Whether it means something in a response. */
  readonly inResponse: boolean;
  /** Whether the operation that a request starts goes on after its response, so that its MESSAGE ID stays in use. */
  readonly isLongLived: boolean;
  /** Reads all of the data and nothing else; what is wrong with it is a `ProtocolError`. */
  read(data: ByteReader): Value;
}

/** The rules of every TLV type that an end knows, by DSO-TYPE. */
export type TlvRules<Value> = ReadonlyMap<number, TlvRule<Value>>;

/** A TLV as received. */
export interface Tlv<Value> {
  readonly type: number;
  /** Undefined when the type is unknown, or of no meaning where it stands: such a TLV is ignored. */
  readonly value: Value | undefined;
}

/** A TLV to be sent: its DSO-TYPE, and what writes its data. */
export interface OutgoingTlv {
  readonly type: number;
  readonly write: (writer: ByteWriter) => void;
}
