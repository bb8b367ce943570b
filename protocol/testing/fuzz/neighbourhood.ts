import { a, aaaa, cname, ptr, srv, txt } from '../../dnssd/testing/records.ts';
import type { Change } from '../../push/change.ts';
import { MAX_ADD_TTL, REMOVE_ONE_TTL } from '../../push/change.ts';
import type { Question, ResourceRecord } from '../../wire/record.ts';
import { RecordClass, RecordType } from '../../wire/registry.ts';
import type { Random } from './random.ts';

const SERVICES = '_services._dns-sd._udp.example.com';
const TYPES = ['_ipp._tcp.example.com', '_IPP._tcp.Example.com', '_http._tcp.example.com'];
const INSTANCES = [
  String.raw`Dr\.\032Pepper._ipp._tcp.example.com`,
  String.raw`b\195\188ro._ipp._tcp.example.com`,
  String.raw`\255._http._tcp.example.com`,
  'far._ipp._tcp.far.example',
];
const HOSTS = ['h.example.com', 'H.example.com', 'alias.example.com', 'i.far.example'];
const TTLS = [0, 0, 1, 5, 120, 4500, MAX_ADD_TTL];

/** All records that the inputs speak of: few, so that they meet. */
export const RECORDS: readonly ResourceRecord[] = [
  ...TYPES.map((type) => ptr(SERVICES, type)),
  ...INSTANCES.flatMap((instance) => TYPES.map((type) => ptr(type, instance))),
  ...INSTANCES.flatMap((instance) => HOSTS.map((host, at) => srv(instance, host, 631 * at, at % 2, at))),
  ...INSTANCES.flatMap((instance) => [
    txt(instance, 'txtvers=1', 'note=é'),
    txt(instance, ''),
    txt(instance),
  ]),
  ...HOSTS.flatMap((host) => [a(host, '192.0.2.1'), a(host, '192.0.2.2'), aaaa(host, '2001:db8::1')]),
  cname('alias.example.com', 'h.example.com'),
  cname('h.example.com', 'alias.example.com'),
  cname(INSTANCES[0]!, INSTANCES[1]!),
  cname(TYPES[2]!, TYPES[0]!),
];

const { A, AAAA, CNAME, PTR, SRV, TXT, ANY } = RecordType;

/** Some of the records: what one input speaks of. */
export interface Corner {
  readonly records: readonly ResourceRecord[];
}

/** The records of a few names, so that the parts of an input have to do with one another. */
export function anyCorner(random: Random): Corner {
  const names = new Set(random.times(1 + random.below(5), () => random.pick(RECORDS).name.key));
  return { records: RECORDS.filter(({ name }) => names.has(name.key)) };
}

/** A question that one of the records may answer. */
export function anyQuestion(random: Random, { records }: Corner = { records: RECORDS }): Question {
  const { name, type: known } = random.pick(records);
  const type = random.oneIn(2) ? known : random.pick([A, AAAA, CNAME, PTR, SRV, TXT, ANY]);
  const recordClass = random.oneIn(8) ? RecordClass.ANY : RecordClass.IN;
  return { name, type, class: recordClass };
}

/** A change of one of the records, in any of the forms that PUSH has. */
export function anyChange(random: Random, { records }: Corner = { records: RECORDS }): Change {
  const record = { ...random.pick(records), ttlSeconds: random.pick(TTLS) };
  const { name, type, class: recordClass } = record;
  switch (random.below(10)) {
    case 0:
    case 1:
      return { kind: 'remove', record: { ...record, ttlSeconds: REMOVE_ONE_TTL } };
    case 2:
      return { kind: 'remove-rrset', name, type, class: recordClass };
    case 3:
      return random.oneIn(2)
        ? { kind: 'remove-class', name, class: recordClass }
        : { kind: 'remove-name', name };
    default:
      return { kind: 'add', record };
  }
}
