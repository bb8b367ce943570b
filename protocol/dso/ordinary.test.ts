import { test } from 'vitest';
import { PushClient } from '../push/client.ts';
import { dialogue, established, opened } from '../testing/dialogue.ts';
import { TestServer } from '../testing/subjects.ts';
import { TestZones } from '../testing/test-zones.ts';

const KEEPALIVE_OPTION = 'additional . 0 CLASS1232 OPT \\# 6 000b00020064';
const OTHER_OPTION = 'additional . 0 CLASS1232 OPT \\# 8 000c0004000b0000'; // padding, with an 11 inside

function server(): TestServer {
  return new TestServer(new TestZones(['example.com.'], 'example.com. 60 IN TXT "a"'));
}

test('DSO-15: edns-tcp-keepalive in an answer of the server ends the session', () =>
  dialogue(
    new PushClient(0),
    `${established()}
      S: DNS #7 QUERY NOERROR qr | ${OTHER_OPTION}
      => nothing
      S: DNS #7 QUERY NOERROR qr | additional . 0 CLASS1232 OPT \\# 12 000c000200000000000b0000
      => nothing
      S: DNS #7 QUERY NOERROR qr | ${KEEPALIVE_OPTION}   => abort fault §5.4.6`,
  ));

test('DSO-15: it does so before the session is established, because the opener was the first DSO message', () =>
  dialogue(
    new PushClient(0),
    `C: KEEPALIVE #1 inactivity=15000 keepalive=3600000
      S: DNS #7 QUERY NOERROR qr | ${KEEPALIVE_OPTION}   => abort fault §5.4.6`,
  ));

test('something that is no DNS ends the session', () =>
  dialogue(
    new PushClient(0),
    `${established()}\n S: BYTES 00078000000100000000 0000 ff   => abort fault RFC 1035`,
  ));

test('SRV-13: edns-tcp-keepalive on a session ends it', () =>
  dialogue(
    server(),
    `${opened()}
      C: DNS #7 QUERY | ask example.com. IN TXT | ${OTHER_OPTION}
      S: DNS #7 QUERY NOERROR qr aa | ask example.com. IN TXT | answer example.com. 60 IN TXT "a"
      C: DNS #8 QUERY | ask example.com. IN TXT | ${KEEPALIVE_OPTION}   => abort fault §5.4.6`,
  ));

test('SRV-13: before its first DSO message a client may have sent it', () =>
  dialogue(
    server(),
    `C: DNS #7 QUERY | ask example.com. IN TXT | ${KEEPALIVE_OPTION}
      S: DNS #7 QUERY NOERROR qr aa | ask example.com. IN TXT | answer example.com. 60 IN TXT "a"
      ${opened().trim()}`,
  ));
