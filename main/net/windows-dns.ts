import { z } from 'zod';
import type { SystemDns } from './dns-list.ts';
import { dnsList } from './dns-list.ts';

/**
 * What Windows is asked: of the interfaces that are connected, the one with the lowest metric first, and of the table of
 * names that have resolvers of their own (NRPT), which older and home editions lack.
 */
const SCRIPT = [
  'try { [Console]::OutputEncoding = [Text.Encoding]::UTF8 } catch { }',
  '$up = Get-NetIPInterface -ConnectionState Connected | Sort-Object InterfaceMetric',
  '$servers = @($up | ForEach-Object { Get-DnsClientServerAddress -InterfaceIndex $_.InterfaceIndex -AddressFamily $_.AddressFamily })',
  '$suffixes = @((Get-DnsClientGlobalSetting).SuffixSearchList) + @($up | ForEach-Object { (Get-DnsClient -InterfaceIndex $_.InterfaceIndex).ConnectionSpecificSuffix })',
  'try { $rules = @(Get-DnsClientNrptPolicy -Effective -ErrorAction Stop) } catch { $rules = @() }',
  '@{ servers = @($servers | Select-Object ServerAddresses); suffixes = $suffixes; rules = @($rules | Select-Object Namespace, NameServers) } | ConvertTo-Json -Depth 4 -Compress',
].join('; ');

/** How Windows is asked. */
export const POWERSHELL = ['powershell.exe', '-NoProfile', '-NonInteractive', '-Command', SCRIPT] as const;

/** Windows PowerShell writes a list of one as its only element, and some lists as `{"value":[…],"Count":2}`. */
const TEXTS = z
  .union([
    z.array(z.string().nullable()),
    z.string().transform((text) => [text]),
    z.object({ value: z.array(z.string().nullable()) }).transform(({ value }) => value),
    z.null().transform(() => []),
  ])
  .transform((texts) => texts.flatMap((text) => (text === null || text === '' ? [] : [text])));

const ANSWER = z.object({
  servers: z.array(z.object({ ServerAddresses: TEXTS })),
  suffixes: TEXTS,
  rules: z.array(z.object({ Namespace: TEXTS, NameServers: TEXTS })).default([]),
});

/** Windows names these where nobody has set any; nothing answers there (RFC 3879). */
const SITE_LOCAL = /^fec0:/i;
/** A rule for all names. */
const EVERYTHING = '.';

/** Reads what that prints: resolvers, suffixes, and names that are asked elsewhere; undefined when it is something else. */
export function parseWindowsDns(text: string): SystemDns | undefined {
  const parsed = ANSWER.safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
  const { servers, suffixes, rules } = parsed.data;
  const ofInterfaces = servers
    .flatMap(({ ServerAddresses }) => ServerAddresses)
    .filter((host) => !SITE_LOCAL.test(host));
  const ofEverything = rules.find(
    ({ Namespace, NameServers }) => Namespace.includes(EVERYTHING) && NameServers.length > 0,
  );
  return dnsList({
    hosts: ofEverything?.NameServers ?? ofInterfaces,
    domains: suffixes,
    routes: rules.flatMap(({ Namespace, NameServers }) =>
      Namespace.filter((name) => name.startsWith('.') && name !== EVERYTHING).map((name) => ({
        domain: name.slice(1),
        // Without a server a rule is an exception from a wider one.
        hosts: NameServers.length > 0 ? NameServers : ofInterfaces,
      })),
    ),
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
