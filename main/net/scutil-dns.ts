import type { SystemDns } from './dns-list.ts';
import { DNS_PORT, dnsList } from './dns-list.ts';

/** How macOS is asked. */
export const SCUTIL = ['/usr/sbin/scutil', '--dns'] as const;

/** Where the resolvers of single interfaces begin, which are the same again. */
const SCOPED = /^DNS configuration \(for scoped queries\)/m;
const FIELD = /^\s*(domain|port|nameserver\[\d+\]|search domain\[\d+\]|options)\s*:\s*(\S+)\s*$/;

interface Field {
  readonly key: string;
  readonly value: string;
}

/**
 * Reads what `scutil --dns` prints: the resolvers that serve every domain, in order, those of single domains
 * (`domain : corp.example`), and all search domains. Those of multicast (`options : mdns`) name no resolver.
 */
export function parseScutil(text: string): SystemDns {
  const [general = ''] = text.split(SCOPED);
  const blocks = general
    .split(/^resolver #\d+\s*$/m)
    .slice(1)
    .map((block) => block.split('\n').flatMap((line) => fieldOf(line)));
  const forAll = blocks.filter((fields) => domainOf(fields) === undefined);
  return dnsList({
    hosts: forAll.flatMap((fields) => hostsOf(fields)),
    domains: blocks.flatMap((fields) => valuesOf(fields, 'search domain[')),
    routes: blocks.flatMap((fields) => {
      const domain = domainOf(fields);
      return domain === undefined ? [] : [{ domain, hosts: hostsOf(fields) }];
    }),
  });
}

function fieldOf(line: string): readonly Field[] {
  const [, key = '', value = ''] = FIELD.exec(line) ?? [];
  return key === '' ? [] : [{ key, value }];
}

function domainOf(fields: readonly Field[]): string | undefined {
  return valuesOf(fields, 'domain')[0];
}

/** A file in /etc/resolver may give a port for all its servers. */
function hostsOf(fields: readonly Field[]): readonly string[] {
  const [port = String(DNS_PORT)] = valuesOf(fields, 'port');
  const hosts = valuesOf(fields, 'nameserver[');
  return port === String(DNS_PORT) ? hosts : hosts.map((host) => `[${host}]:${port}`);
}

function valuesOf(fields: readonly Field[], prefix: string): readonly string[] {
  return fields.filter(({ key }) => key.startsWith(prefix)).map(({ value }) => value);
}
