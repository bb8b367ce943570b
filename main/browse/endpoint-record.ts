import type { Name } from '../../protocol/wire/name.ts';
import { nameRdata, srvRdata } from '../../protocol/wire/rdata.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { nameText } from './rows.ts';

/** Longer chains of aliases are not followed. */
const MAX_ALIASES = 8;

/** Where a service is, as its row says. */
export interface ServiceEndpoint {
  /** The SRV target without the root's dot. */
  readonly host: string;
  readonly port: number;
}

/**
 * The SRV record that says that an instance is at an endpoint, found from what is known of questions; aliases of the
 * instance are followed. Undefined when no record says so.
 */
export function endpointRecord(
  instance: Name,
  { host, port }: ServiceEndpoint,
  known: (question: Question) => readonly ResourceRecord[],
): ResourceRecord | undefined {
  let name = instance;
  for (let aliases = 0; aliases <= MAX_ALIASES; aliases++) {
    const records = known({ name, type: RecordType.SRV, class: RecordClass.IN });
    const record = records.find(({ type, rdata }) => {
      const srv = type === RecordType.SRV ? srvRdata(rdata) : undefined;
      return srv?.port === port && nameText(srv.target) === host;
    });
    const alias = records.find(({ type }) => type === RecordType.CNAME);
    if (record !== undefined || alias === undefined) return record;
    name = nameRdata(alias.rdata);
  }
  return undefined;
}
