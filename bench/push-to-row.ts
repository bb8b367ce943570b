import type { Figure } from './figure.ts';
import { HeraldWindow } from './herald-window.ts';
import { pushToLine } from './push-to-line.ts';
import { pushToWindow } from './push-to-window.ts';

/** B4 and B3: from the server's write to the line on the command line, and to the painted row in the window, if there can be one. */
export async function pushToRow(say: (line: string) => void): Promise<readonly Figure[]> {
  const line = await pushToLine();
  const { missing } = HeraldWindow;
  if (missing === undefined) return [line, ...(await pushToWindow())];
  say(`The window is left out. ${missing}`);
  return [line];
}
