import type { SystemDns } from './dns-list.ts';
import { dnsList } from './dns-list.ts';

/**
 * Reads the text of a resolv.conf: every `nameserver` that is an address, and the last of the `search` and `domain` lines.
 * What else it holds, mistakes included, is passed over, as the C library does. A comment may end a line: systemd-resolved
 * and busybox write some, which the C library takes for domains.
 */
export function parseResolvConf(text: string): SystemDns {
  const lines = text.split(/\r?\n/).map((line) => wordsOf(line));
  const hosts = lines.flatMap(([keyword, host]) =>
    keyword === 'nameserver' && host !== undefined ? [host] : [],
  );
  const search = lines.findLast(([keyword]) => keyword === 'search' || keyword === 'domain');
  const domains = search?.[0] === 'domain' ? search.slice(1, 2) : (search?.slice(1) ?? []);
  return dnsList({ hosts, domains });
}

function wordsOf(line: string): readonly string[] {
  const words = line.split(/\s+/).filter((word) => word !== '');
  const comment = words.findIndex((word) => word.startsWith('#') || word.startsWith(';'));
  return comment === -1 ? words : words.slice(0, comment);
}
