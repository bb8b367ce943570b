import { z } from 'zod';
import type { SystemDns } from './dns-list.ts';
import { dnsList } from './dns-list.ts';

/** What Windows is asked, of the interfaces that are connected only, the one with the lowest metric first. */
const SCRIPT = [
  '$up = Get-NetIPInterface -ConnectionState Connected | Sort-Object InterfaceMetric',
  '$servers = @($up | ForEach-Object { Get-DnsClientServerAddress -InterfaceIndex $_.InterfaceIndex -AddressFamily $_.AddressFamily })',
  '$suffixes = @((Get-DnsClientGlobalSetting).SuffixSearchList) + @($up | ForEach-Object { (Get-DnsClient -InterfaceIndex $_.InterfaceIndex).ConnectionSpecificSuffix })',
  '@{ servers = @($servers | Select-Object ServerAddresses); suffixes = $suffixes } | ConvertTo-Json -Depth 4 -Compress',
].join('; ');

/** How Windows is asked. */
export const POWERSHELL = ['powershell.exe', '-NoProfile', '-NonInteractive', '-Command', SCRIPT] as const;

const ANSWER = z.object({
  servers: z.array(z.object({ ServerAddresses: z.array(z.string()).nullable() })),
  suffixes: z.array(z.string().nullable()),
});

/** Windows names these where nobody has set any; nothing answers there (RFC 3879). */
const SITE_LOCAL = /^fec0:/i;

/** Reads what that prints: resolvers and suffixes; undefined when it is something else. */
export function parseWindowsDns(text: string): SystemDns | undefined {
  const parsed = ANSWER.safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
  const hosts = parsed.data.servers.flatMap(({ ServerAddresses }) => ServerAddresses ?? []);
  return dnsList(
    hosts.filter((host) => !SITE_LOCAL.test(host)),
    parsed.data.suffixes.flatMap((suffix) => (suffix === null || suffix === '' ? [] : [suffix])),
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
