import { isIPv6 } from 'node:net';
import type { SystemDns } from './dns-list.ts';
import { dnsList } from './dns-list.ts';

/** How systemd-resolved is asked. */
export const RESOLVECTL = ['resolvectl', 'status', '--no-pager'] as const;

/** What systemd-resolved says of one link, or of all together. */
interface Scope {
  readonly hosts: readonly string[];
  /** Names below `office.test` and `~office.test` are asked here; `~.` stands for all names. */
  readonly domains: readonly string[];
  readonly isDefault: boolean;
  readonly isOverTls: boolean;
}

const HEAD = /^(Global|Link \d+ \((.*)\))\s*$/;
/** Some versions leave out the colon behind the lists of servers. */
const FIELD =
  /^\s*(?:([A-Za-z][A-Za-z0-9. ]*?):(?=\s|$)|((?:Current |Fallback )?DNS Servers?)(?=\s))\s*(.*)$/;
const EVERYTHING = '~.';

/**
 * Reads what `resolvectl status` prints: who answers for everything, and who for the domains of single links, which is
 * more than resolv.conf can say. `over-tls` when resolved speaks TLS to any of them, so that nobody else should ask them in
 * clear text; undefined when it names nobody.
 */
export function parseResolvectl(text: string): SystemDns | 'over-tls' | undefined {
  const scopes = scopesOf(text).filter(({ hosts }) => hosts.length > 0);
  if (scopes.some(({ isOverTls }) => isOverTls)) return 'over-tls';
  const ofEverything = scopes.filter(({ domains }) => domains.includes(EVERYTHING));
  const general = ofEverything.length > 0 ? ofEverything : scopes.filter(({ isDefault }) => isDefault);
  const list = dnsList({
    hosts: general.flatMap(({ hosts }) => hosts),
    domains: scopes.flatMap(({ domains }) => domains.filter((domain) => !domain.startsWith('~'))),
    routes: scopes.flatMap(({ hosts, domains }) =>
      domains.map((domain) => ({ domain: domain.replace(/^~/, ''), hosts })),
    ),
  });
  return list.servers.length > 0 ? list : undefined;
}

function scopesOf(text: string): readonly Scope[] {
  const scopes: Scope[] = [];
  let link = '';
  let key = '';
  let fields = new Map<string, string[]>();
  const end = (): void => void scopes.push(scopeOf(link, fields));
  for (const line of text.split('\n')) {
    const head = HEAD.exec(line);
    if (head !== null) {
      end();
      [, , link = ''] = head;
      key = '';
      fields = new Map();
      continue;
    }
    const [, named, list, rest = line] = FIELD.exec(line) ?? [];
    key = named ?? list ?? key; // a line without a name goes on with the one before
    const words = rest.split(/\s+/).filter((word) => word !== '');
    fields.set(key, [...(fields.get(key) ?? []), ...words]);
  }
  end();
  return scopes;
}

function scopeOf(link: string, fields: ReadonlyMap<string, readonly string[]>): Scope {
  const of = (key: string): readonly string[] => fields.get(key) ?? [];
  const domains = of('DNS Domain');
  const protocols = of('Protocols');
  const stated =
    of('Default Route')[0] ??
    of('DefaultRoute setting')[0] ??
    protocols.find((word) => word.endsWith('DefaultRoute'));
  const [tls = 'no'] = of('DNSOverTLS setting');
  return {
    hosts: of('DNS Servers').map((text) => hostOf(text, link)),
    domains,
    // Before it was stated, and for the global ones, only domains of their own keep servers from being asked for all names.
    isDefault: stated === undefined ? !domains.some((domain) => domain.startsWith('~')) : isYes(stated),
    isOverTls: tls !== 'no' || protocols.some((word) => /^(?:\+DNSOverTLS|DNSOverTLS=)/.test(word)),
  };
}

function isYes(word: string): boolean {
  return word === 'yes' || word.startsWith('+');
}

/** An address without its name for TLS, and with the link that a link-local one belongs to: the system knows no numbers. */
function hostOf(text: string, link: string): string {
  const [address = ''] = text.split('#');
  const [bare = ''] = address.split('%');
  return isIPv6(bare) && /^fe[89ab]/i.test(bare) ? `${bare}%${link}` : address;
}
