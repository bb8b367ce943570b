import type { Reply } from '../../protocol/discovery/procedure.ts';
import type { Endpoint } from './endpoint.ts';

/** A reply, and who answered: a server, or the memory of the resolver itself; undefined when nobody did. */
export type Resolved = Reply & { readonly from?: Endpoint | 'memory' };
