/** What Apple's server does that others do not (`testing/vectors/apple-*`), and that it does Herald no harm. */
import { expect, test } from 'vitest';
import { dialogue } from '../testing/dialogue.ts';
import type { Vector } from '../testing/hex.ts';
import { loadVectors } from '../testing/hex.ts';
import { Name } from '../wire/name.ts';
import type { Question } from '../wire/record.ts';
import { RecordClass, RecordType } from '../wire/registry.ts';
import type { ClientOutput } from './client.ts';
import { PushClient } from './client.ts';
import { ReconfirmPolicy } from './reconfirm.ts';
import { ZoneCache } from './zone-cache.ts';

const IPP: Question = {
  name: Name.of('_ipp._tcp.default.service.arpa'),
  type: RecordType.PTR,
  class: RecordClass.IN,
};

/** What the server sent in a capture. */
const said = (capture: string): readonly Vector[] =>
  loadVectors(capture).filter(({ line }) => line.startsWith('S: '));

/** A client that asks what the capture's client asked, under the same MESSAGE IDs. */
function asking(): PushClient {
  const client = new PushClient(0);
  client.open(0);
  client.subscribe(IPP, 0);
  return client;
}

function kinds(outputs: readonly ClientOutput[]): readonly string[] {
  return outputs.map((output) =>
    output.kind === 'changes' ? output.changes.map(({ kind }) => kind).join(' ') : output.kind,
  );
}

test('DSO-02: a server that writes each length by itself, as Apple’s does, is understood', () => {
  const client = asking();
  const lengthsApart = said('apple-01').flatMap(({ framed }) => [framed.subarray(0, 2), framed.subarray(2)]);
  const outputs = lengthsApart.flatMap((chunk) => client.receive(Uint8Array.from(chunk), 0));
  expect(kinds(outputs)).toEqual(['established', 'accepted', 'add', 'add', 'remove']);
  expect(kinds(asking().receive(Buffer.concat(said('apple-01').map(({ framed }) => framed)), 0))).toEqual(
    kinds(outputs),
  );
});

test('CHG-19: changes that arrive twice, as from Apple’s server after a duplicate, come true once', () => {
  const client = asking();
  const cache = new ZoneCache();
  cache.cover(IPP, 0);
  const deltas = said('apple-01').flatMap(({ line, framed }) => {
    const chunk = line.startsWith('S: PUSH') ? Buffer.concat([framed, framed]) : framed;
    return client
      .receive(chunk, 0)
      .flatMap((output) => (output.kind === 'changes' ? cache.apply(output.changes, 0) : []));
  });
  expect(deltas.map(({ kind }) => kind)).toEqual(['added', 'added', 'removed']);
  expect(cache.matching(IPP)).toHaveLength(1);
});

test('PUSH-02: what Apple’s server would accept twice is asked for once, in letters of either case', () =>
  dialogue(
    new PushClient(0),
    `C: KEEPALIVE #1 inactivity=15000 keepalive=3600000
     S: RESPONSE #1 NOERROR KEEPALIVE inactivity=15000 keepalive=60000   => established
     subscribe _ipp._tcp.default.service.arpa. PTR
     C: SUBSCRIBE #2 _ipp._tcp.default.service.arpa. IN PTR
     S: RESPONSE #2 NOERROR   => accepted _ipp._tcp.default.service.arpa. PTR
     subscribe _IPP._TCP.DEFAULT.SERVICE.ARPA. PTR
     => nothing`,
  ));

test('PUSH-14: a server that answers RECONFIRM, as Apple’s does, is left with the reason, and asked for none again', () => {
  const [answer] = said('apple-04n');
  const doubted = { ...IPP, rdata: Name.of('Ghost._ipp._tcp.default.service.arpa').wire };
  const policy = new ReconfirmPolicy();
  const client = asking();
  for (const { framed } of said('apple-01').slice(0, 2)) client.receive(framed, 0);

  expect(policy.take(doubted, 0)).toBe(true);
  expect(kinds(client.reconfirm(doubted, 0))).toEqual(['send']);
  expect(client.receive(answer!.framed, 0)).toMatchObject([
    {
      kind: 'close',
      how: 'abort',
      cause: 'fault',
      reason: 'the server answered RECONFIRM: a response has MESSAGE ID 0 (RFC 8490 §5.4.1)',
    },
  ]);
  expect(client.wasReconfirmAnswered).toBe(true);
  policy.answered();
  expect(policy.isOff).toBe(true);
  expect(policy.take(doubted, 3_600_000)).toBe(false);
});

test('DSO-07: a response with MESSAGE ID 0 is not laid to RECONFIRM where none was sent', () => {
  const client = asking();
  for (const { framed } of said('apple-01').slice(0, 2)) client.receive(framed, 0);
  const [close] = client.receive(said('apple-04n')[0]!.framed, 0);
  expect(close).toMatchObject({
    how: 'abort',
    reason: 'a response has MESSAGE ID 0 (RFC 8490 §5.4.1)',
  });
  expect(client.wasReconfirmAnswered).toBe(false);
});
