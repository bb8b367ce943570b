import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Name } from '../../protocol/wire/name.ts';
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { ByteWriter } from '../../protocol/wire/writer.ts';
import { recordText } from './record-text.ts';
import { records } from './testing/zone-fixture.ts';

function record(name: Name, type: number, rdata: Uint8Array): ResourceRecord {
  return { name, type, class: RecordClass.IN, ttlSeconds: 60, rdata };
}

const label = fc.uint8Array({ minLength: 1, maxLength: 20 });
const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => Name.ofLabels(labels));

test('a TXT record of any octets reads back as it was written', () => {
  const texts = fc.array(fc.uint8Array({ maxLength: 255 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(name, texts, (owner, strings) => {
      const writer = new ByteWriter();
      for (const octets of strings) {
        writer.u8(octets.length);
        writer.octets(octets);
      }
      const written = record(owner, RecordType.TXT, writer.finish());
      expect(records(recordText(written))).toEqual([written]);
    }),
  );
});

test('a PTR record of any octets reads back as it was written', () => {
  fc.assert(
    fc.property(name, name, (owner, target) => {
      const written = record(owner, RecordType.PTR, target.wire);
      expect(records(recordText(written))).toEqual([written]);
    }),
  );
});

test.each([
  'x.office.test. 60 IN A 192.0.2.1',
  'x.office.test. 60 IN AAAA 2001:db8::1',
  'x.office.test. 60 IN NS ns.office.test.',
  'x.office.test. 60 IN CNAME y.office.test.',
  'x.office.test. 60 IN MX 10 mail.office.test.',
  'x.office.test. 60 IN SRV 0 5 631 host.office.test.',
  'x.office.test. 60 IN SOA ns.office.test. hm.office.test. 1 2 3 4 5',
  'x.office.test. 60 IN TXT "txtvers=1" ""',
  'x.office.test. 60 IN TYPE65280 \\# 2 01ff',
  'x.office.test. 60 IN TYPE65280 \\# 0',
])('"%s" is written as it is read', (line) => {
  expect(records(line).map(recordText)).toEqual([line]);
});
