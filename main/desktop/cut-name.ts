import { printable } from '../browse/printable.ts';

/** A name from the network, fit for what the system shows of Herald: in one line, at most so many characters of it. */
export function cutName(name: string, most: number): string {
  const text = printable(name);
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}
