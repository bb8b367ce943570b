import { expect, test } from 'vitest';
import { dialogue, opened } from '../testing/dialogue.ts';
import { TestServer } from '../testing/subjects.ts';
import { TestZones } from '../testing/test-zones.ts';
import { DEFAULT_SERVER_OPTIONS } from './server.ts';

const PTR = '_ipp._tcp.example.com. IN PTR';

function server(options: ConstructorParameters<typeof TestServer>[1] = {}): TestServer {
  return new TestServer(new TestZones(['example.com.']), options);
}

const LIVE = `${opened()}
  C: SUBSCRIBE #2 ${PTR}
  S: RESPONSE #2 NOERROR`;

const WRONG_IDS = [
  ['SUBSCRIBE with MESSAGE ID 0', `SUBSCRIBE ${PTR}`],
  ['Keepalive with MESSAGE ID 0', 'KEEPALIVE inactivity=15000 keepalive=15000'],
  ['UNSUBSCRIBE with a MESSAGE ID', 'UNSUBSCRIBE #5 2'],
  ['RECONFIRM with a MESSAGE ID', `RECONFIRM #5 ${PTR} a.`],
] as const;

const SERVER_ONLY = [
  ['Retry Delay', 'RETRY-DELAY 5000 NOERROR', '§5.5.3'],
  ['PUSH', 'PUSH add _ipp._tcp.example.com. 60 IN PTR a.', '§5.5.3'],
  ['a response to SUBSCRIBE', 'RESPONSE #2 NOERROR', '§5.5.2'],
] as const;

const PADDED = [
  [
    'KEEPALIVE',
    'KEEPALIVE #9 inactivity=15000 keepalive=3600000',
    'NOERROR KEEPALIVE inactivity=15000 keepalive=3600000 +',
    440,
  ],
  ['SUBSCRIBE', 'SUBSCRIBE #9 a.example.com. IN PTR', 'NOERROR', 452],
  ['a SUBSCRIBE that is refused', 'SUBSCRIBE #9 a.example.org. IN PTR', 'NOTAUTH RETRY-DELAY 300000 +', 444],
  ['a request of unknown type', 'TYPE63488 #9', 'DSOTYPENI', 452],
] as const;

test('SRV-03: a Keepalive request is answered NOERROR with exactly one Keepalive TLV, the first and any later one', () =>
  dialogue(
    server(),
    `C: KEEPALIVE #1 inactivity=60000 keepalive=3600000
      S: RESPONSE #1 NOERROR KEEPALIVE inactivity=60000 keepalive=3600000
      C: KEEPALIVE #2 inactivity=15000 keepalive=15000
      S: RESPONSE #2 NOERROR KEEPALIVE inactivity=15000 keepalive=15000`,
  ));

test.each([0, 1, 9999])(
  'SRV-04: a client that wishes a keepalive every %d ms is granted one every 10 s',
  (wishMs) =>
    dialogue(
      server(),
      `C: KEEPALIVE #1 inactivity=15000 keepalive=${wishMs}
      S: RESPONSE #1 NOERROR KEEPALIVE inactivity=15000 keepalive=10000`,
    ),
);

test('SRV-05: a client is granted an hour when it asks for that or more', () =>
  dialogue(
    server(),
    `C: KEEPALIVE #1 inactivity=15000 keepalive=3600000
      S: RESPONSE #1 NOERROR KEEPALIVE inactivity=15000 keepalive=3600000
      C: KEEPALIVE #2 inactivity=4294967295 keepalive=4294967295
      S: RESPONSE #2 NOERROR KEEPALIVE inactivity=${DEFAULT_SERVER_OPTIONS.maxInactivityMs} keepalive=3600000`,
  ));

test('SRV-06: a Keepalive with MESSAGE ID 0 ends the session, established or not', () => {
  dialogue(server(), 'C: KEEPALIVE inactivity=15000 keepalive=15000   => abort fault RFC 8490 §5');
  dialogue(server(), `${opened()}\n C: KEEPALIVE inactivity=15000 keepalive=15000   => abort fault §5.4.1`);
});

test('SRV-07: a server says nothing of itself before the session is established', () =>
  dialogue(
    server(),
    `zone add _ipp._tcp.example.com. 60 IN PTR a.
      => nothing
      C: TYPE63488 #1
      S: RESPONSE #1 DSOTYPENI
      zone add _ipp._tcp.example.com. 60 IN PTR b.
      => nothing
      shutdown 5000 NOERROR
      => nothing`,
  ));

test('a unidirectional message before the session is established ends it', () =>
  dialogue(server(), 'C: UNSUBSCRIBE 2   => abort fault §5.1'));

test('SRV-08: a request of unknown type is answered DSOTYPENI in twelve octets', () =>
  dialogue(
    server(),
    `${opened()}
      C: TYPE63488 #7 a5a5
      S: BYTES 0007b00b0000000000000000
      ${LIVE.split('\n').slice(-2).join('\n')}`,
  ));

test('SRV-08: a unidirectional message of unknown type ends the session', () =>
  dialogue(server(), `${opened()}\n C: TYPE63488   => abort fault §5.4.5`));

test('SRV-09: a request that counts records is answered FORMERR', () =>
  dialogue(
    server(),
    `${opened()}
      C: SUBSCRIBE #2 counts=1,0,0,0 ${PTR}
      S: RESPONSE #2 FORMERR
      C: SUBSCRIBE #2 counts=0,0,0,1 ${PTR}
      S: RESPONSE #2 FORMERR
      C: SUBSCRIBE #2 ${PTR}
      S: RESPONSE #2 NOERROR
      C: UNSUBSCRIBE counts=0,1,0,0 2   => abort fault RFC 8490 §5.4`,
  ));

test.each(WRONG_IDS)('SRV-10: %s ends the session', (_, message) =>
  dialogue(server(), `${LIVE}\n C: ${message}   => abort fault §5.4.1`),
);

test.each(SERVER_ONLY)('SRV-11: a client that sends %s ends the session', (_, message, section) =>
  dialogue(server(), `${LIVE}\n C: ${message}   => abort fault ${section}`),
);

test.each(PADDED)(
  'SRV-12: the response to a padded %s is padded to 468 octets',
  (_, request, response, octets) =>
    dialogue(
      server(),
      `${opened()}
      C: ${request} + PADDING 3 a5
      S: RESPONSE #9 ${response} PADDING ${octets}`,
    ),
);

test('SRV-12: others are not padded', () => dialogue(server(), LIVE));

test('SRV-14: an idle client is cut off when twice the inactivity timeout has passed', () =>
  dialogue(server(), `${opened(15_000)}\n +29999\n => nothing\n +1\n => abort idle §6.4.1`));

test('SRV-14: but not before 5 s', () => {
  dialogue(server(), `${opened(2499)}\n +4999\n => nothing\n +1\n => abort idle §6.4.1`);
  dialogue(server(), `${opened(0)}\n +4999\n => nothing\n +1\n => abort idle §6.4.1`);
});

test('SRV-14: nor within 5 s of the last thing that it did', () =>
  dialogue(
    server(),
    `${opened(1000)}
      C: SUBSCRIBE #2 ${PTR}
      S: RESPONSE #2 NOERROR
      +20000
      C: UNSUBSCRIBE 2
      +4999
      => nothing
      +1
      => abort idle §6.4.1`,
  ));

test('SRV-14: a connection on which nothing is said is cut off after 30 s', () =>
  dialogue(server(), '+29999\n => nothing\n +1\n => abort idle §6.4.1'));

test('SRV-15: a client that is silent for twice the keepalive interval is cut off, whatever it subscribed to', () =>
  dialogue(
    server(),
    `${opened(15_000, 10_000)}
      C: SUBSCRIBE #2 ${PTR}
      S: RESPONSE #2 NOERROR
      +19999
      => nothing
      +1
      => abort silence §6.5.1`,
  ));

test('SRV-15: a Keepalive keeps it', () =>
  dialogue(
    server(),
    `${opened(15_000, 10_000)}
      C: SUBSCRIBE #2 ${PTR}
      S: RESPONSE #2 NOERROR
      +19999
      C: KEEPALIVE #3 inactivity=15000 keepalive=10000
      S: RESPONSE #3 NOERROR KEEPALIVE inactivity=15000 keepalive=10000
      +19999
      => nothing`,
  ));

test('SRV-16: Keepalives do not keep an idle client, and a live subscription does', () =>
  dialogue(
    server(),
    `${opened(15_000, 10_000)}
      +19000
      C: KEEPALIVE #2 inactivity=15000 keepalive=10000
      S: RESPONSE #2 NOERROR KEEPALIVE inactivity=15000 keepalive=10000
      C: SUBSCRIBE #3 ${PTR}
      S: RESPONSE #3 NOERROR
      +19000
      C: KEEPALIVE #4 inactivity=15000 keepalive=10000
      S: RESPONSE #4 NOERROR KEEPALIVE inactivity=15000 keepalive=10000
      +1
      C: UNSUBSCRIBE 3
      +15000
      C: KEEPALIVE #5 inactivity=15000 keepalive=10000
      S: RESPONSE #5 NOERROR KEEPALIVE inactivity=15000 keepalive=10000
      +14999
      => nothing
      +1
      => abort idle §6.4.1`,
  ));

test('SRV-17: a server that shortens the inactivity timeout leaves a quarter of it', () =>
  dialogue(
    server(),
    `${opened(600_000)}
      +100000
      C: KEEPALIVE #2 inactivity=40000 keepalive=3600000
      S: RESPONSE #2 NOERROR KEEPALIVE inactivity=40000 keepalive=3600000
      +9999
      => nothing
      +1
      => abort idle §6.4.1`,
  ));

test('SRV-17: and no less than 5 s', () =>
  dialogue(
    server(),
    `${opened(600_000)}
      +100000
      C: KEEPALIVE #2 inactivity=1000 keepalive=3600000
      S: RESPONSE #2 NOERROR KEEPALIVE inactivity=1000 keepalive=3600000
      +4999
      => nothing
      +1
      => abort idle §6.4.1`,
  ));

test('SRV-18: a server shuts down by Retry Delay, says nothing after it, and cuts the client off after 5 s', () =>
  dialogue(
    server(),
    `${LIVE}
      shutdown 60000 SERVFAIL
      S: RETRY-DELAY 60000 SERVFAIL
      zone add _ipp._tcp.example.com. 60 IN PTR a.
      => nothing
      shutdown 1 NOERROR
      => nothing
      +4999
      => nothing
      +1
      => abort retry-delay §6.6.1`,
  ));

test('SRV-19: what arrives after its Retry Delay is not answered', () =>
  dialogue(
    server(),
    `${LIVE}
      shutdown 60000 NOERROR
      S: RETRY-DELAY 60000 NOERROR
      C: SUBSCRIBE #3 a.example.com. IN PTR
      C: TYPE63488 #4
      C: KEEPALIVE #5 inactivity=1 keepalive=1
      C: DNS #6 QUERY | ask example.com. IN TXT
      C: BYTES 00
      => nothing`,
  ));

test('SRV-38: no subscription outlives its session', () => {
  const subject = server();
  dialogue(subject, LIVE);
  expect(subject.session.subscriptionCount).toBe(1);
  dialogue(subject, 'C: TYPE63488   => abort fault');
  expect(subject.session.subscriptionCount).toBe(0);
  dialogue(subject, 'zone add _ipp._tcp.example.com. 60 IN PTR a.\n => nothing');
  expect(subject.session.deadlineMs).toBeUndefined();
});

test('a request whose MESSAGE ID names a live subscription ends the session', () =>
  dialogue(server(), `${LIVE}\n C: SUBSCRIBE #2 a.example.com. IN PTR   => abort fault §5.4.1`));

test('the ID of a subscription that ended may be used again', () =>
  dialogue(
    server(),
    `${LIVE}
      C: UNSUBSCRIBE 2
      C: SUBSCRIBE #2 a.example.com. IN PTR
      S: RESPONSE #2 NOERROR`,
  ));
