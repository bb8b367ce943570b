import { test } from 'vitest';
import { PushClient } from '../push/client.ts';
import { dialogue, established } from '../testing/dialogue.ts';

const LIVE = `
  subscribe a.example. PTR
  C: SUBSCRIBE #2 a.example. IN PTR
  S: RESPONSE #2 NOERROR   => accepted a.example. PTR`;
const WISHES = 'inactivity=15000 keepalive=3600000';

test('KA-10: a session that is idle for the inactivity timeout is closed in good order', () =>
  dialogue(new PushClient(0), `${established(7000)}\n +6999\n => nothing\n +1\n => close graceful idle`));

test('KA-10: with an inactivity timeout of 0 it is closed as soon as it is idle', () =>
  dialogue(
    new PushClient(0),
    `C: KEEPALIVE #1 ${WISHES}
      subscribe a.example. PTR
      C: SUBSCRIBE #2 a.example. IN PTR
      S: RESPONSE #1 NOERROR KEEPALIVE inactivity=0 keepalive=3600000   => established
      +60000
      S: RESPONSE #2 NOERROR   => accepted a.example. PTR
      +60000
      => nothing
      unsubscribe a.example. PTR
      C: UNSUBSCRIBE 2
      +0
      => close graceful idle`,
  ));

test('KA-11: keepalives do not postpone the end of an idle session', () =>
  dialogue(
    new PushClient(0),
    `${established(30_000, 10_000)}
      +10000
      C: KEEPALIVE #2 ${WISHES}
      S: RESPONSE #2 NOERROR KEEPALIVE inactivity=30000 keepalive=10000
      +5000
      S: KEEPALIVE inactivity=30000 keepalive=10000
      +10000
      C: KEEPALIVE #3 ${WISHES}
      +4999
      => nothing
      +1
      => close graceful idle`,
  ));

test('KA-12: a live subscription keeps a session from being idle', () =>
  dialogue(
    new PushClient(0),
    `${established()} ${LIVE}
      +600000
      => nothing
      unsubscribe a.example. PTR
      C: UNSUBSCRIBE 2
      +14999
      => nothing
      +1
      => close graceful idle`,
  ));

test('KA-12: so does a SUBSCRIBE that awaits its response, also one that was given up', () =>
  dialogue(
    new PushClient(0),
    `${established()}
      subscribe a.example. PTR
      C: SUBSCRIBE #2 a.example. IN PTR
      +600000
      unsubscribe a.example. PTR
      C: UNSUBSCRIBE 2
      +600000
      S: RESPONSE #2 NOERROR
      +14999
      => nothing
      +1
      => close graceful idle`,
  ));

test('KA-12: a refused subscription does so no longer', () =>
  dialogue(
    new PushClient(0),
    `${established()}
      subscribe a.example. PTR
      C: SUBSCRIBE #2 a.example. IN PTR
      S: RESPONSE #2 REFUSED   => refused a.example. PTR
      +14999
      => nothing
      +1
      => close graceful idle`,
  ));

test('KA-13: a shorter inactivity timeout counts the time that has passed', () =>
  dialogue(
    new PushClient(0),
    `${established(100_000)}
      +20000
      S: KEEPALIVE inactivity=15000 keepalive=3600000
      +0
      => close graceful idle`,
  ));

test('KA-13: so does a longer one', () =>
  dialogue(
    new PushClient(0),
    `${established(30_000)}
      +20000
      S: KEEPALIVE inactivity=60000 keepalive=3600000
      +39999
      => nothing
      +1
      => close graceful idle`,
  ));
