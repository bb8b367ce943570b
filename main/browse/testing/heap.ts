import { queryObjects, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/** What is left when all that is not needed has been collected. */
export interface HeapUse {
  readonly octets: number;
  /** Plain objects, maps, octets and the like: the runtime itself makes few, where its code takes more room the longer it runs. */
  readonly objects: number;
}

/** Collects what is not needed, and measures what is left. */
export function heapUse(): HeapUse {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
  const octets = process.memoryUsage().heapUsed;
  const kinds = [Object, Map, Set, Promise, Uint8Array];
  return { octets, objects: kinds.reduce((sum, kind) => sum + queryObjects(kind, { format: 'count' }), 0) };
}
