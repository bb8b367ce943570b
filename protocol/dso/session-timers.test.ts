import { expect, test } from 'vitest';
import { PushClient } from '../push/client.ts';
import type { PushTlv } from '../push/tlvs.ts';
import { PUSH_TLV_RULES, subscribeTlv } from '../push/tlvs.ts';
import { dialogue, established } from '../testing/dialogue.ts';
import { formatMessage, readMessageWords } from '../transcript-message.ts';
import { readPhrase } from '../transcript-words.ts';
import { Name } from '../wire/name.ts';
import { NEVER_MS } from './base-tlvs.ts';
import { framed } from './framer.ts';
import { DsoSession } from './session.ts';

const LIVE = `
  subscribe a.example. PTR
  C: SUBSCRIBE #2 a.example. IN PTR
  S: RESPONSE #2 NOERROR   => accepted a.example. PTR`;
const PUSH = 'PUSH add a.example. 60 IN PTR b.example.';
const CHANGES = '=> changes add a.example. 60 IN PTR b.example.';
const WISHES = 'inactivity=15000 keepalive=3600000';
const MAX_FINITE_MS = 0xfffffffe;

const SHORT_INTERVALS = [
  ['9999 ms in a response', 'RESPONSE #2 NOERROR KEEPALIVE inactivity=15000 keepalive=9999'],
  ['0 ms in a response', 'RESPONSE #2 NOERROR KEEPALIVE inactivity=15000 keepalive=0'],
  ['9999 ms in a unidirectional Keepalive', 'KEEPALIVE inactivity=15000 keepalive=9999'],
] as const;

const KEEPALIVE_RESPONSES = [
  ['no Keepalive TLV', 'RESPONSE #2 NOERROR'],
  ['padding for a Keepalive TLV', 'RESPONSE #2 NOERROR PADDING 8'],
  ['two Keepalive TLVs', `RESPONSE #2 NOERROR KEEPALIVE ${WISHES} + KEEPALIVE ${WISHES}`],
  ['a Keepalive TLV of 7 octets', 'RESPONSE #2 NOERROR TYPE1 00003a980036ee'],
  ['a Keepalive TLV of 9 octets', 'RESPONSE #2 NOERROR TYPE1 00003a980036ee8000'],
  ['its Keepalive TLV behind another', `RESPONSE #2 NOERROR PADDING 0 + KEEPALIVE ${WISHES}`],
] as const;

test('KA-01: until a Keepalive says otherwise both timeouts are 15 s', () => {
  const session = unopened();
  expect(session.timeouts).toEqual({ inactivityMs: 15_000, keepaliveMs: 15_000 });
  const sent = session.request(subscribeTlv({ name: Name.of('a.example'), type: 12, class: 1 }), 0);
  expect([...session.receive(message(`RESPONSE #${sent?.id} NOERROR`), 0)].map(({ kind }) => kind)).toEqual([
    'established',
    'response',
  ]);
  expect(session.tick(14_999)).toEqual([]);
  expect(session.tick(15_000).map(said)).toEqual([`KEEPALIVE #2 ${WISHES}`]);
  session.release(sent!.id, 15_000);
  const idle = unopened();
  idle.request(subscribeTlv({ name: Name.of('a.example'), type: 12, class: 1 }), 0);
  expect([...idle.receive(message('RESPONSE #1 NOERROR'), 0)]).toHaveLength(2);
  idle.release(1, 0);
  expect(idle.tick(14_999)).toEqual([]);
  expect(idle.tick(15_000)).toMatchObject([{ kind: 'close', how: 'graceful', cause: 'idle' }]);
});

test('KA-02: what the server grants is in force, not what was asked for', () => {
  dialogue(
    new PushClient(0),
    `${established(7000, 20_000)}\n +6999\n => nothing\n +1\n => close graceful idle`,
  );
  dialogue(
    new PushClient(0),
    `${established(7000, 20_000)} ${LIVE}
      +19999
      => nothing
      +1
      C: KEEPALIVE #3 ${WISHES}`,
  );
});

test('KA-03: a client asks for an hour between keepalives, in every Keepalive the same', () =>
  dialogue(
    new PushClient(0),
    `${established(15_000, 10_000)} ${LIVE}
      +10000
      C: KEEPALIVE #3 inactivity=15000 keepalive=3600000
      S: RESPONSE #3 NOERROR KEEPALIVE inactivity=1 keepalive=10000
      +10000
      C: KEEPALIVE #4 inactivity=15000 keepalive=3600000`,
  ));

test('KA-04: a Keepalive is sent when the interval has passed without any message', () =>
  dialogue(
    new PushClient(0),
    `${established(15_000, 10_000)} ${LIVE}
      +9999
      => nothing
      +1
      C: KEEPALIVE #3 ${WISHES}`,
  ));

test('KA-05: a whole message either way restarts the keepalive timer', () =>
  dialogue(
    new PushClient(0),
    `${established(15_000, 10_000)} ${LIVE}
      +9000
      S: ${PUSH}   ${CHANGES}
      +9000
      subscribe b.example. PTR
      C: SUBSCRIBE #3 b.example. IN PTR
      +9999
      => nothing
      +1
      C: KEEPALIVE #4 ${WISHES}`,
  ));

test('KA-05: half a message does not', () =>
  dialogue(
    new PushClient(0),
    `${established(15_000, 10_000)} ${LIVE}
      +9000
      S: STREAM 002c 0000 3000 0000 0000
      +1000
      C: KEEPALIVE #3 ${WISHES}`,
  ));

test.each(SHORT_INTERVALS)('KA-06: a keepalive interval of %s ends the session', (_, words) =>
  dialogue(
    new PushClient(0),
    `${established(4_294_967_295, 10_000)}
      +10000
      C: KEEPALIVE #2 ${WISHES}
      S: ${words}   => abort fault §6.5.2`,
  ),
);

test('KA-06: an interval of 10 s does not', () =>
  dialogue(
    new PushClient(0),
    `${established(15_000, 10_000)}\n S: KEEPALIVE inactivity=15000 keepalive=10000\n => nothing`,
  ));

test('KA-07: 0xFFFFFFFF is never, for both timeouts', () => {
  const client = new PushClient(0);
  dialogue(client, established(NEVER_MS, NEVER_MS));
  expect(client.deadlineMs).toBeUndefined();
  expect(client.tick(Number.MAX_SAFE_INTEGER)).toEqual([]);
});

test('KA-07: 0xFFFFFFFE is 49.7 days, for both timeouts', () => {
  const idle = new PushClient(0);
  dialogue(
    idle,
    `${established(MAX_FINITE_MS, NEVER_MS)}\n +${MAX_FINITE_MS - 1}\n => nothing\n +1\n => close graceful idle`,
  );
  dialogue(
    new PushClient(0),
    `${established(NEVER_MS, MAX_FINITE_MS)}\n +${MAX_FINITE_MS - 1}\n => nothing\n +1\n C: KEEPALIVE #2 ${WISHES}`,
  );
});

test('KA-08: a unidirectional Keepalive of the server is in force and not answered', () =>
  dialogue(
    new PushClient(0),
    `${established()}
      S: KEEPALIVE inactivity=2000 keepalive=30000
      => nothing
      +1999
      => nothing
      +1
      => close graceful idle`,
  ));

test('KA-08: a Keepalive request of the server ends the session', () =>
  dialogue(
    new PushClient(0),
    `${established()}\n S: KEEPALIVE #7 inactivity=2000 keepalive=30000   => abort fault §5.4.1`,
  ));

test.each(KEEPALIVE_RESPONSES)('KA-09: a response to a Keepalive with %s ends the session', (_, words) =>
  dialogue(
    new PushClient(0),
    `${established(4_294_967_295, 10_000)}
      +10000
      C: KEEPALIVE #2 ${WISHES}
      S: ${words}   => abort fault §7.1`,
  ),
);

test('KA-14: a Keepalive that is not answered within 30 s shows a dead server', () =>
  dialogue(
    new PushClient(0),
    `${established(15_000, 10_000)} ${LIVE}
      +10000
      C: KEEPALIVE #3 ${WISHES}
      +29999
      => nothing
      +1
      => abort silence §6.5`,
  ));

test('LIFE-02: a server that does not answer a probe within 5 s is lost, and not to blame', () =>
  dialogue(
    new PushClient(0),
    `${established(15_000, 3_600_000)} ${LIVE}
      +60000
      probe
      C: KEEPALIVE #3 ${WISHES}
      +4999
      probe
      => nothing
      +1
      => abort severed`,
  ));

test('LIFE-02: a Keepalive that waits for its answer will do for a probe', () =>
  dialogue(
    new PushClient(0),
    `${established(15_000, 10_000)} ${LIVE}
      +10000
      C: KEEPALIVE #3 ${WISHES}
      +2000
      probe
      => nothing
      +5000
      => abort severed`,
  ));

test('a session that answers a probe goes on, and its next Keepalive has all its time', () =>
  dialogue(
    new PushClient(0),
    `${established(15_000, 10_000)} ${LIVE}
      probe
      C: KEEPALIVE #3 ${WISHES}
      S: RESPONSE #3 NOERROR KEEPALIVE inactivity=15000 keepalive=10000
      +10000
      C: KEEPALIVE #4 ${WISHES}
      +29999
      => nothing
      +1
      => abort silence`,
  ));

test('a session that is being established is not probed', () =>
  dialogue(
    new PushClient(0),
    `C: KEEPALIVE #1 ${WISHES}
 probe
 => nothing`,
  ));

test('what falls due at once is done once', () => {
  const client = new PushClient(0);
  dialogue(client, `${established(4_294_967_295, 10_000)}\n +10000\n C: KEEPALIVE #2 ${WISHES}`);
  expect(client.tick(10_000)).toEqual([]);
  expect(client.deadlineMs).toBe(40_000);
});

function unopened(): DsoSession<PushTlv> {
  const timeouts = () => ({ inactivityMs: 15_000, keepaliveMs: 3_600_000 });
  return new DsoSession<PushTlv>({ role: 'client', rules: PUSH_TLV_RULES, timeouts }, 0);
}

function message(words: string): Uint8Array {
  return framed(readMessageWords(readPhrase(words, 1)));
}

function said(output: { readonly kind: string; readonly bytes?: Uint8Array }): string {
  return output.bytes === undefined ? output.kind : formatMessage(output.bytes.subarray(2));
}
