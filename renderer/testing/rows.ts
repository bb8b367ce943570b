import type { DomainRow, ServiceRow, Snapshot } from '../../main/contract/api.ts';

/** A service of `office.test`; its id follows from its name and type unless one is given. */
export function service(instance: string, fields: Partial<ServiceRow> = {}): ServiceRow {
  const type = fields.type ?? '_http._tcp';
  return {
    id: `${instance}.${type}.office.test`.toLowerCase(),
    domain: 'office.test',
    type,
    typeName: `Name of ${type}`,
    category: 'web',
    instance,
    host: 'host.office.test',
    port: 80,
    addresses: ['192.0.2.1'],
    txt: [],
    via: 'push',
    standing: 'live',
    details: 'watched',
    sinceMs: 1_000,
    changedMs: 1_000,
    ...fields,
  };
}

/** A live domain. */
export function domain(name: string, fields: Partial<DomainRow> = {}): DomainRow {
  return {
    id: name,
    name,
    state: 'live',
    step: null,
    reason: null,
    server: `push.${name}:853`,
    trust: null,
    polled: null,
    services: 0,
    unconfirmed: 0,
    asOfMs: null,
    settledMs: 0,
    sinceMs: 0,
    ...fields,
  };
}

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

/** A snapshot of some services of `office.test`, which has settled. */
export function snapshotOf(revision: number, services: readonly ServiceRow[]): Snapshot {
  return { revision, tables: { ...NO_ROWS, domains: [domain('office.test')], services } };
}
