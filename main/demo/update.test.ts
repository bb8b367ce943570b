import { expect, test } from 'vitest';
import { emptyMessage } from '../../protocol/wire/message.ts';
import { Name } from '../../protocol/wire/name.ts';
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import { Opcode, rcodeName, RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { recordText } from './record-text.ts';
import { lines, record, zones } from './testing/zone-fixture.ts';
import { performUpdate } from './update.ts';

const { IN, NONE, ANY } = RecordClass;
const ZONE = { name: Name.of('office.test'), type: RecordType.SOA, class: IN };

/** A record without RDATA, as UPDATE has them (RFC 2136 §2.4, §2.5). */
function bare(name: string, type: number, recordClass: number): ResourceRecord {
  return {
    name: Name.of(`${name}.office.test`),
    type,
    class: recordClass,
    ttlSeconds: 0,
    rdata: new Uint8Array(),
  };
}

/** A record with RDATA, in a class and with TTL 0 unless told. */
function full(line: string, recordClass: number = IN, ttlSeconds = 0): ResourceRecord {
  return { ...record(line), class: recordClass, ttlSeconds };
}

function store() {
  return zones({
    'office.test.': 'host A 192.0.2.1\nhost A 192.0.2.2\nhost TXT "x"\nempty.below A 192.0.2.3',
    'lab.test.': '',
  });
}

/** Sends an update to a new store: the RCODE, and what changed but for the serial. */
function sent(parts: {
  zone?: typeof ZONE;
  prerequisites?: readonly ResourceRecord[];
  updates?: readonly ResourceRecord[];
}) {
  const all = store();
  const changes: string[] = [];
  all.onChange((batch) => changes.push(...lines(batch).filter((line) => !line.includes('SOA'))));
  const message = {
    ...emptyMessage(1),
    opcode: Opcode.UPDATE,
    questions: [parts.zone ?? ZONE],
    answers: parts.prerequisites ?? [],
    authorities: parts.updates ?? [],
  };
  return { rcode: rcodeName(performUpdate(all, message)), changes };
}

const ADD = full('new A 192.0.2.9', IN, 60);
const ADDED = ['+ new.office.test. 60 IN A 192.0.2.9'];

test.each([
  ['name in use', bare('host', RecordType.ANY, ANY), 'NOERROR'],
  ['name in use', bare('nobody', RecordType.ANY, ANY), 'NXDOMAIN'],
  ['name in use, but empty', bare('below', RecordType.ANY, ANY), 'NXDOMAIN'],
  ['name not in use', bare('nobody', RecordType.ANY, NONE), 'NOERROR'],
  ['name not in use', bare('host', RecordType.ANY, NONE), 'YXDOMAIN'],
  ['set exists', bare('HOST', RecordType.A, ANY), 'NOERROR'],
  ['set exists', bare('host', RecordType.AAAA, ANY), 'NXRRSET'],
  ['set does not exist', bare('host', RecordType.AAAA, NONE), 'NOERROR'],
  ['set does not exist', bare('host', RecordType.A, NONE), 'YXRRSET'],
])(
  'RFC 2136 §2.4: prerequisite "%s" on %o ends in %s, and the update is made only if it is met',
  (_, prerequisite, rcode) => {
    const { rcode: answered, changes } = sent({ prerequisites: [prerequisite], updates: [ADD] });
    expect(answered).toBe(rcode);
    expect(changes).toEqual(rcode === 'NOERROR' ? ADDED : []);
  },
);

test('RFC 2136 §2.4.2: a set with values is met by exactly those values, in any order and whatever their TTL', () => {
  const [one, two, three] = [full('host A 192.0.2.1'), full('HOST A 192.0.2.2'), full('host A 192.0.2.3')];
  const rcodes = [[two, one], [one], [one, two, three], [one, three], [full('host TXT "x"'), one, two]].map(
    (prerequisites) => sent({ prerequisites, updates: [ADD] }).rcode,
  );
  expect(rcodes).toEqual(['NOERROR', 'NXRRSET', 'NXRRSET', 'NXRRSET', 'NOERROR']);
});

test.each([
  ['a TTL', { ...bare('host', RecordType.A, ANY), ttlSeconds: 1 }, 'FORMERR'],
  ['RDATA', { ...full('host A 192.0.2.1'), class: ANY }, 'FORMERR'],
  ['RDATA in class NONE', { ...full('host A 192.0.2.1'), class: NONE }, 'FORMERR'],
  ['another class', bare('host', RecordType.A, RecordClass.CH), 'FORMERR'],
  ['a meta type', bare('host', RecordType.OPT, ANY), 'FORMERR'],
  ['no RDATA in the class of the zone', bare('host', RecordType.A, IN), 'FORMERR'],
  [
    'a name outside the zone',
    { ...bare('host', RecordType.A, ANY), name: Name.of('host.lab.test') },
    'NOTZONE',
  ],
])('RFC 2136 §3.2.5: a prerequisite with %s is refused', (_, prerequisite, rcode) => {
  expect(sent({ prerequisites: [prerequisite], updates: [ADD] })).toEqual({ rcode, changes: [] });
});

test.each([
  ['a zone that is not here', { ...ZONE, name: Name.of('other.test') }, 'NOTAUTH'],
  ['a name inside a zone', { ...ZONE, name: Name.of('host.office.test') }, 'NOTAUTH'],
  ['another class', { ...ZONE, class: RecordClass.CH }, 'NOTAUTH'],
  ['another type', { ...ZONE, type: RecordType.A }, 'FORMERR'],
])('RFC 2136 §3.1: a Zone section with %s is refused', (_, zone, rcode) => {
  expect(sent({ zone: zone as typeof ZONE, updates: [ADD] })).toEqual({ rcode, changes: [] });
});

test('RFC 2136 §3.1.1: no zone and two zones are FORMERR', () => {
  const message = { ...emptyMessage(1), opcode: Opcode.UPDATE, authorities: [ADD] };
  for (const questions of [[], [ZONE, ZONE]])
    expect(rcodeName(performUpdate(store(), { ...message, questions }))).toBe('FORMERR');
});

test.each([
  ['RFC 2136 §2.5.1: add', ADD, ADDED],
  [
    'RFC 2136 §2.5.2: delete a set',
    bare('host', RecordType.A, ANY),
    ['- host.office.test. 4500 IN A 192.0.2.1', '- host.office.test. 4500 IN A 192.0.2.2'],
  ],
  [
    'RFC 2136 §2.5.3: delete a name',
    bare('empty.below', RecordType.ANY, ANY),
    ['- empty.below.office.test. 4500 IN A 192.0.2.3'],
  ],
  [
    'RFC 2136 §2.5.4: delete a record',
    full('host A 192.0.2.2', NONE),
    ['- host.office.test. 4500 IN A 192.0.2.2'],
  ],
  ['delete what is not there', full('host A 192.0.2.99', NONE), []],
])('%s', (_, update, changes) => {
  expect(sent({ updates: [update] })).toEqual({ rcode: 'NOERROR', changes });
});

test('RFC 2181 §8: a TTL with its top bit set counts as 0', () => {
  expect(sent({ updates: [full('new A 192.0.2.9', IN, 0x80000000)] }).changes).toEqual([
    '+ new.office.test. 0 IN A 192.0.2.9',
  ]);
});

test.each([
  ['add without RDATA', bare('x', RecordType.A, IN), 'FORMERR'],
  ['add of a wrong length', { ...full('x A 192.0.2.9'), rdata: new Uint8Array(5) }, 'FORMERR'],
  ['add of type ANY', { ...full('x TYPE65280 \\# 1 00'), type: RecordType.ANY }, 'FORMERR'],
  ['delete a set with a TTL', { ...bare('host', RecordType.A, ANY), ttlSeconds: 1 }, 'FORMERR'],
  ['delete a set with RDATA', full('host A 192.0.2.1', ANY), 'FORMERR'],
  ['delete a set of type AXFR', bare('host', 252, ANY), 'FORMERR'],
  ['delete a record with a TTL', full('host A 192.0.2.1', NONE, 1), 'FORMERR'],
  ['delete a record without RDATA', bare('host', RecordType.A, NONE), 'FORMERR'],
  ['another class', full('x A 192.0.2.9', RecordClass.CH), 'FORMERR'],
  ['a name outside the zone', { ...ADD, name: Name.of('x.lab.test') }, 'NOTZONE'],
])(
  'RFC 2136 §3.4.1: "%s" spoils the whole update, though what stands before it is right',
  (_, update, rcode) => {
    expect(sent({ updates: [ADD, update] })).toEqual({ rcode, changes: [] });
  },
);

test('RFC 2136 §3.4.2: updates are made in order, and heard as one change', () => {
  const all = store();
  const batches: (readonly string[])[] = [];
  all.onChange((batch) => batches.push(lines(batch)));
  const updates = [
    bare('host', RecordType.ANY, ANY),
    full('host A 192.0.2.2', IN, 60),
    full('gone A 192.0.2.8', IN, 60),
    bare('gone', RecordType.A, ANY),
  ];
  performUpdate(all, { ...emptyMessage(1), opcode: Opcode.UPDATE, questions: [ZONE], authorities: updates });
  expect(batches).toEqual([
    [
      '- host.office.test. 4500 IN A 192.0.2.1',
      '- host.office.test. 4500 IN TXT "x"',
      '- SOA 7',
      '+ host.office.test. 60 IN A 192.0.2.2',
      '+ SOA 8',
    ],
  ]);
  expect(
    all.matching({ ...ZONE, name: Name.of('host.office.test'), type: RecordType.ANY }).map(recordText),
  ).toEqual(['host.office.test. 60 IN A 192.0.2.2']);
});
