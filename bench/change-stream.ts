import { framed } from '../protocol/dso/framer.ts';
import type { Change } from '../protocol/push/change.ts';
import { REMOVE_ONE_TTL } from '../protocol/push/change.ts';
import { pushMessages } from '../protocol/push/push-messages.ts';
import { emptyMessage, writeMessage } from '../protocol/wire/message.ts';
import type { ResourceRecord } from '../protocol/wire/record.ts';
import { DOMAIN, TYPE } from './generated-zone.ts';
import type { ServiceRecords } from './records.ts';
import { serviceRecords } from './records.ts';

/** Records a message carries: about 13 kB of them. */
const RECORDS_A_MESSAGE = 200;

/** A long stream of changes, framed and ready to be sent, in two forms. */
export interface ChangeStream {
  readonly records: number;
  /** PUSH messages. */
  readonly push: Uint8Array;
  /** The same records, as many a message, in ordinary responses: what dns-packet can read. */
  readonly plain: Uint8Array;
}

/** Service `number` in a version of the zone; version 0 is how `generatedZone` has it. */
export function versionOf(number: number, version: number): ServiceRecords {
  if (version === 0) return serviceRecords(number, TYPE, DOMAIN);
  return serviceRecords(number, TYPE, DOMAIN, {
    // The port changes in every step to an even version, the address in every other, the note in all.
    port: 631 + Math.floor(version / 2),
    note: `Room ${1 + version}`,
    address: [10, (number >>> 8) & 0xff, number & 0xff, 100 + Math.floor((version + 1) / 2)],
  });
}

/** The stream that brings every service through these versions: in each step its TXT record and one other are replaced. */
export function changeStream(services: number, versions: readonly number[]): ChangeStream {
  return streamOf(versions.slice(1).flatMap((to, step) => changesOf(services, versions[step]!, to)));
}

/** The stream that adds these records. */
export function recordStream(records: readonly ResourceRecord[]): ChangeStream {
  return streamOf(records.map((record) => ({ kind: 'add', record })));
}

function streamOf(changes: readonly Change[]): ChangeStream {
  const chunks = Array.from({ length: Math.ceil(changes.length / RECORDS_A_MESSAGE) }, (_, at) =>
    changes.slice(at * RECORDS_A_MESSAGE, (at + 1) * RECORDS_A_MESSAGE),
  );
  return {
    records: changes.length,
    push: Buffer.concat(chunks.map((chunk) => framed(onlyMessage(pushMessages(chunk))))),
    plain: Buffer.concat(chunks.map((chunk) => framed(responseOf(chunk)))),
  };
}

function changesOf(services: number, from: number, to: number): readonly Change[] {
  return Array.from({ length: services }, (_, number) => {
    const [before, after] = [versionOf(number, from), versionOf(number, to)];
    return (['srv', 'txt', 'a'] as const).flatMap((kind) => replacement(before[kind], after[kind]));
  }).flat();
}

function replacement(before: ResourceRecord, after: ResourceRecord): readonly Change[] {
  if (Buffer.compare(before.rdata, after.rdata) === 0) return [];
  return [
    { kind: 'remove', record: before },
    { kind: 'add', record: after },
  ];
}

function responseOf(changes: readonly Change[]): Uint8Array {
  const answers = changes.flatMap((change) => {
    if (change.kind === 'remove') return [{ ...change.record, ttlSeconds: REMOVE_ONE_TTL }];
    return change.kind === 'add' ? [change.record] : [];
  });
  return writeMessage({ ...emptyMessage(0), isResponse: true, answers });
}

function onlyMessage(messages: readonly Uint8Array[]): Uint8Array {
  if (messages.length !== 1) throw new TypeError('a chunk of the stream must fit one PUSH message');
  return messages[0]!;
}
