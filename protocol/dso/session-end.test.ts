import { expect, test } from 'vitest';
import { PushClient } from '../push/client.ts';
import { dialogue, established } from '../testing/dialogue.ts';

const LIVE = `${established()}
  subscribe a.example. PTR
  C: SUBSCRIBE #2 a.example. IN PTR
  S: RESPONSE #2 NOERROR   => accepted a.example. PTR`;

const RETRY_RCODES = ['NOERROR', 'FORMERR', 'SERVFAIL', 'REFUSED', 'NOTAUTH', 'RCODE15'] as const;
const RETRY_DELAYS = [0, 5000, 4_294_967_295] as const;

test.each(RETRY_RCODES)(
  'END-04: Retry Delay with %s closes the session in good order and is not answered',
  (rcode) =>
    dialogue(
      new PushClient(0),
      `${LIVE}
      S: RETRY-DELAY 5000 ${rcode}   => close graceful retry-delay 5000
      S: PUSH add a.example. 60 IN PTR b.example.
      S: TYPE63488 #7
      +3600000
      => nothing`,
    ),
);

test('END-04: what comes in one piece with the Retry Delay is dropped', () =>
  dialogue(
    new PushClient(0),
    `${LIVE}
      S: RETRY-DELAY 0 NOERROR &
      S: PUSH add a.example. 60 IN PTR b.example.   => close graceful retry-delay 0`,
  ));

test('END-04: a Retry Delay with a MESSAGE ID ends the session', () =>
  dialogue(new PushClient(0), `${LIVE}\n S: RETRY-DELAY #3 5000 NOERROR   => abort fault §5.4.1`));

test.each(RETRY_DELAYS)('END-07: a Retry Delay of %d ms is told as it is', (delayMs) =>
  dialogue(
    new PushClient(0),
    `${LIVE}\n S: RETRY-DELAY ${delayMs} NOERROR   => close graceful retry-delay ${delayMs}`,
  ),
);

test('a Retry Delay of another length than four octets ends the session', () =>
  dialogue(new PushClient(0), `${LIVE}\n S: TYPE2 001388   => abort fault §7.2`));

test('a SUBSCRIBE that is pending at the Retry Delay is neither accepted nor refused', () =>
  dialogue(
    new PushClient(0),
    `${established()}
      subscribe a.example. PTR
      C: SUBSCRIBE #2 a.example. IN PTR
      S: RETRY-DELAY 5000 NOERROR   => close graceful retry-delay 5000
      S: RESPONSE #2 NOERROR
      => nothing`,
  ));

test('a reason names the section that demands the end', () => {
  const client = new PushClient(0);
  dialogue(client, LIVE);
  const [close] = client.receive(Uint8Array.of(0, 2, 0, 0), 0);
  expect(close).toMatchObject({
    kind: 'close',
    how: 'abort',
    cause: 'fault',
    reason: 'a message has no whole header (RFC 8490 §5.4)',
  });
});
