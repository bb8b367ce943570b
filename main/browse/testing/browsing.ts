import type { DomainRow, ServiceRow } from '../../contract/api.ts';
import type { Change } from '../../../protocol/push/change.ts';
import { Name } from '../../../protocol/wire/name.ts';
import type { ResourceRecord } from '../../../protocol/wire/record.ts';
import { readRecords } from '../../demo/zone-file.ts';
import type { WorkspaceDependencies } from '../workspace-dependencies.ts';
import { Workspace } from '../workspace.ts';
import { Ether } from './ether.ts';

/** A small zone with one printer; its push server is push.office.test port 853. */
export const OFFICE = `
$ORIGIN office.test.
$TTL 120
@ SOA ns hostmaster 1 300 60 86400 10
@ NS ns
ns A 192.0.2.1
push A 192.0.2.2
_dns-push-tls._tcp SRV 0 0 853 push
_services._dns-sd._udp PTR _ipp._tcp
_ipp._tcp PTR Laser._ipp._tcp
Laser._ipp._tcp SRV 0 0 631 laser
Laser._ipp._tcp TXT "txtvers=1" "ty=Acme Laser"
laser A 192.0.2.10
`;

/** A workspace on a network in memory. */
export class Browsing {
  readonly ether: Ether;
  readonly workspace: Workspace;

  /** Zones, and what the workspace is given otherwise than here, such as the memory that a window has. */
  constructor(...parts: readonly (string | Partial<WorkspaceDependencies>)[]) {
    this.ether = new Ether(...parts.filter((part) => typeof part === 'string'));
    const others = parts.filter((part) => typeof part !== 'string');
    this.workspace = new Workspace({
      clock: this.ether.clock,
      connect: this.ether.connect,
      checkTcp: this.ether.checkTcp,
      random: () => 0.5,
      resolverAt: () => this.ether.resolver,
      enumerationBases: () => Promise.resolve([]),
      updateIntervalMs: 50,
      ...Object.assign({}, ...others),
    });
  }

  /** Watches a domain and lets everything happen that follows. */
  async watch(domain: string): Promise<void> {
    const result = this.workspace.watch({ domain });
    if (!result.ok) throw new Error(result.message);
    await this.ether.flow();
  }

  domain(id = 'office.test'): DomainRow | undefined {
    return this.workspace.snapshot().tables.domains.find((row) => row.id === id);
  }

  get services(): readonly ServiceRow[] {
    return this.workspace.snapshot().tables.services;
  }

  /** Changes a zone; lines in master file form, relative to it. */
  change(how: 'add' | 'remove', lines: string, zone = 'office.test'): void {
    const origin = Name.of(zone);
    const changes = recordsOf(lines, origin).map((record): Change => ({ kind: how, record }));
    this.ether.zones.zone(origin)!.apply(changes);
  }

  /** Ends it and gives up what waits; what is left then is a leak. */
  async end(): Promise<number> {
    const closed = this.workspace.close();
    await this.ether.pass(1_000);
    await closed;
    return this.ether.clock.waiting;
  }
}

function recordsOf(lines: string, origin: Name): readonly ResourceRecord[] {
  const read = readRecords(`$TTL 120\n${lines}`, origin, 'change');
  if (!read.ok) throw new TypeError(read.message);
  return read.records;
}
