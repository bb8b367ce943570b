import type { Name } from '../../protocol/wire/name.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import { recordKey } from '../../protocol/wire/record.ts';
import { nameRdata, soaRdata, srvRdata } from '../../protocol/wire/rdata.ts';
import { Rcode, RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { isMetaType } from './zone-file.ts';
import type { Zone } from './zone.ts';
import type { Zones } from './zones.ts';

/** The body of a response to a query. */
export interface Answer {
  readonly rcode: number;
  readonly isAuthoritative: boolean;
  readonly answers: readonly ResourceRecord[];
  readonly authorities: readonly ResourceRecord[];
  readonly additionals: readonly ResourceRecord[];
}

/** Whole-zone transfers, which are not offered here (RFC 5936, RFC 1995). */
const TRANSFER_TYPES: ReadonlySet<number> = new Set([251, 252]);

/**
 * Answers a question from the zones: aliases followed as far as they lead within them, the SOA in Authority where there
 * is nothing (RFC 2308 §3), and in Additional what asks itself next (RFC 6763 §12). Outside the zones it is REFUSED.
 */
export function answerQuestion(zones: Zones, question: Question): Answer {
  const isServedClass = question.class === RecordClass.IN || question.class === RecordClass.ANY;
  if (!zones.isAuthoritative(question.name) || !isServedClass || TRANSFER_TYPES.has(question.type)) {
    return bare(Rcode.REFUSED);
  }
  if (isMetaType(question.type) && question.type !== RecordType.ANY) return bare(Rcode.NOTIMP);

  const answers: ResourceRecord[] = [];
  const visited = new Set<string>();
  let name = question.name;
  let zone = zones.zoneOf(name);
  while (zone !== undefined && !visited.has(name.key)) {
    visited.add(name.key);
    const records = zones.matching({ ...question, name });
    if (records.length === 0) return negative(zone, name, answers);
    answers.push(...records);
    const alias = isChased(question.type) ? records.find(({ type }) => type === RecordType.CNAME) : undefined;
    if (alias === undefined) break;
    name = nameRdata(alias.rdata);
    zone = zones.zoneOf(name);
  }
  const additionals = additionalRecords(zones, answers);
  return { rcode: Rcode.NOERROR, isAuthoritative: true, answers, authorities: [], additionals };
}

function bare(rcode: number): Answer {
  return { rcode, isAuthoritative: false, answers: [], authorities: [], additionals: [] };
}

function isChased(type: number): boolean {
  return type !== RecordType.CNAME && type !== RecordType.ANY;
}

/** NODATA, or NXDOMAIN where not even the name is: the SOA says for how long that may be believed (RFC 2308 §3). */
function negative(zone: Zone, name: Name, answers: readonly ResourceRecord[]): Answer {
  const { soa } = zone;
  const ttlSeconds = Math.min(soa.ttlSeconds, soaRdata(soa.rdata).minimumSeconds);
  return {
    rcode: zone.exists(name) ? Rcode.NOERROR : Rcode.NXDOMAIN,
    isAuthoritative: true,
    answers,
    authorities: [{ ...soa, ttlSeconds }],
    additionals: [],
  };
}

/** SRV and TXT of the instances that PTR records name, and the addresses of the hosts that SRV records name (RFC 6763 §12). */
function additionalRecords(zones: Zones, answers: readonly ResourceRecord[]): readonly ResourceRecord[] {
  const instances = answers
    .filter(({ type }) => type === RecordType.PTR)
    .flatMap(({ rdata }) => {
      const records = zones.matching({ name: nameRdata(rdata), type: RecordType.ANY, class: RecordClass.IN });
      return records.filter(({ type }) => type === RecordType.SRV || type === RecordType.TXT);
    });
  const hosts = [...answers, ...instances]
    .filter(({ type }) => type === RecordType.SRV)
    .flatMap(({ rdata }) => {
      const records = zones.matching({
        name: srvRdata(rdata).target,
        type: RecordType.ANY,
        class: RecordClass.IN,
      });
      return records.filter(({ type }) => type === RecordType.A || type === RecordType.AAAA);
    });
  const additionals = new Map([...instances, ...hosts].map((record) => [recordKey(record), record]));
  for (const record of answers) additionals.delete(recordKey(record));
  return [...additionals.values()];
}
