import type { ByteReader } from '../wire/reader.ts';
import { ProtocolError } from '../errors.ts';
import { writeDsoMessage } from './message.ts';
import type { OutgoingTlv, TlvRule } from './tlv.ts';

/** DSO-TYPEs of RFC 8490 §10.3. */
export const DsoType = { KEEPALIVE: 1, RETRY_DELAY: 2, PADDING: 3 } as const;

/** Either timeout with this value never runs out (RFC 8490 §6.4.2, §6.5.2). */
export const NEVER_MS = 0xffffffff;
/** Both timeouts until a Keepalive exchange says otherwise (RFC 8490 §6.2). */
export const DEFAULT_TIMEOUT_MS = 15_000;
/** A server that asks for less is broken (RFC 8490 §6.5.2). */
export const MIN_KEEPALIVE_MS = 10_000;
/** The keepalive interval to ask for and to grant (RFC 8490 §6.5.2). */
export const RECOMMENDED_KEEPALIVE_MS = 3_600_000;

/** Responses are padded to a multiple of this (RFC 8467 §4.1). */
const PADDING_BLOCK_OCTETS = 468;

/** The two timeouts of a session, in milliseconds; `NEVER_MS` is none. */
export interface Timeouts {
  readonly inactivityMs: number;
  readonly keepaliveMs: number;
}

/** What the data of a base TLV says. */
export type BaseTlv =
  | ({ readonly kind: 'keepalive' } & Timeouts)
  | { readonly kind: 'retry-delay'; readonly delayMs: number }
  | { readonly kind: 'padding'; readonly octets: number };

/** The rules of the three TLVs that every DSO end knows (RFC 8490 §7, §8.2). */
export const BASE_TLV_RULES: ReadonlyMap<number, TlvRule<BaseTlv>> = new Map<number, TlvRule<BaseTlv>>([
  [
    DsoType.KEEPALIVE,
    {
      name: 'KEEPALIVE',
      primary: { client: 'request', server: 'unidirectional' },
      isAdditional: false,
      inResponse: true,
      isLongLived: false,
      read: (data) => {
        expectLength(data, 8, 'RFC 8490 §7.1', 'Keepalive');
        return { kind: 'keepalive', inactivityMs: data.u32(), keepaliveMs: data.u32() };
      },
    },
  ],
  [
    DsoType.RETRY_DELAY,
    {
      name: 'RETRY-DELAY',
      primary: { client: 'never', server: 'unidirectional' },
      isAdditional: false,
      inResponse: true,
      isLongLived: false,
      read: (data) => {
        expectLength(data, 4, 'RFC 8490 §7.2', 'Retry Delay');
        return { kind: 'retry-delay', delayMs: data.u32() };
      },
    },
  ],
  [
    DsoType.PADDING,
    {
      name: 'PADDING',
      primary: { client: 'never', server: 'never' },
      isAdditional: true,
      inResponse: true,
      isLongLived: false,
      read: (data) => ({ kind: 'padding', octets: data.octets(data.bytesLeft).length }),
    },
  ],
]);

const BASE_KINDS: ReadonlySet<string> = new Set<BaseTlv['kind']>(['keepalive', 'retry-delay', 'padding']);

/** Tells the base TLVs from those of the layer above. */
export function isBaseTlv(value: { readonly kind: string } | undefined): value is BaseTlv {
  return value !== undefined && BASE_KINDS.has(value.kind);
}

/** The timeouts in the response to a Keepalive: its first TLV and no other, else a `ProtocolError` (RFC 8490 §7.1). */
export function keepaliveOf(values: readonly ({ readonly kind: string } | undefined)[]): Timeouts {
  const [first, ...rest] = values;
  if (!isBaseTlv(first) || first.kind !== 'keepalive' || rest.some((value) => value?.kind === 'keepalive')) {
    throw new ProtocolError('RFC 8490 §7.1', 'a Keepalive response has not exactly one Keepalive TLV, first');
  }
  return first;
}

/** The delay in the Retry Delay TLV of a response, in milliseconds; undefined when it has none (RFC 8490 §7.2.2). */
export function retryDelayOf(values: readonly ({ readonly kind: string } | undefined)[]): number | undefined {
  for (const value of values) if (isBaseTlv(value) && value.kind === 'retry-delay') return value.delayMs;
  return undefined;
}

/** `INACTIVITY TIMEOUT u32 ms | KEEPALIVE INTERVAL u32 ms` (RFC 8490 §7.1). */
export function keepaliveTlv(timeouts: Timeouts): OutgoingTlv {
  return {
    type: DsoType.KEEPALIVE,
    write: (writer) => {
      writer.u32(timeouts.inactivityMs);
      writer.u32(timeouts.keepaliveMs);
    },
  };
}

/** `RETRY DELAY u32 ms` (RFC 8490 §7.2). */
export function retryDelayTlv(delayMs: number): OutgoingTlv {
  return { type: DsoType.RETRY_DELAY, write: (writer) => writer.u32(delayMs) };
}

/** Octets of zero that hide the length of a message (RFC 8490 §7.3). */
export function paddingTlv(octets: number): OutgoingTlv {
  return { type: DsoType.PADDING, write: (writer) => writer.octets(new Uint8Array(octets)) };
}

/** The TLVs of a response, with padding to a multiple of 468 octets where the request had some (RFC 8490 §7.3, RFC 8467 §4.1). */
export function padded(tlvs: readonly OutgoingTlv[], isPadded: boolean): readonly OutgoingTlv[] {
  if (!isPadded) return tlvs;
  const octets = writeDsoMessage({ id: 0, isResponse: true, rcode: 0 }, [...tlvs, paddingTlv(0)]).length;
  return [
    ...tlvs,
    paddingTlv((PADDING_BLOCK_OCTETS - (octets % PADDING_BLOCK_OCTETS)) % PADDING_BLOCK_OCTETS),
  ];
}

function expectLength(data: ByteReader, octets: number, section: string, what: string): void {
  if (data.bytesLeft !== octets) {
    throw new ProtocolError(
      section,
      `${what} data has ${data.bytesLeft} octets, not ${octets}`,
      data.position,
    );
  }
}
