import type { CommandResult } from '../contract/command.ts';
import type { ReadTrust } from '../net/domain-trust.ts';
import type { ResolverAddress } from '../net/resolver-address.ts';
import type { BrowseScope } from '../../protocol/dnssd/instance-name.ts';
import { scopeOf } from '../../protocol/dnssd/instance-name.ts';
import { foldAscii, parseName } from '../../protocol/wire/name.ts';
import { nameText } from './rows.ts';

/** A domain to watch, as settings and command lines name it. */
export interface DomainRequest {
  /** A domain, or a service type in one: `example.org`, `_ipp._tcp.example.org`. */
  readonly domain: string;
  /** The resolver that knows it, where that is not the system's. */
  readonly resolver?: ResolverAddress;
  /** Certificates to trust for it instead of the system's, as PEM. */
  readonly caPem?: string;
  /** It is there for this run only: nothing is kept of its services. */
  readonly isPassing?: boolean;
  /** Whether it is new, and was taken from what the network suggests. */
  readonly isSuggested?: boolean;
  /** Reads whom to trust for it and what to show, in place of `caPem`; anew whenever a server is looked for. */
  readonly trust?: () => ReadTrust;
}

/** What a domain's name was read as. */
export interface RequestedScope {
  readonly ok: true;
  /** The folded name of the scope: the id of its row. */
  readonly id: string;
  /** The name as shown. */
  readonly text: string;
  readonly scope: BrowseScope;
}

/** Reads the name of a domain to watch, or says why it is none. */
export function requestedScope(domain: string): RequestedScope | Extract<CommandResult, { ok: false }> {
  const parsed = parseName(domain);
  if (!parsed.ok) return parsed;
  if (parsed.name.isRoot) {
    return {
      ok: false,
      code: 'bad-name',
      message: 'The root of DNS lists no services: name a domain, such as example.org.',
    };
  }
  const scoped = scopeOf(parsed.name);
  if (!scoped.ok) return scoped;
  const text = nameText(parsed.name);
  return { ok: true, id: foldAscii(text), text, scope: scoped.scope };
}
