import { ProtocolError } from '../../../protocol/errors.ts';
import type { Lookup } from '../../../protocol/discovery/lookup.ts';
import type { DnsMessage } from '../../../protocol/wire/message.ts';
import { readMessage } from '../../../protocol/wire/message.ts';
import type { ResourceRecord } from '../../../protocol/wire/record.ts';
import { recordKey } from '../../../protocol/wire/record.ts';
import { RecordType } from '../../../protocol/wire/registry.ts';

/** Reads a message; undefined for octets that are none. */
export function messageOf(octets: Uint8Array): DnsMessage | undefined {
  try {
    return readMessage(octets);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

/** All of a message that may matter to a validator, as text: not its ID, flags, TTLs, or the order of its records. */
export function contentsOf(octets: Uint8Array): string {
  const message = messageOf(octets);
  if (message === undefined) return Buffer.from(octets).toString('hex');
  const { rcode, questions, answers, authorities, additionals } = message;
  const sections = [answers, authorities, additionals].map((section) => recordsText(section));
  return [String(rcode), questions.map(({ name }) => name.key).join(' '), ...sections].join(' | ');
}

/** What a lookup came to, as text, without what DNSSEC says of it and how long it may be used. */
export function saidBy(lookup: Lookup): string {
  switch (lookup.kind) {
    case 'records':
      return `${lookup.owner.key}: ${recordsText(lookup.records)}`;
    case 'nothing':
      return `${lookup.owner.key}: nothing (RCODE ${lookup.rcode})`;
    case 'failed':
      return lookup.reason;
  }
}

function recordsText(records: readonly ResourceRecord[]): string {
  const keys = records.filter(({ type }) => type !== RecordType.OPT).map(recordKey);
  return [...new Set(keys)].toSorted().join(' ');
}
