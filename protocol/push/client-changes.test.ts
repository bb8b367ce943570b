import { test } from 'vitest';
import { dialogue, established } from '../testing/dialogue.ts';
import { loadVectors } from '../testing/hex.ts';
import { hexOf } from '../wire/text.ts';
import { PushClient } from './client.ts';

const PTR = '_ipp._tcp.example.com. IN PTR';
const LIVE = `${established()}
  subscribe _ipp._tcp.example.com. PTR
  C: SUBSCRIBE #2 ${PTR}
  S: RESPONSE #2 NOERROR   => accepted ${PTR}`;
const ANY = LIVE.replaceAll('PTR', 'ANY');

const ADD_TTLS = [0, 1, 0x7fffffff] as const;
const RESERVED_TTLS = [0x80000000, 0xc0000000, 0xfffffffd] as const;

const COLLECTIVE = [
  ['an RRset', 'record n. 4294967294 IN PTR \\# 0', 'remove-rrset n. IN PTR'],
  ['all types of a class', 'record n. 4294967294 IN ANY \\# 0', 'remove-class n. IN'],
  ['all of a name, TYPE 0', 'record n. 4294967294 ANY TYPE0 \\# 0', 'remove-name n.'],
  ['all of a name, whatever the TYPE', 'record n. 4294967294 ANY A \\# 0', 'remove-name n.'],
  ['all of a name, TYPE 255', 'record n. 4294967294 ANY ANY \\# 0', 'remove-name n.'],
] as const;

const COLLECTIVE_WITH_RDATA = [
  'record n. 4294967294 IN PTR a.',
  'record n. 4294967294 IN ANY \\# 1 00',
  'record n. 4294967294 ANY TYPE0 \\# 1 00',
] as const;

const OF_NO_ONE_SET = [
  ['an add with TYPE 255', 'record n. 60 IN ANY \\# 0'],
  ['an add with CLASS 255', 'record n. 60 ANY PTR a.'],
  ['a single removal with TYPE 255', 'record n. 4294967295 IN ANY \\# 0'],
  ['a single removal with CLASS 255', 'record n. 4294967295 ANY PTR a.'],
] as const;

const NOT_UNIDIRECTIONAL = [
  ['a MESSAGE ID', 'PUSH #3 add n. 60 IN PTR a.', '§5.4.1'],
  ['QR=1', 'BYTES 0000b0000000000000000000 0041 0000', '§5.4.1'],
  ['QR=1 and the ID of the subscription', 'BYTES 0002b0000000000000000000 0041 0000', '§5.5.2'],
] as const;

const BROKEN_RECORDS = [
  ['an RDLEN past the end of the TLV', '016e00 000c 0001 0000003c 0004 0161 00'],
  ['a record header cut short', '016e00 000c 0001 0000'],
  ['a name that points at itself', 'c010 000c 0001 0000003c 0000'],
  ['a name that points forward', 'c012 016e00 000c 0001 0000003c 0000'],
  ['a name that points into the header', 'c000 000c 0001 0000003c 0000'],
  ['RDATA whose name points at itself', '016e00 000c 0001 0000003c 0002 c01d'],
  ['RDATA with more than its name', '016e00 000c 0001 0000003c 0004 0161 00 00'],
  ['a PTR without RDATA', '016e00 000c 0001 0000003c 0000'],
  ['an address of three octets', '016e00 0001 0001 0000003c 0003 c00002'],
] as const;

/** RDATA with compressed names as other servers send it: PTR, SRV, SOA, NS. */
const CAPTURED = loadVectors('apple-').filter(({ line }) => line.startsWith('S: PUSH add '));

test.each(ADD_TTLS)('CHG-01: a TTL of %d adds', (ttl) =>
  dialogue(
    new PushClient(0),
    `${LIVE}
      S: PUSH add _ipp._tcp.example.com. ${ttl} IN PTR a.
      => changes add _ipp._tcp.example.com. ${ttl} IN PTR a.`,
  ),
);

test('CHG-02: a TTL of 0xFFFFFFFF removes one record', () =>
  dialogue(
    new PushClient(0),
    `${LIVE}
      S: PUSH record _ipp._tcp.example.com. 4294967295 IN PTR a.
      => changes remove ${PTR} a.`,
  ));

test.each(COLLECTIVE)('CHG-03: a TTL of 0xFFFFFFFE removes %s', (_, pushed, change) =>
  dialogue(
    new PushClient(0),
    named(`${LIVE}
      S: PUSH ${pushed}
      => changes ${change}`),
  ),
);

test.each(COLLECTIVE_WITH_RDATA)('CHG-04: a collective removal with RDATA ends the session: %s', (pushed) =>
  dialogue(new PushClient(0), named(`${LIVE}\n S: PUSH ${pushed}   => abort fault RFC 8765 §6.3.1`)),
);

test.each(OF_NO_ONE_SET)('CHG-05: %s ends the session, whether it is subscribed to or not', (_, pushed) => {
  dialogue(new PushClient(0), named(`${LIVE}\n S: PUSH ${pushed}   => abort fault RFC 8765 §6.3.1`));
  dialogue(new PushClient(0), `${LIVE}\n S: PUSH ${pushed}   => abort fault RFC 8765 §6.3.1`);
});

test.each(RESERVED_TTLS)('CHG-06: a record with the reserved TTL %d is ignored, and no other', (ttl) =>
  dialogue(
    new PushClient(0),
    named(`${LIVE}
      S: PUSH record n. ${ttl} IN PTR a. | add n. 60 IN PTR b. | record n. ${ttl} ANY ANY \\# 1 ff
      => changes add n. 60 IN PTR b.
      S: PUSH record n. ${ttl} IN PTR a.
      => nothing`),
  ),
);

test('CHG-07: a PUSH without a change ends the session', () =>
  dialogue(new PushClient(0), `${LIVE}\n S: PUSH   => abort fault RFC 8765 §6.3.1`));

test('CHG-08: a PUSH message has at most 16,382 octets', () => {
  dialogue(
    new PushClient(0),
    `${LIVE}
      S: PUSH add x. 60 IN TYPE65280 \\# 16353 ${'00'.repeat(16_353)}
      => nothing`,
  );
  dialogue(
    new PushClient(0),
    `${LIVE}
      S: PUSH add x. 60 IN TYPE65280 \\# 16354 ${'00'.repeat(16_354)}   => abort fault RFC 8765 §6.3.1`,
  );
  dialogue(
    new PushClient(0),
    `${LIVE}
      S: PUSH add x. 60 IN TYPE65280 \\# 1 00 + PADDING 16351   => abort fault RFC 8765 §6.3.1`,
  );
});

test('CHG-08: an ordinary answer may have more', () =>
  dialogue(
    new PushClient(0),
    `${LIVE}
      S: DNS #7 QUERY NOERROR qr | answer x. 60 IN TYPE65280 \\# 40000 ${'00'.repeat(40_000)}
      => nothing`,
  ));

test.each(NOT_UNIDIRECTIONAL)('CHG-09: a PUSH with %s ends the session', (_, message, section) =>
  dialogue(new PushClient(0), `${LIVE}\n S: ${message}   => abort fault ${section}`),
);

test('CHG-10: an empty RDATA is no removal by itself', () =>
  dialogue(
    new PushClient(0),
    `${ANY}
      S: PUSH add _ipp._tcp.example.com. 60 IN APL \\# 0
      => changes add _ipp._tcp.example.com. 60 IN APL \\# 0
      S: PUSH remove _ipp._tcp.example.com. IN APL \\# 0
      => changes remove _ipp._tcp.example.com. IN APL \\# 0`,
  ));

test('CHG-11: a record that nobody subscribed to is ignored, and no other; names are folded, the class must match', () =>
  dialogue(
    new PushClient(0),
    named(`${LIVE}
      S: PUSH add x. 60 IN PTR a. | add n. 60 CH PTR b. | add N. 60 IN PTR c. | remove sub.n. IN PTR d. | add n. 60 IN A 192.0.2.1
      => changes add N. 60 IN PTR c.
      S: PUSH add x. 60 IN PTR a.
      => nothing`).replaceAll('N.', '_IPP._tcp.Example.COM.'),
  ));

test('CHG-12: what counts is the type, CNAME for any type, and every type for a subscription to ANY', () => {
  dialogue(
    new PushClient(0),
    named(`${LIVE}
      S: PUSH add n. 60 IN A 192.0.2.1 | add n. 60 IN CNAME c. | remove n. IN TXT "a" | remove n. IN CNAME c.
      => changes add n. 60 IN CNAME c. | remove n. IN CNAME c.`),
  );
  dialogue(
    new PushClient(0),
    named(`${ANY}
      S: PUSH add n. 60 IN A 192.0.2.1 | add n. 60 CH A \\# 4 00000000 | remove n. IN TXT "a"
      => changes add n. 60 IN A 192.0.2.1 | remove n. IN TXT "a"`),
  );
});

test('CHG-12: a subscription to CNAME takes CNAME only, and one to CLASS ANY every class', () =>
  dialogue(
    new PushClient(0),
    `${established()}
      subscribe a.example. CNAME
      C: SUBSCRIBE #2 a.example. IN CNAME
      S: RESPONSE #2 NOERROR   => accepted a.example. CNAME
      subscribe b.example. ANY TXT
      C: SUBSCRIBE #3 b.example. ANY TXT
      S: RESPONSE #3 NOERROR   => accepted b.example. ANY TXT
      S: PUSH add a.example. 60 IN A 192.0.2.1 | add a.example. 60 IN CNAME c. | add b.example. 60 CH TXT "x" | add b.example. 60 CH A \\# 4 00000000
      => changes add a.example. 60 IN CNAME c. | add b.example. 60 CH TXT "x"`,
  ));

test('CHG-14: a collective removal counts if it covers something subscribed to', () =>
  dialogue(
    new PushClient(0),
    named(`${LIVE}
      S: PUSH remove-rrset n. IN A | remove-rrset n. CH PTR | remove-class n. CH | remove-name x. | remove-class x. IN
      => nothing
      S: PUSH remove-rrset n. IN PTR | remove-rrset n. IN CNAME | remove-class n. IN | remove-name n.
      => changes remove-rrset n. IN PTR | remove-rrset n. IN CNAME | remove-class n. IN | remove-name n.`),
  ));

test('CHG-15: one change is told once, however many subscriptions it is for', () =>
  dialogue(
    new PushClient(0),
    `${LIVE}
      subscribe _ipp._tcp.example.com. ANY
      C: SUBSCRIBE #3 _ipp._tcp.example.com. IN ANY
      S: RESPONSE #3 NOERROR   => accepted _ipp._tcp.example.com. ANY
      S: PUSH add _ipp._tcp.example.com. 60 IN PTR a.
      => changes add _ipp._tcp.example.com. 60 IN PTR a.
      unsubscribe _ipp._tcp.example.com. PTR
      C: UNSUBSCRIBE 2
      S: PUSH add _ipp._tcp.example.com. 60 IN PTR b.
      => changes add _ipp._tcp.example.com. 60 IN PTR b.`,
  ));

test('CHG-16: a PUSH that comes before the response belongs to an earlier subscription and is ignored', () =>
  dialogue(
    new PushClient(0),
    `${LIVE}
      unsubscribe _ipp._tcp.example.com. PTR
      C: UNSUBSCRIBE 2
      subscribe _ipp._tcp.example.com. PTR
      C: SUBSCRIBE #3 ${PTR}
      S: PUSH add _ipp._tcp.example.com. 60 IN PTR ghost.
      => nothing
      S: RESPONSE #3 NOERROR   => accepted ${PTR}
      S: PUSH add _ipp._tcp.example.com. 60 IN PTR a.
      => changes add _ipp._tcp.example.com. 60 IN PTR a.`,
  ));

test.each(CAPTURED)('CHG-17: $title is applied, its names compressed as Apple does', ({ line, message }) => {
  const changes = line.slice('S: PUSH '.length);
  const names = [...new Set(changes.split(' | ').map((change) => change.split(' ')[1]!.toLowerCase()))];
  const subscriptions = names.map(
    (name, at) => `subscribe ${name} ANY
      C: SUBSCRIBE #${at + 2} ${name} IN ANY
      S: RESPONSE #${at + 2} NOERROR   => accepted ${name} ANY`,
  );
  dialogue(
    new PushClient(0),
    `${established()}
      ${subscriptions.join('\n')}
      S: BYTES ${hexOf(message)}
      => changes ${changes}`,
  );
});

test.each(BROKEN_RECORDS)('CHG-18: a PUSH with %s ends the session', (_, hex) => {
  const octets = hex.replaceAll(' ', '');
  const length = (octets.length / 2).toString(16).padStart(4, '0');
  dialogue(
    new PushClient(0),
    `${LIVE}\n S: BYTES 000030000000000000000000 0041 ${length} ${octets}   => abort fault RFC`,
  );
});

test('CHG-20: changes are told in the order of the server', () =>
  dialogue(
    new PushClient(0),
    named(`${LIVE}
      S: PUSH add n. 60 IN PTR a. | remove n. IN PTR a. | add n. 61 IN PTR a. &
      S: PUSH remove-rrset n. IN PTR | add n. 62 IN PTR a.
      => changes add n. 60 IN PTR a. | remove n. IN PTR a. | add n. 61 IN PTR a.
      => changes remove-rrset n. IN PTR | add n. 62 IN PTR a.`),
  ));

/** The dialogue with `n.` for the name subscribed to. */
function named(text: string): string {
  return text.replace(/ n\. /g, ' _ipp._tcp.example.com. ').replace(/ n\.$/gm, ' _ipp._tcp.example.com.');
}
