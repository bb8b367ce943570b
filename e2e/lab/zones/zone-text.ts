import type { LabZone } from './lab-zone.ts';

/** A delegation: the zone that it leads to, and its DS records without owner. */
export interface Delegated {
  readonly origin: string;
  readonly ds: readonly string[];
}

/** An unsigned zone as a master file, with its delegations. */
export function zoneText({ origin, records }: LabZone, delegations: readonly Delegated[] = []): string {
  const lines = delegations.flatMap((child) => [
    `${child.origin}. NS ns.lab.`,
    ...child.ds.map((rdata) => `${child.origin}. ${rdata}`),
  ]);
  return `$ORIGIN ${origin}.
$TTL 300
@ SOA ns.lab. hostmaster.lab. 1 300 60 86400 30
@ NS ns.lab.
${[...records, ...lines].map((line) => `${line}\n`).join('')}`;
}
