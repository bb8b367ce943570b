import type { DomainRow, ServiceRow, Snapshot } from '../api.ts';

/** Every table with nothing in it. */
export const NO_ROWS: Snapshot['tables'] = {
  activity: [],
  certificates: [],
  domains: [],
  ladders: [],
  services: [],
  sessions: [],
  departed: [],
  digests: [],
  favourites: [],
  callouts: [],
};

/** A live domain that lists nothing. */
export function domainRow(name: string, fields: Partial<DomainRow> = {}): DomainRow {
  return {
    id: name.toLowerCase(),
    name,
    state: 'live',
    step: null,
    reason: null,
    server: null,
    trust: null,
    polled: null,
    services: 0,
    unconfirmed: 0,
    asOfMs: null,
    settledMs: null,
    sinceMs: 0,
    ...fields,
  };
}

/** A live printer of `office.test`. */
export function printerRow(fields: Partial<ServiceRow> = {}): ServiceRow {
  return {
    id: 'office.test laser._ipp._tcp.office.test',
    domain: 'office.test',
    type: '_ipp._tcp',
    typeName: 'Printer (IPP)',
    category: 'printer',
    instance: 'Laser',
    host: 'laser.office.test',
    port: 631,
    addresses: ['192.0.2.10'],
    txt: [],
    via: 'push',
    standing: 'live',
    details: 'watched',
    sinceMs: 0,
    changedMs: 0,
    ...fields,
  };
}
