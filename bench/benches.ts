import { burst } from './burst.ts';
import { decode } from './decode.ts';
import { discovery } from './discovery.ts';
import type { Figure } from './figure.ts';
import { idle } from './idle.ts';
import { ingest } from './ingest.ts';
import { pause } from './pause.ts';
import { pushToRow } from './push-to-row.ts';
import { scale } from './scale.ts';
import { start } from './start.ts';

/** One command's worth of figures. */
export interface Bench {
  readonly name: string;
  /** What it measures, in one line of the help. */
  readonly summary: string;
  readonly run: (say: (line: string) => void) => readonly Figure[] | Promise<readonly Figure[]>;
}

/** Every bench, in the order in which they run when none is named. */
export const BENCHES: readonly Bench[] = [
  { name: 'decode', summary: 'B1: records decoded, against dns-packet', run: decode },
  { name: 'ingest', summary: 'B2: octets to published rows, against TLS and dns-packet', run: ingest },
  { name: 'idle', summary: 'B7: a minute in which nothing happens in four domains', run: idle },
  {
    name: 'start',
    summary: 'B5: from the start of the process to the first service of the last run on the screen',
    run: start,
  },
  { name: 'scale', summary: 'B8: one change among 100,000 services, against one among 1,000', run: scale },
  { name: 'burst', summary: 'B9: a first burst of 10,000 records, and how long it blocks', run: burst },
  {
    name: 'push-to-row',
    summary: 'B4, B3: from a PUSH to a line of browse, and to a painted row',
    run: pushToRow,
  },
  {
    name: 'pause',
    summary: 'B12: from hidden or asleep to the last close_notify on the wire',
    run: pause,
  },
  {
    name: 'discovery',
    summary: 'B10: round trips and time to the first PUSH, validated or not, in the DNS lab',
    run: discovery,
  },
];
