import { readdirSync } from 'node:fs';
import { heapUse } from '../../main/browse/testing/heap.ts';
import type { Holding } from './growth.ts';

/** What this process holds now. */
export function holding(): Holding {
  const { octets, objects } = heapUse();
  return {
    heap: octets,
    objects,
    handles: process.getActiveResourcesInfo().length,
    descriptors: openDescriptors(),
  };
}

/** Linux and macOS show the open files of a process in a folder. */
function openDescriptors(): number | undefined {
  try {
    return readdirSync('/dev/fd').length;
  } catch {
    return undefined; // another system
  }
}
