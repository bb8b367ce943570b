import type { SystemDns } from './dns-list.ts';
import { dnsList } from './dns-list.ts';

/** How macOS is asked. */
export const SCUTIL = ['/usr/sbin/scutil', '--dns'] as const;

/** Where the resolvers of single interfaces begin, which are the same again. */
const SCOPED = /^DNS configuration \(for scoped queries\)/m;
const FIELD = /^\s*(domain|nameserver\[\d+\]|search domain\[\d+\]|options)\s*:\s*(\S+)\s*$/;

/**
 * Reads what `scutil --dns` prints: the resolvers that serve every domain, in order, and all search domains. Those for one
 * domain alone (`domain : local`, `options : mdns`) answer nothing else and are passed over.
 */
export function parseScutil(text: string): SystemDns {
  const [general = ''] = text.split(SCOPED);
  const hosts: string[] = [];
  const domains: string[] = [];
  for (const block of general.split(/^resolver #\d+\s*$/m).slice(1)) {
    const fields = block.split('\n').flatMap((line) => {
      const [, key = '', value = ''] = FIELD.exec(line) ?? [];
      return key === '' ? [] : [{ key, value }];
    });
    domains.push(...valuesOf(fields, 'search domain['));
    if (!fields.some(({ key }) => key === 'domain')) hosts.push(...valuesOf(fields, 'nameserver['));
  }
  return dnsList(hosts, domains);
}

function valuesOf(
  fields: readonly { readonly key: string; readonly value: string }[],
  prefix: string,
): readonly string[] {
  return fields.filter(({ key }) => key.startsWith(prefix)).map(({ value }) => value);
}
