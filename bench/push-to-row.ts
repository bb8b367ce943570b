import type { Figure } from './figure.ts';
import { pushToLine } from './push-to-line.ts';

/** B4 and B3: from the server's write to the line on the command line, and to the painted row in the window. */
export async function pushToRow(): Promise<readonly Figure[]> {
  return [await pushToLine()];
}
