import { readFileSync } from 'node:fs';
import { readRecords, readZoneFile } from '../../main/demo/zone-file.ts';
import { recordText } from '../../main/demo/record-text.ts';
import { readKeyFile } from '../../main/demo/tsig-key.ts';
import { Zones } from '../../main/demo/zones.ts';
import { mutantText, textTrial } from '../../protocol/testing/fuzz/text-trial.ts';
import type { FuzzTarget } from '../../protocol/testing/fuzz/trial.ts';
import { must } from '../../protocol/testing/fuzz/trial.ts';
import { Name } from '../../protocol/wire/name.ts';
import { recordKey } from '../../protocol/wire/record.ts';

const ZONE = readFileSync(new URL('../../assets/demo/office.zone', import.meta.url), 'utf8');
const SOA = '@ 60 SOA ns hm 1 1h 1h 1h 10\n@ 60 NS ns\n';
const KEY = 'key "herald-demo" {\n\talgorithm hmac-sha256;\n\tsecret "c2VjcmV0";\n};\n';

/** Any text is a zone, or refused with the place of what is wrong. */
export const zoneFileTarget: FuzzTarget = {
  name: 'zone-file',
  summary:
    'any text is a zone or refused with line and column, and what a zone holds can be written and read again',
  batch: 4096,
  trial: (random) => {
    if (random.oneIn(8)) return textTrial(mutantText(KEY, random), checkKeyFile);
    const lines = ZONE.split('\n');
    const some = random.times(1 + random.below(6), () => random.pick(lines));
    return textTrial(mutantText(`$ORIGIN office.test.\n${SOA}${some.join('\n')}\n`, random), checkZoneFile);
  },
};

function checkZoneFile(text: string): void {
  const read = readZoneFile(text, 'my.zone');
  if (!read.ok) {
    must(read.line >= 1 && read.column >= 1, `line ${read.line}, column ${read.column}`);
    must(read.line <= text.split(/\r\n?|\n/).length, `line ${read.line} is behind the last`);
    must(
      read.message.includes(`line ${read.line}, column ${read.column}: `),
      'the place is not in the message',
    );
    return;
  }
  const { zone } = read;
  const [served] = new Zones([zone]).all;
  must(
    served !== undefined && served.size === zone.records.length,
    'the zone serves other records than it holds',
  );
  const written = zone.records.map(recordText).join('\n');
  const again = readRecords(written, Name.root, 'written');
  must(again.ok, () => `what it holds is written as no records: ${again.ok ? '' : again.message}`);
  const keys = (records: typeof zone.records): string =>
    records.map((record) => `${record.ttlSeconds} ${record.name.exact} ${recordKey(record)}`).join('\n');
  must(
    keys(again.records) === keys(zone.records),
    () => `what it holds is written as other records: ${written}`,
  );
}

function checkKeyFile(text: string): void {
  const read = readKeyFile(text);
  must(
    read.ok ? read.key.secret.length > 0 : read.message.length > 0,
    'a key is empty, or a refusal says nothing',
  );
}
