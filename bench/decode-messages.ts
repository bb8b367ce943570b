import type { Change } from '../protocol/push/change.ts';
import { pushMessages } from '../protocol/push/push-messages.ts';
import { emptyMessage, writeMessage } from '../protocol/wire/message.ts';
import { Name } from '../protocol/wire/name.ts';
import type { ResourceRecord } from '../protocol/wire/record.ts';
import { RecordType } from '../protocol/wire/registry.ts';
import { record, serviceRecords } from './records.ts';

/** One message to be decoded, in the two forms in which the same records travel. */
export interface DecodeMessage {
  /** `351 RR in 14.8 kB` */
  readonly name: string;
  readonly records: number;
  /** A response of ordinary DNS, names compressed as RFC 3597 §4 allows. */
  readonly response: Uint8Array;
  /** A DSO message with one PUSH TLV that adds the records (RFC 8765 §6.3.1). */
  readonly push: Uint8Array;
}

const DOMAIN = Name.of('office.test');
const TYPE = Name.of('_ipp._tcp');

/** The three messages of B1: a single printer, a full message of small records, and one of long TXT records. */
export function decodeMessages(): readonly DecodeMessage[] {
  return [
    messageOf(onePrinter()),
    messageOf(services(117, { txtOctets: 44 })),
    messageOf(services(34, { txtOctets: 355 })),
  ];
}

/** PTR, SRV, TXT, A and AAAA in 512 octets. */
function onePrinter(): readonly ResourceRecord[] {
  const { ptr, srv, txt, a } = serviceRecords(1, TYPE, DOMAIN, { txtOctets: 336 });
  const address = Uint8Array.from([0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  return [ptr, srv, txt, a, record(a.name, RecordType.AAAA, address)];
}

/** PTR, SRV and TXT of so many services. */
function services(count: number, choice: { readonly txtOctets: number }): readonly ResourceRecord[] {
  return Array.from({ length: count }, (_, number) => serviceRecords(number, TYPE, DOMAIN, choice)).flatMap(
    ({ ptr, srv, txt }) => [ptr, srv, txt],
  );
}

function messageOf(records: readonly ResourceRecord[]): DecodeMessage {
  const response = writeMessage({ ...emptyMessage(1), isResponse: true, answers: records });
  const [push, ...more] = pushMessages(records.map((one): Change => ({ kind: 'add', record: one })));
  if (push === undefined || more.length > 0) throw new TypeError('the records must fit one PUSH message');
  const size = response.length < 1000 ? `${response.length} B` : `${(response.length / 1000).toFixed(1)} kB`;
  return { name: `${records.length} RR in ${size}`, records: records.length, response, push };
}
