import dnsPacket from 'dns-packet';
import { readDsoMessage } from '../protocol/dso/message.ts';
import type { Change } from '../protocol/push/change.ts';
import { PUSH_TLV_RULES } from '../protocol/push/tlvs.ts';
import { readMessage } from '../protocol/wire/message.ts';
import { Name } from '../protocol/wire/name.ts';
import { ipv4Rdata, ipv6Rdata, srvRdata } from '../protocol/wire/rdata.ts';
import type { ResourceRecord } from '../protocol/wire/record.ts';
import { RecordType } from '../protocol/wire/registry.ts';
import { alternate } from './alternation.ts';
import type { DecodeMessage } from './decode-messages.ts';
import { decodeMessages } from './decode-messages.ts';
import type { Figure } from './figure.ts';
import { medianFigure } from './figure.ts';

/**
 * B1: how fast records are decoded, against dns-packet on the same records in the same process. Both must come as far:
 * of every record the owner's name in a form that can be looked up, TYPE, CLASS, TTL, and the RDATA taken apart as
 * dns-packet does it (the target of PTR and SRV, the numbers of SRV, the strings of TXT, the address of A and AAAA as text).
 * `response` reads the very octets that dns-packet reads; `push` reads the same records from the PUSH message that carries
 * them, which dns-packet cannot read, into the list of changes.
 */
export function decode(): readonly Figure[] {
  return decodeMessages().flatMap((message) => [ofResponse(message), ofPush(message)]);
}

function ofResponse({ name, response, records }: DecodeMessage): Figure {
  return figure(`response of ${name}`, response, records, () => {
    const { answers } = readMessage(response);
    for (const answer of answers) look(answer);
    return answers.length;
  });
}

function ofPush({ name, push, response, records }: DecodeMessage): Figure {
  return figure(`push of ${name}`, response, records, () => {
    const changes = changesOf(push);
    for (const change of changes) if (change.kind === 'add') look(change.record);
    return changes.length;
  });
}

function figure(name: string, response: Uint8Array, records: number, ours: () => number): Figure {
  const octets = Buffer.from(response);
  const theirs = (): number => dnsPacket.decode(octets).answers?.length ?? 0;
  if (ours() !== records || theirs() !== records)
    throw new TypeError(`${name}: not all records were decoded`);
  const samples = alternate(ours, theirs);
  return medianFigure(
    { id: 'B1', name, unit: 'M RR/s', goal: { of: 'ratio', bound: 'at least', limit: 2 } },
    samples.ours.map(millions),
    { name: 'dns-packet decoding the same records as a response', samples: samples.theirs.map(millions) },
  );
}

function changesOf(push: Uint8Array): readonly Change[] {
  const value = readDsoMessage(push, PUSH_TLV_RULES).tlvs[0]?.value;
  return value?.kind === 'push' ? value.changes : [];
}

/** Everything that dns-packet has made of a record by the time that it returns. */
function look({ name, type, rdata }: ResourceRecord): number {
  return name.key.length + Number(type) + fieldsOf(type, rdata);
}

/** Takes RDATA apart and returns something that depends on all of it, so that nothing is optimised away. */
function fieldsOf(type: number, rdata: Uint8Array): number {
  switch (type) {
    case RecordType.PTR:
      return Name.ofWire(rdata).key.length;
    case RecordType.SRV: {
      const { priority, weight, port, target } = srvRdata(rdata);
      return priority + weight + port + target.key.length;
    }
    case RecordType.TXT:
      return stringsOf(rdata).length;
    case RecordType.A:
      return ipv4Rdata(rdata).length;
    case RecordType.AAAA:
      return ipv6Rdata(rdata).length;
    default:
      throw new TypeError(`the messages hold no records of TYPE ${type}`);
  }
}

/** The strings of a TXT record as views, which is what dns-packet returns. */
function stringsOf(rdata: Uint8Array): readonly Uint8Array[] {
  const { buffer, byteOffset, length } = rdata;
  const strings: Uint8Array[] = [];
  for (let at = 0; at < length; at += 1 + rdata[at]!) {
    strings.push(new Uint8Array(buffer, byteOffset + at + 1, rdata[at]!));
  }
  return strings;
}

function millions(perSecond: number): number {
  return perSecond / 1e6;
}
