import { expect, test } from 'vitest';
import { dialogue, established } from '../testing/dialogue.ts';
import { loadVectors } from '../testing/hex.ts';
import { formatQuestion } from '../transcript-record.ts';
import { Name } from '../wire/name.ts';
import { hexOf } from '../wire/text.ts';
import { MAX_SUBSCRIPTIONS, PushClient } from './client.ts';

const LIVE = `${established()}
  subscribe _ipp._tcp.example.com. PTR
  C: SUBSCRIBE #2 _ipp._tcp.example.com. IN PTR
  S: RESPONSE #2 NOERROR   => accepted _ipp._tcp.example.com. PTR`;

/** Every RCODE but NOERROR, the delay when the server names none, in seconds, and what must wait (RFC 8765 §6.2.2). */
const REFUSALS = [
  ['FORMERR', 300, 'server'],
  ['SERVFAIL', 60, 'server'],
  ['NXDOMAIN', 300, 'server'],
  ['NOTIMP', 3600, 'server'],
  ['REFUSED', 300, 'server'],
  ['YXDOMAIN', 300, 'server'],
  ['YXRRSET', 300, 'server'],
  ['NXRRSET', 300, 'server'],
  ['NOTAUTH', 300, 'zone'],
  ['NOTZONE', 300, 'server'],
  ['DSOTYPENI', 3600, 'server'],
  ['RCODE12', 300, 'server'],
  ['RCODE13', 300, 'server'],
  ['RCODE14', 300, 'server'],
  ['RCODE15', 300, 'server'],
] as const;

const CLIENT_ONLY = [
  ['SUBSCRIBE', 'SUBSCRIBE #7 a.example. IN PTR'],
  ['UNSUBSCRIBE', 'UNSUBSCRIBE 2'],
  ['RECONFIRM', 'RECONFIRM a.example. IN PTR b.example.'],
] as const;

const LATE_RCODES = ['NOERROR', 'REFUSED'] as const;

const UNREADABLE_TLVS = ['TYPE64 ff', 'TYPE64 000c0001', 'SUBSCRIBE a.example. IN PTR'] as const;

test('PUSH-01: a SUBSCRIBE has the octets of RFC 8765 §6.2.1', () => {
  const [vector] = loadVectors('push-subscribe.hex');
  dialogue(
    new PushClient(0),
    `${established()}
      subscribe _ipp._tcp.example.com. PTR
      C: BYTES ${hexOf(vector!.message)}`,
  );
  expect(vector!.message).toHaveLength(43);
});

test('PUSH-02: questions that differ in the case of A to Z alone are one subscription', () =>
  dialogue(
    new PushClient(0),
    `${established()}
      subscribe _ipp._tcp.example.com. PTR
      C: SUBSCRIBE #2 _ipp._tcp.example.com. IN PTR
      subscribe _IPP._TCP.Example.com. PTR
      => nothing
      S: RESPONSE #2 NOERROR   => accepted _ipp._tcp.example.com. PTR
      subscribe _IPP._tcp.example.com. PTR
      => nothing
      subscribe _ipp._tcp.example.com. CH PTR
      C: SUBSCRIBE #3 _ipp._tcp.example.com. CH PTR
      subscribe _ipp._tcp.example.com. ANY
      C: SUBSCRIBE #4 _ipp._tcp.example.com. IN ANY
      unsubscribe _IPP._TCP.EXAMPLE.COM. PTR
      C: UNSUBSCRIBE 2`,
  ));

test('PUSH-02: questions that differ in the case of other letters are two', () =>
  dialogue(
    new PushClient(0),
    `${established()}
      subscribe É.example. PTR
      C: SUBSCRIBE #2 É.example. IN PTR
      subscribe é.example. PTR
      C: SUBSCRIBE #3 é.example. IN PTR
      # the same letters in Latin-1, each one octet
      subscribe \\201.example. PTR
      C: SUBSCRIBE #4 \\201.example. IN PTR
      subscribe \\233.example. PTR
      C: SUBSCRIBE #5 \\233.example. IN PTR`,
  ));

test.each(UNREADABLE_TLVS)('PUSH-03: "%s" in a response is ignored, and the rest of it holds', (tlv) =>
  dialogue(
    new PushClient(0),
    `${established()}
      subscribe a.example. PTR
      C: SUBSCRIBE #2 a.example. IN PTR
      S: RESPONSE #2 NOERROR ${tlv}   => accepted a.example. PTR
      subscribe b.example. PTR
      C: SUBSCRIBE #3 b.example. IN PTR
      S: RESPONSE #3 REFUSED ${tlv} + RETRY-DELAY 7   => refused b.example. PTR REFUSED 7 server`,
  ),
);

test.each(REFUSALS)('PUSH-04: %s refuses a subscription', (rcode) => {
  const client = new PushClient(0);
  dialogue(
    client,
    `${LIVE}
      subscribe a.example. PTR
      C: SUBSCRIBE #3 a.example. IN PTR
      S: RESPONSE #3 ${rcode}   => refused a.example. PTR ${rcode}
      S: PUSH add a.example. 60 IN PTR b.example.
      => nothing`,
  );
  expect(client.subscriptionCount).toBe(1);
});

test.each(REFUSALS)(
  'PUSH-05: after %s a client waits %d s, unless the server says how long',
  (rcode, seconds, scope) =>
    dialogue(
      new PushClient(0),
      `${established()}
      subscribe a.example. PTR
      C: SUBSCRIBE #2 a.example. IN PTR
      S: RESPONSE #2 ${rcode}   => refused a.example. PTR ${rcode} ${seconds * 1000} ${scope}
      subscribe a.example. PTR
      C: SUBSCRIBE #3 a.example. IN PTR
      S: RESPONSE #3 ${rcode} RETRY-DELAY 1234   => refused a.example. PTR ${rcode} 1234 ${scope}
      subscribe a.example. PTR
      C: SUBSCRIBE #4 a.example. IN PTR
      S: RESPONSE #4 ${rcode} PADDING 1 + RETRY-DELAY 0   => refused a.example. PTR ${rcode} 0 ${scope}`,
    ),
);

test('PUSH-08: a refusal leaves the other subscriptions alone, whether the server stays', () =>
  dialogue(
    new PushClient(0),
    `${LIVE}
      subscribe a.example. PTR
      C: SUBSCRIBE #3 a.example. IN PTR
      S: RESPONSE #3 REFUSED   => refused a.example. PTR REFUSED
      S: PUSH add _ipp._tcp.example.com. 60 IN PTR b.example.
      => changes add _ipp._tcp.example.com. 60 IN PTR b.example.
      +600000
      => nothing`,
  ));

test('PUSH-08: or sends everybody away after it', () =>
  dialogue(
    new PushClient(0),
    `${LIVE}
      subscribe a.example. PTR
      C: SUBSCRIBE #3 a.example. IN PTR
      S: RESPONSE #3 REFUSED RETRY-DELAY 1000 &
      S: RETRY-DELAY 2000 REFUSED
      => refused a.example. PTR REFUSED 1000 server
      => close graceful retry-delay 2000`,
  ));

test.each(CLIENT_ONLY)('PUSH-09: a server that sends %s ends the session', (_, message) =>
  dialogue(new PushClient(0), `${LIVE}\n S: ${message}   => abort fault RFC 8490 §5.5.3`),
);

test('PUSH-10: an UNSUBSCRIBE has the octets of RFC 8765 §6.4.1', () => {
  const [vector] = loadVectors('push-unsubscribe.hex');
  dialogue(
    new PushClient(0),
    `${LIVE}
      unsubscribe _ipp._tcp.example.com. PTR
      C: BYTES ${hexOf(vector!.message)}`,
  );
  expect(vector!.message).toHaveLength(18);
});

test.each(LATE_RCODES)(
  'PUSH-11: an UNSUBSCRIBE may come before the response, whose %s is then absorbed; until then the ID is in use',
  (rcode) => {
    const client = new PushClient(0);
    dialogue(
      client,
      `${established()}
        subscribe a.example. PTR
        C: SUBSCRIBE #2 a.example. IN PTR
        unsubscribe a.example. PTR
        C: UNSUBSCRIBE 2
        +61000
        => nothing
        S: RESPONSE #2 ${rcode}
        => nothing
        S: PUSH add a.example. 60 IN PTR b.example.
        => nothing`,
    );
    expect(client.subscriptionCount).toBe(0);
  },
);

test('PUSH-11: unsubscribed before its response and subscribed again, a question has two IDs', () =>
  dialogue(
    new PushClient(0),
    `${established()}
      subscribe a.example. PTR
      C: SUBSCRIBE #2 a.example. IN PTR
      unsubscribe a.example. PTR
      C: UNSUBSCRIBE 2
      subscribe a.example. PTR
      C: SUBSCRIBE #3 a.example. IN PTR
      S: RESPONSE #2 NOERROR
      => nothing
      S: RESPONSE #3 NOERROR   => accepted a.example. PTR`,
  ));

test('PUSH-12: what is pushed for a subscription that was cancelled is dropped', () =>
  dialogue(
    new PushClient(0),
    `${LIVE}
      unsubscribe _ipp._tcp.example.com. PTR
      C: UNSUBSCRIBE 2
      S: PUSH add _ipp._tcp.example.com. 60 IN PTR b.example. | remove-rrset _ipp._tcp.example.com. IN PTR
      => nothing
      unsubscribe _ipp._tcp.example.com. PTR
      => nothing`,
  ));

test('PUSH-13: a RECONFIRM has the octets of RFC 8765 §6.5.1', () => {
  const [vector] = loadVectors('push-reconfirm.hex');
  dialogue(
    new PushClient(0),
    `${LIVE}
      reconfirm Laser1._ipp._tcp.example.com. SRV 0 0 631 laser1.example.com.
      C: BYTES ${hexOf(vector!.message)}`,
  );
  expect(vector!.message).toHaveLength(65);
});

test('LIFE-03: a client holds a bounded number of subscriptions, and says so at the bound', () => {
  const client = new PushClient(0);
  dialogue(client, established());
  for (let asked = 0; asked < MAX_SUBSCRIPTIONS; asked++) client.subscribe(question(asked), 0);
  expect(client.subscriptionCount).toBe(MAX_SUBSCRIPTIONS);
  const [output] = client.subscribe(question(MAX_SUBSCRIPTIONS), 0);
  expect(output).toMatchObject({ kind: 'over-limit' });
  expect(output?.kind === 'over-limit' && formatQuestion(output.question)).toBe(
    `n${MAX_SUBSCRIPTIONS}. IN PTR`,
  );
  expect(client.unsubscribe(question(0), 0)).toHaveLength(1);
  expect(client.subscribe(question(MAX_SUBSCRIPTIONS), 0)).toMatchObject([{ kind: 'send' }]);
});

function question(number: number) {
  return { name: Name.of(`n${number}`), type: 12, class: 1 };
}
