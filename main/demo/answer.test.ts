import { expect, test } from 'vitest';
import { Name } from '../../protocol/wire/name.ts';
import { Rcode, rcodeName, RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { answerQuestion } from './answer.ts';
import { recordText } from './record-text.ts';
import { zones } from './testing/zone-fixture.ts';

const STORE = zones({
  'office.test.': `
_ipp._tcp PTR One._ipp._tcp
_ipp._tcp PTR Two._ipp._tcp
One._ipp._tcp SRV 0 0 631 host
              TXT "rp=ipp"
Two._ipp._tcp SRV 0 0 631 host.lab.test.
host          A 192.0.2.1
              AAAA 2001:db8::1
alias         CNAME host
far           CNAME host.lab.test.
away          CNAME www.example.
dangling      CNAME nowhere
loop          CNAME pool
pool          CNAME loop
a.deep        A 192.0.2.2`,
  'lab.test.': 'host A 198.51.100.1',
});

function asked(name: string, type: number, recordClass: number = RecordClass.IN) {
  const answer = answerQuestion(STORE, { name: Name.of(name), type, class: recordClass });
  const texts = (section: 'answers' | 'authorities' | 'additionals'): readonly string[] =>
    answer[section].map(recordText);
  return {
    rcode: rcodeName(answer.rcode),
    aa: answer.isAuthoritative,
    answers: texts('answers'),
    authorities: texts('authorities'),
    additionals: texts('additionals'),
  };
}

const HOST_A = 'host.office.test. 4500 IN A 192.0.2.1';
const HOST_AAAA = 'host.office.test. 4500 IN AAAA 2001:db8::1';
const LAB_A = 'host.lab.test. 4500 IN A 198.51.100.1';
// Its own TTL is 3600, its MINIMUM 10.
const SOA = 'office.test. 10 IN SOA ns.office.test. hostmaster.office.test. 7 3600 600 604800 10';

test('SRV-36: a record that is there is answered with AA', () => {
  expect(asked('HOST.office.test', RecordType.A)).toEqual({
    rcode: 'NOERROR',
    aa: true,
    answers: [HOST_A],
    authorities: [],
    additionals: [],
  });
});

test('SRV-37: NODATA and NXDOMAIN carry the SOA in Authority with the TTL of negative answers, so that the climb ends here', () => {
  const nothing = { aa: true, answers: [], authorities: [SOA], additionals: [] };
  expect(asked('host.office.test', RecordType.SOA)).toEqual({ rcode: 'NOERROR', ...nothing });
  expect(asked('deep.office.test', RecordType.A)).toEqual({ rcode: 'NOERROR', ...nothing });
  expect(asked('x.y._ipp._tcp.office.test', RecordType.SOA)).toEqual({ rcode: 'NXDOMAIN', ...nothing });
});

test('SRV-37: a SOA query at the apex is answered with the SOA itself', () => {
  const { answers, authorities } = asked('office.test', RecordType.SOA);
  expect(answers).toEqual([SOA.replace(' 10 IN', ' 3600 IN')]);
  expect(authorities).toEqual([]);
});

test('an alias is followed within the zones, and handed out as it is beyond them', () => {
  expect(asked('alias.office.test', RecordType.A).answers).toEqual([
    'alias.office.test. 4500 IN CNAME host.office.test.',
    HOST_A,
  ]);
  expect(asked('far.office.test', RecordType.A).answers).toEqual([
    'far.office.test. 4500 IN CNAME host.lab.test.',
    LAB_A,
  ]);
  expect(asked('away.office.test', RecordType.A)).toMatchObject({
    rcode: 'NOERROR',
    answers: ['away.office.test. 4500 IN CNAME www.example.'],
    authorities: [],
  });
});

test('an alias is not followed for itself', () => {
  expect(asked('alias.office.test', RecordType.CNAME).answers).toHaveLength(1);
  expect(asked('alias.office.test', RecordType.ANY).answers).toHaveLength(1);
});

test('an alias of nothing is NXDOMAIN with the alias in the answer (RFC 2308 §2.1)', () => {
  expect(asked('dangling.office.test', RecordType.A)).toMatchObject({
    rcode: 'NXDOMAIN',
    answers: ['dangling.office.test. 4500 IN CNAME nowhere.office.test.'],
    authorities: [SOA],
  });
});

test('aliases that lead round in a circle end', () => {
  expect(asked('loop.office.test', RecordType.A).answers).toHaveLength(2);
});

test('RFC 6763 §12: PTR brings SRV, TXT and addresses along, SRV its addresses', () => {
  const { answers, additionals } = asked('_ipp._tcp.office.test', RecordType.PTR);
  expect(answers).toHaveLength(2);
  expect(additionals).toEqual([
    'One._ipp._tcp.office.test. 4500 IN SRV 0 0 631 host.office.test.',
    'One._ipp._tcp.office.test. 4500 IN TXT "rp=ipp"',
    'Two._ipp._tcp.office.test. 4500 IN SRV 0 0 631 host.lab.test.',
    HOST_A,
    HOST_AAAA,
    LAB_A,
  ]);
  expect(asked('One._ipp._tcp.office.test', RecordType.SRV).additionals).toEqual([HOST_A, HOST_AAAA]);
  expect(asked('One._ipp._tcp.office.test', RecordType.ANY).additionals).toEqual([HOST_A, HOST_AAAA]);
});

test.each([
  ['www.example', RecordType.A, RecordClass.IN, Rcode.REFUSED],
  ['test', RecordType.SOA, RecordClass.IN, Rcode.REFUSED],
  ['host.office.test', RecordType.A, RecordClass.CH, Rcode.REFUSED],
  ['office.test', 252, RecordClass.IN, Rcode.REFUSED], // AXFR
  ['office.test', 251, RecordClass.IN, Rcode.REFUSED], // IXFR
  ['office.test', RecordType.TSIG, RecordClass.IN, Rcode.NOTIMP],
  ['office.test', RecordType.OPT, RecordClass.IN, Rcode.NOTIMP],
])('%s TYPE%i CLASS%i is not answered: RCODE %i, without AA', (name, type, recordClass, rcode) => {
  expect(asked(name, type, recordClass)).toEqual({
    rcode: rcodeName(rcode),
    aa: false,
    answers: [],
    authorities: [],
    additionals: [],
  });
});
