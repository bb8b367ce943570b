import { OFFICE } from './browsing.ts';

/** A zone of so many printers, each on a host of its own. */
export function printers(count: number): string {
  const lines = Array.from({ length: count }, (_, at) => {
    const name = `P${at}._ipp._tcp`;
    return `_ipp._tcp PTR ${name}\n${name} SRV 0 0 631 h${at}\n${name} TXT "note=Room ${at}"\nh${at} A 192.0.2.${at % 250}`;
  });
  const [head] = OFFICE.split('_ipp._tcp PTR');
  return `${head}${lines.join('\n')}\n`;
}

/** The id of the row of a printer. */
export const rowId = (at: number): string => `office.test p${at}._ipp._tcp.office.test`;
/** The id of the row of a printer. */
export /** The same of so many, from one on. */
const rowIds = (from: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => rowId(from + at));
