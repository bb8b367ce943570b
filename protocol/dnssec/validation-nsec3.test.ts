import { expect, test } from 'vitest';
import { base32HexOf } from '../wire/base-text.ts';
import { Name } from '../wire/name.ts';
import { Rcode } from '../wire/registry.ts';
import { octetsOfHex } from '../wire/text.ts';
import { nsec3Hash } from './nsec3-hash.ts';
import { sha1Crypto } from './testing/sha1-crypto.ts';
import { ExampleZone } from './testing/validated.ts';

const ZONE = new ExampleZone('rfc5155.zone', Date.UTC(2010, 0, 1));
const SOA = 'example. SOA';
const APEX = '0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. NSEC3';
const NS1 = '2t7b4g4vsa5smi47k61mv5bv1a22bojr.example. NSEC3';
const A = '35mthgpgcu1qg68fab165klnsnk3dpvl.example. NSEC3';
const X_W = 'b4um86eghhds6nea196smvmlo4ors995.example. NSEC3';
const Y_W = 'ji6neoaepv8b5o6k4ev33abha8ht9fgc.example. NSEC3';
const W = 'k8udemvp1j2f7eg6jebps17vp3n8i58h.example. NSEC3';
const NS2 = 'q04jkcevqvmu85r014c7dkba38o0ji5r.example. NSEC3';
const WILDCARD_W = 'r53bq7cc2uvmubfu5ocmm6pers9tk9en.example. NSEC3';

/** All records of the example say opt-out: where one of them covers the next closer name nothing is secure (RFC 5155 §9.2). */
const OPT_OUT = { kind: 'insecure', reason: expect.stringContaining('(opt-out)') };

test.each([
  ['example', '0p9mhaveqvm6t7vbl5lop2u3t2rp3tom'],
  ['a.example', '35mthgpgcu1qg68fab165klnsnk3dpvl'],
  ['ai.example', 'gjeqe526plbf1g8mklp59enfd789njgi'],
  ['ns1.example', '2t7b4g4vsa5smi47k61mv5bv1a22bojr'],
  ['ns2.example', 'q04jkcevqvmu85r014c7dkba38o0ji5r'],
  ['w.example', 'k8udemvp1j2f7eg6jebps17vp3n8i58h'],
  ['*.w.example', 'r53bq7cc2uvmubfu5ocmm6pers9tk9en'],
  ['x.w.example', 'b4um86eghhds6nea196smvmlo4ors995'],
  ['y.w.example', 'ji6neoaepv8b5o6k4ev33abha8ht9fgc'],
  ['X.y.W.example', '2vptu5timamqttgl4luu9kg21e0aor3s'],
  ['xx.example', 't644ebqk9bibcna874givr6joj62mlhv'],
])('RFC 5155 Appendix A: the hash of %s is %s', (name, hash) => {
  const parameters = { hashAlgorithm: 1, iterations: 12, salt: octetsOfHex('aabbccdd')! };
  expect(base32HexOf(nsec3Hash(Name.of(name), parameters, sha1Crypto))).toBe(hash);
});

test('RFC 5155 B.1: a name that is not there takes its closest encloser, the next closer name and the wildcard', () => {
  const denied = (...authorities: readonly string[]) =>
    ZONE.validated('a.c.x.w.example. A', { rcode: Rcode.NXDOMAIN, authorities: [SOA, ...authorities] })
      .security;
  expect(denied(APEX, X_W, A)).toEqual(OPT_OUT);
  expect([denied(APEX, X_W), denied(APEX, A), denied(X_W, A)].map(({ kind }) => kind)).toEqual(
    Array.from({ length: 3 }, () => 'bogus'),
  );
});

test('RFC 5155 B.2: a type that is not there is denied by the record of its name', () => {
  const authorities = [SOA, NS1];
  expect(ZONE.validated('ns1.example. MX', { authorities }).security).toEqual({ kind: 'secure' });
  expect(ZONE.validated('ns1.example. A', { authorities }).security.kind).toBe('bogus');
});

test('RFC 5155 B.2.1: a name that only has others below it has a record with no types', () => {
  expect(ZONE.validated('y.w.example. A', { authorities: [SOA, Y_W] }).security).toEqual({ kind: 'secure' });
});

test('RFC 5155 B.3: the DS record of a delegation that is left out is denied by opt-out alone', () => {
  expect(ZONE.validated('c.example. DS', { authorities: [A, APEX] }).security).toEqual(OPT_OUT);
  expect(ZONE.validated('c.example. DS', { authorities: [A] }).security.kind).toBe('bogus');
});

test('RFC 5155 B.4: an expanded wildcard takes the record that covers the next closer name', () => {
  const question = 'a.z.w.example. MX';
  const answers = [question];
  expect(ZONE.validated(question, { answers, authorities: [NS2] }).security).toEqual(OPT_OUT);
  expect(ZONE.validated(question, { answers, authorities: [W] }).security.kind).toBe('bogus');
  expect(ZONE.validated(question, { answers }).security.kind).toBe('bogus');
});

test('RFC 5155 B.5: a type that a wildcard does not have takes its record as well', () => {
  const authorities = [SOA, W, NS2, WILDCARD_W];
  expect(ZONE.validated('a.z.w.example. AAAA', { authorities }).security).toEqual(OPT_OUT);
  expect(ZONE.validated('a.z.w.example. AAAA', { authorities: [SOA, NS2, WILDCARD_W] }).security.kind).toBe(
    'bogus',
  );
});

test('RFC 5155 §8.9: the record of a delegation says nothing of names below it', () => {
  const { security } = ZONE.validated('x.a.example. A', {
    rcode: Rcode.NXDOMAIN,
    authorities: [SOA, A, APEX, X_W],
  });
  expect(security.kind).toBe('bogus');
});
