import { test } from 'vitest';
import { PushClient } from '../push/client.ts';
import { dialogue, established } from '../testing/dialogue.ts';

const TWO_LIVE = `${established()}
  subscribe a.example. PTR
  C: SUBSCRIBE #2 a.example. IN PTR
  subscribe b.example. PTR
  C: SUBSCRIBE #3 b.example. IN PTR
  S: RESPONSE #2 NOERROR   => accepted a.example. PTR
  S: RESPONSE #3 NOERROR   => accepted b.example. PTR`;

test('DSO-16: requests do not wait for one another, and responses come in any order', () =>
  dialogue(
    new PushClient(0),
    `C: KEEPALIVE #1 inactivity=15000 keepalive=3600000
      subscribe a.example. PTR
      C: SUBSCRIBE #2 a.example. IN PTR
      subscribe b.example. PTR
      C: SUBSCRIBE #3 b.example. IN PTR
      subscribe c.example. PTR
      C: SUBSCRIBE #4 c.example. IN PTR
      subscribe d.example. PTR
      C: SUBSCRIBE #5 d.example. IN PTR
      S: RESPONSE #5 NOERROR
      => established
      => accepted d.example. PTR
      S: RESPONSE #4 NOERROR   => accepted c.example. PTR
      S: RESPONSE #3 NOERROR   => accepted b.example. PTR
      S: RESPONSE #2 NOERROR   => accepted a.example. PTR
      S: RESPONSE #1 NOERROR KEEPALIVE inactivity=15000 keepalive=10000`,
  ));

test('DSO-17: a late error response ends that one live subscription, which is not unsubscribed', () =>
  dialogue(
    new PushClient(0),
    `${TWO_LIVE}
      S: RESPONSE #2 REFUSED RETRY-DELAY 9000   => cancelled a.example. PTR REFUSED 9000 server
      S: PUSH add a.example. 60 IN PTR x.example.
      => nothing
      S: PUSH add b.example. 60 IN PTR x.example.
      => changes add b.example. 60 IN PTR x.example.
      unsubscribe a.example. PTR
      => nothing
      subscribe a.example. PTR
      C: SUBSCRIBE #4 a.example. IN PTR`,
  ));

test('DSO-18: the same for a subscription that was unsubscribed less than 60 s ago is swallowed', () =>
  dialogue(
    new PushClient(0),
    `${TWO_LIVE}
      unsubscribe a.example. PTR
      C: UNSUBSCRIBE 2
      +59999
      S: RESPONSE #2 REFUSED
      => nothing
      S: PUSH add b.example. 60 IN PTR x.example.
      => changes add b.example. 60 IN PTR x.example.`,
  ));

test('DSO-18: after 60 s it names no operation', () =>
  dialogue(
    new PushClient(0),
    `${TWO_LIVE}
      unsubscribe a.example. PTR
      C: UNSUBSCRIBE 2
      +60000
      S: RESPONSE #2 REFUSED   => abort fault §5.5.2`,
  ));

test('DSO-18: a NOERROR to a subscription that was unsubscribed is not swallowed', () =>
  dialogue(
    new PushClient(0),
    `${TWO_LIVE}
      unsubscribe a.example. PTR
      C: UNSUBSCRIBE 2
      S: RESPONSE #2 NOERROR   => abort fault §5.5.2`,
  ));

test('DSO-19: an error response does not make a client close', () =>
  dialogue(
    new PushClient(0),
    `${established()}
      subscribe a.example. PTR
      C: SUBSCRIBE #2 a.example. IN PTR
      S: RESPONSE #2 REFUSED   => refused a.example. PTR REFUSED 300000 server
      subscribe b.example. PTR
      C: SUBSCRIBE #3 b.example. IN PTR
      S: RESPONSE #3 NOERROR   => accepted b.example. PTR`,
  ));

test('DSO-19: nor does an error response to a later Keepalive', () =>
  dialogue(
    new PushClient(0),
    `${established(4_294_967_295, 10_000)}
      +10000
      C: KEEPALIVE #2 inactivity=15000 keepalive=3600000
      S: RESPONSE #2 SERVFAIL
      => nothing
      subscribe a.example. PTR
      C: SUBSCRIBE #3 a.example. IN PTR`,
  ));
