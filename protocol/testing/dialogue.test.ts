import { expect, test } from 'vitest';
import { PushClient } from '../push/client.ts';
import { dialogue, established, opened } from './dialogue.ts';
import { TestServer } from './subjects.ts';
import { TestZones } from './test-zones.ts';

const START = established();

test('a dialogue that goes as written passes', () => {
  dialogue(
    new PushClient(0),
    `${START}
      subscribe _ipp._tcp.example.com. PTR
      C: SUBSCRIBE #2 _ipp._tcp.example.com. IN PTR
      S: RESPONSE #2 NOTAUTH RETRY-DELAY 7000   => refused _ipp._tcp.example.com. PTR NOTAUTH 7000 zone
      +14999
      +1
      => close graceful idle`,
  );
  dialogue(
    new TestServer(new TestZones(['example.com.'], 'example.com. 60 IN TXT "a"')),
    `${opened()}
      C: SUBSCRIBE #2 example.com. IN TXT
      S: RESPONSE #2 NOERROR
      S: PUSH add example.com. 60 IN TXT "a"`,
  );
});

test.each([
  [
    'another line',
    `${START}\n subscribe a.b. PTR\n C: SUBSCRIBE #3 a.b. IN PTR`,
    /SUBSCRIBE #3 .*\n.*SUBSCRIBE #2 /,
  ],
  ['a line too many', `${START}\n C: UNSUBSCRIBE 2`, /expected C: UNSUBSCRIBE 2\n.*nothing/],
  ['a line too few', `${START}\n subscribe a.b. PTR\n +1`, /nothing more before/],
  ['a line too few at the end', `${START}\n subscribe a.b. PTR`, /nothing more before/],
  ['another thing told', START.replace('=> established', '=> accepted a.b. PTR'), /accepted/],
  ['another reason', `${START}\n S: PUSH\n => abort fault §9.9`, /PUSH carries no change/],
  ['another cause', `${START}\n S: PUSH\n => abort idle`, /abort fault/],
  ['an earlier deadline', `${START}\n +14998\n => close graceful idle`, /expected => close/],
  ['an unknown command', `${START}\n dance`, /no command "dance"/],
  ['nonsense', `${START}\n S: DANCE`, /"DANCE" is no message/],
  ['an unfinished write', `${START}\n S: UNSUBSCRIBE 2 &`, /nothing follows/],
])('a dialogue fails on %s', (_, text, problem) => {
  expect(() => dialogue(new PushClient(0), text)).toThrow(problem);
});

test('a dialogue compares octets, not only what they mean', () => {
  const client = new PushClient(0);
  const open = client.open.bind(client);
  client.open = (nowMs) => {
    const outputs = open(nowMs);
    for (const output of outputs) if (output.kind === 'send') output.bytes[1]! += 1;
    return outputs;
  };
  expect(() => dialogue(client, START)).toThrow(/STREAM/);
});
