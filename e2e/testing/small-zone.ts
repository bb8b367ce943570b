import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Writes a zone file that holds a zone and, unless told otherwise, nothing else; returns its name. */
export async function smallZone(
  folder: string,
  origin: string,
  lines: readonly string[] = [],
): Promise<string> {
  const file = path.join(folder, `${origin}.zone`);
  const apex = [
    '$TTL 60',
    `$ORIGIN ${origin}.`,
    '@ SOA ns hostmaster 1 1h 10m 1w 10',
    '  NS ns',
    'ns A 192.0.2.1',
  ];
  await writeFile(file, `${[...apex, ...lines].join('\n')}\n`);
  return file;
}
