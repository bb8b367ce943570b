import type { ServiceRow, TxtValue } from '../contract/api.ts';
import type { Service } from '../../protocol/dnssd/service.ts';
import { serviceTypeInfo } from '../../protocol/dnssd/service-types.ts';
import type { TxtValue as PublishedValue } from '../../protocol/dnssd/txt.ts';
import { unreachable } from '../../protocol/errors.ts';
import type { Name } from '../../protocol/wire/name.ts';
import { foldAscii } from '../../protocol/wire/name.ts';
import { hexOf, utf8Of } from '../../protocol/wire/text.ts';

/** What a row says beside the service itself. */
export interface RowContext {
  readonly id: string;
  /** The id of the domain's row. */
  readonly domain: string;
  readonly via: ServiceRow['via'];
  readonly standing: ServiceRow['standing'];
  readonly details: ServiceRow['details'];
  readonly sinceMs: number;
  readonly changedMs: number;
}

/** The id of a service's row: the same for names that DNS holds equal, and different for each domain that lists it. */
export function serviceId(domainId: string, name: Name): string {
  return `${domainId} ${foldAscii(nameText(name))}`;
}

/** A service as a window shows it. */
export function serviceRow(service: Service, context: RowContext): ServiceRow {
  const { name: typeName, category } = serviceTypeInfo(service.type);
  const { id, domain, via, standing, details, sinceMs, changedMs } = context;
  // Field by field: with a spread the row would take five times as long to make.
  return {
    id,
    domain,
    via,
    standing,
    details,
    sinceMs,
    changedMs,
    type: service.type,
    typeName,
    category,
    instance: service.instanceLabel,
    host: service.host === undefined ? null : nameText(service.host),
    port: service.port ?? null,
    addresses: service.addresses.length === 0 ? null : service.addresses,
    txt: service.txt?.entries.map(({ key, value }) => [key, txtValue(value)] as const) ?? null,
  };
}

/** A row completed so, which then is no more than `checking`; the same row where nothing is wanting. */
export function completedRow(row: ServiceRow, earlier: ServiceRow): ServiceRow {
  const filled = filledRow(row, earlier);
  return filled === row || filled.standing !== 'live' ? filled : { ...filled, standing: 'checking' };
}

/** A row of a service whose details are not all told, with what was last known of them; `kept` is undefined when nothing was. */
export function unwatchedRow(row: ServiceRow, kept: ServiceRow | undefined): ServiceRow {
  const filled = kept === undefined ? row : filledRow(row, kept);
  const knowsNothing = filled.host === null && filled.addresses === null && filled.txt === null;
  const details = knowsNothing ? 'unasked' : 'remembered';
  return filled.details === details ? filled : { ...filled, details };
}

/**
 * A row that says what an earlier one of the same service said wherever nothing has arrived yet, but not the addresses of
 * another host; the same row where nothing is wanting.
 */
function filledRow(row: ServiceRow, earlier: ServiceRow): ServiceRow {
  const lacksHost = row.host === null && earlier.host !== null;
  const isSameHost = lacksHost || row.host === earlier.host;
  const lacksAddresses = isSameHost && row.addresses === null && earlier.addresses !== null;
  const lacksTxt = row.txt === null && earlier.txt !== null;
  if (!lacksHost && !lacksAddresses && !lacksTxt) return row;
  return {
    ...row,
    ...(lacksHost ? { host: earlier.host, port: earlier.port } : {}),
    ...(lacksAddresses ? { addresses: earlier.addresses } : {}),
    ...(lacksTxt ? { txt: earlier.txt } : {}),
  };
}

/** A name without the root's dot, as people write it. */
export function nameText(name: Name): string {
  const text = name.toString();
  return text.length > 1 ? text.slice(0, -1) : text;
}

function txtValue(value: PublishedValue): TxtValue {
  switch (value.kind) {
    case 'present':
      return true;
    case 'empty':
      return '';
    case 'octets':
      return utf8Of(value.octets) ?? { hex: hexOf(value.octets) };
    default:
      return unreachable(value);
  }
}
