import { networkInterfaces } from 'node:os';
import { systemDns } from '../net/system-dns.ts';
import type { EnumerationBase } from './enumeration.ts';
import { enumerationBases } from './enumeration.ts';

/** Where this machine looks for domains to browse, as its network is now. */
export async function machineBases(): Promise<readonly EnumerationBase[]> {
  const { searchDomains } = await systemDns();
  return enumerationBases(searchDomains, networkInterfaces());
}
