import { expect, test } from 'vitest';
import { PushClient } from '../push/client.ts';
import { dialogue } from '../testing/dialogue.ts';
import { Name } from '../wire/name.ts';

const OPENER = 'C: KEEPALIVE #1 inactivity=15000 keepalive=3600000';
const GRANT = 'S: RESPONSE #1 NOERROR KEEPALIVE inactivity=15000 keepalive=3600000';

const OPENER_ERRORS = ['FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED', 'NOTAUTH', 'RCODE15'] as const;

const EARLY = [
  'PUSH add a.example. 60 IN PTR b.example.',
  'KEEPALIVE inactivity=15000 keepalive=10000',
  'TYPE63488 #7',
  'TYPE63488',
  'KEEPALIVE #7 inactivity=15000 keepalive=10000',
] as const;

test('EST-01: the first DSO message is a Keepalive request, before any SUBSCRIBE', () =>
  dialogue(
    new PushClient(0),
    `${OPENER}
      subscribe a.example. PTR
      C: SUBSCRIBE #2 a.example. IN PTR
      ${GRANT}   => established`,
  ));

test('EST-02: nothing unidirectional is sent before the session is established; what was given up is unsubscribed then', () =>
  dialogue(
    new PushClient(0),
    `${OPENER}
      subscribe a.example. PTR
      C: SUBSCRIBE #2 a.example. IN PTR
      unsubscribe a.example. PTR
      => nothing
      reconfirm a.example. PTR b.example.
      => nothing
      +29999
      => nothing
      ${GRANT}   => established
      C: UNSUBSCRIBE 2
      S: RESPONSE #2 NOERROR
      => nothing`,
  ));

test('EST-02: a response that establishes the session finds its own subscription given up', () =>
  dialogue(
    new PushClient(0),
    `${OPENER}
      subscribe a.example. PTR
      C: SUBSCRIBE #2 a.example. IN PTR
      unsubscribe a.example. PTR
      S: RESPONSE #2 NOERROR   => established
      C: UNSUBSCRIBE 2
      ${GRANT}`,
  ));

test('a subscription that was given up and wanted again before the session was established is the same one', () =>
  dialogue(
    new PushClient(0),
    `${OPENER}
      subscribe a.example. PTR
      C: SUBSCRIBE #2 a.example. IN PTR
      unsubscribe a.example. PTR
      subscribe a.example. PTR
      => nothing
      ${GRANT}   => established
      S: RESPONSE #2 NOERROR   => accepted a.example. PTR`,
  ));

test.each(OPENER_ERRORS)(
  'EST-03: a server that answers the opener %s does no DSO, and no more is sent to it',
  (rcode) => {
    const client = new PushClient(0);
    dialogue(
      client,
      `${OPENER}
      subscribe a.example. PTR
      C: SUBSCRIBE #2 a.example. IN PTR
      S: RESPONSE #1 ${rcode}   => close graceful no-dso
      S: RESPONSE #2 NOERROR
      subscribe b.example. PTR
      unsubscribe a.example. PTR
      +3600000
      => nothing`,
    );
    expect(client.phase).toEqual({ name: 'ended' });
  },
);

test('EST-03: unbound sends the TLVs back with its NOTIMP, which changes nothing', () =>
  dialogue(
    new PushClient(0),
    `${OPENER}
      S: RESPONSE #1 NOTIMP KEEPALIVE inactivity=15000 keepalive=3600000   => close graceful no-dso`,
  ));

test('EST-04: a server that is silent for 30 s is aborted, not a millisecond earlier', () =>
  dialogue(
    new PushClient(0),
    `${OPENER}
      subscribe a.example. PTR
      C: SUBSCRIBE #2 a.example. IN PTR
      +29999
      => nothing
      +1
      => abort silence §5.1.1`,
  ));

test.each(EARLY)('EST-06: "%s" before the session is established ends it', (message) =>
  dialogue(new PushClient(0), `${OPENER}\n S: ${message}   => abort fault §5.1`),
);

test('a server may turn a client away before it answers the opener', () =>
  dialogue(
    new PushClient(0),
    `${OPENER}\n S: RETRY-DELAY 60000 SERVFAIL   => close graceful retry-delay 60000`,
  ));

test('closing twice is closing once', () => {
  const client = new PushClient(0);
  client.open(0);
  expect(client.close('done', 'enough')).toHaveLength(1);
  expect(client.close('done', 'enough')).toEqual([]);
  expect(client.deadlineMs).toBeUndefined();
  expect(client.subscribe({ name: Name.of('a'), type: 12, class: 1 }, 0)).toEqual([]);
});
