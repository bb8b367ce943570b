import { formatEntry } from '../../protocol/transcript.ts';
import { tlvName } from './dissect-message.ts';
import type { Dissected } from './dissect-stream.ts';

/** A message as lines of a transcript: its own, and when something is wrong with it a comment that says what and where. */
export function textLines({ offset, entry, fault }: Dissected): string {
  const line = formatEntry(entry);
  if (fault === undefined) return `${line}\n`;
  const { section, problem, offset: at } = fault;
  const place = `octet ${at} of the message, ${offset + at} of the stream`;
  return `${line}\n# ${section}, ${place}: ${problem}\n`;
}

/**
 * A message as one JSON object. `offset` is where its DNS header stands in the stream, and the other offsets count from
 * there, except `streamOffset`.
 */
export function jsonLine({ offset, length, entry, tlvs, fault }: Dissected): string {
  const problem = fault === undefined ? null : { ...fault, streamOffset: offset + fault.offset };
  const places = tlvs?.map((tlv) => ({ ...tlv, name: tlvName(tlv.type) ?? null }));
  return `${JSON.stringify({ offset, length, line: formatEntry(entry), tlvs: places, problem })}\n`;
}
