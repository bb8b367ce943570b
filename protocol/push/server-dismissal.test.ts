import { test } from 'vitest';
import { dialogue } from '../testing/dialogue.ts';
import { TestServer } from '../testing/subjects.ts';
import { TestZones } from '../testing/test-zones.ts';

const PTR = '_ipp._tcp.example.com. IN PTR';

function server(options: ConstructorParameters<typeof TestServer>[1] = {}): TestServer {
  return new TestServer(new TestZones(['example.com.']), options);
}

test('a client that is sent away before its session is established is told so behind the answer to its opener', () =>
  dialogue(
    server(),
    `shutdown 5000 NOERROR
      C: KEEPALIVE #1 inactivity=15000 keepalive=3600000 &
      C: SUBSCRIBE #2 ${PTR}
      S: RESPONSE #1 NOERROR KEEPALIVE inactivity=15000 keepalive=3600000
      S: RETRY-DELAY 5000 NOERROR
      +5000  => abort retry-delay`,
  ));

test('a client that is not let in is sent away behind the answer to its opener', () =>
  dialogue(
    server({ turnAwayMs: 7000 }),
    `C: KEEPALIVE #1 inactivity=15000 keepalive=3600000
      S: RESPONSE #1 NOERROR KEEPALIVE inactivity=15000 keepalive=3600000
      S: RETRY-DELAY 7000 SERVFAIL`,
  ));

test('a client that is not let in and opens with a SUBSCRIBE is refused it for as long', () =>
  dialogue(
    server({ turnAwayMs: 7000 }),
    `C: SUBSCRIBE #1 ${PTR}
      S: RESPONSE #1 SERVFAIL RETRY-DELAY 7000`,
  ));
