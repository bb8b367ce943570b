import { expect, test } from 'vitest';
import { dialogue, opened } from '../testing/dialogue.ts';
import { loadVectors } from '../testing/hex.ts';
import { TestServer } from '../testing/subjects.ts';
import { TestZones } from '../testing/test-zones.ts';
import { hexOf } from '../wire/text.ts';

const PTR = '_ipp._tcp.example.com. IN PTR';
const ZONE = `
  _ipp._tcp.example.com. 4500 IN PTR Laser1._ipp._tcp.example.com.
  Laser1._ipp._tcp.example.com. 120 IN SRV 0 0 631 laser1.example.com.
  Laser1._ipp._tcp.example.com. 120 IN TXT "ty=Laser"
  laser1.example.com. 120 IN A 192.0.2.7
  laser1.example.com. 120 IN AAAA 2001:db8::7
  www.example.com. 60 IN CNAME laser1.example.com.`;

function server(options: ConstructorParameters<typeof TestServer>[1] = {}): TestServer {
  return new TestServer(new TestZones(['example.com.', 'example.net.'], ZONE), options);
}

/** UNSUBSCRIBEs that are not two octets long: of none, one and three, and Apple's with a name, a type and a class. */
const FOREIGN_UNSUBSCRIBES = [
  'TYPE66',
  'TYPE66 00',
  'TYPE66 000200',
  'TYPE66 045f697070045f7463700000 0c0001',
] as const;

test('SRV-20: a SUBSCRIBE is answered once, with its ID and nothing else', () => {
  const [request] = loadVectors('push-subscribe.hex');
  const [response] = loadVectors('push-subscribe-accepted.hex');
  dialogue(
    server(),
    `${opened()}
      C: BYTES ${hexOf(request!.message)}
      S: BYTES ${hexOf(response!.message)}
      S: PUSH add _ipp._tcp.example.com. 4500 IN PTR Laser1._ipp._tcp.example.com.`,
  );
});

test('SRV-21: names that do not exist are subscribed to like others', () =>
  dialogue(
    server(),
    `${opened()}
      C: SUBSCRIBE #2 nothing.example.com. IN PTR
      S: RESPONSE #2 NOERROR
      C: SUBSCRIBE #3 example.net. IN ANY
      S: RESPONSE #3 NOERROR
      C: SUBSCRIBE #4 *.example.net. IN A
      S: RESPONSE #4 NOERROR
      => nothing`,
  ));

test('SRV-22: names of other zones are answered NOTAUTH with a delay of five minutes', () => {
  const [response] = loadVectors('push-subscribe-notauth.hex');
  dialogue(
    server(),
    `${opened()}
      C: SUBSCRIBE #2 _ipp._tcp.example.org. IN PTR
      S: BYTES ${hexOf(response!.message)}
      C: SUBSCRIBE #3 com. IN PTR
      S: RESPONSE #3 NOTAUTH RETRY-DELAY 300000
      C: SUBSCRIBE #4 notexample.com. IN PTR
      S: RESPONSE #4 NOTAUTH RETRY-DELAY 300000
      C: SUBSCRIBE #2 ${PTR}
      S: RESPONSE #2 NOERROR
      S: PUSH add _ipp._tcp.example.com. 4500 IN PTR Laser1._ipp._tcp.example.com.`,
  );
});

test('SRV-22: subscriptions over the limit are answered REFUSED with a delay of five minutes', () =>
  dialogue(
    server({ maxSubscriptions: 1 }),
    `${opened()}
      C: SUBSCRIBE #2 a.example.com. IN PTR
      S: RESPONSE #2 NOERROR
      C: SUBSCRIBE #3 b.example.com. IN PTR
      S: RESPONSE #3 REFUSED RETRY-DELAY 300000
      C: UNSUBSCRIBE 2
      C: SUBSCRIBE #4 b.example.com. IN PTR
      S: RESPONSE #4 NOERROR`,
  ));

test('SRV-23: a second subscription to the same ends the session, whatever the case of its name', () => {
  dialogue(
    server(),
    `${opened()}
      C: SUBSCRIBE #2 a.example.com. IN PTR
      S: RESPONSE #2 NOERROR
      C: SUBSCRIBE #3 A.Example.COM. IN PTR   => abort fault RFC 8765 §6.2.1`,
  );
  dialogue(
    server(),
    `${opened()}
      C: SUBSCRIBE #2 é.example.com. IN PTR &
      C: SUBSCRIBE #3 É.example.com. IN PTR &
      C: SUBSCRIBE #4 é.example.com. CH PTR &
      C: SUBSCRIBE #5 é.example.com. IN TXT
      S: RESPONSE #2 NOERROR
      S: RESPONSE #3 NOERROR
      S: RESPONSE #4 NOERROR
      S: RESPONSE #5 NOERROR`,
  );
});

test('SRV-23: after an UNSUBSCRIBE it is no second', () =>
  dialogue(
    server(),
    `${opened()}
      C: SUBSCRIBE #2 a.example.com. IN PTR
      S: RESPONSE #2 NOERROR
      C: UNSUBSCRIBE 2 &
      C: SUBSCRIBE #3 a.example.com. IN PTR
      S: RESPONSE #3 NOERROR`,
  ));

test('SRV-24: what there is follows the response, and nothing where there is nothing', () =>
  dialogue(
    server(),
    `${opened()}
      C: SUBSCRIBE #2 laser1.example.com. IN A
      S: RESPONSE #2 NOERROR
      S: PUSH add laser1.example.com. 120 IN A 192.0.2.7
      C: SUBSCRIBE #3 laser1.example.com. IN TXT
      S: RESPONSE #3 NOERROR
      => nothing`,
  ));

test('SRV-25: subscriptions to TYPE 255 and CLASS 255 are told of everything', () =>
  dialogue(
    server(),
    `${opened()}
      C: SUBSCRIBE #2 Laser1._ipp._tcp.example.com. IN ANY
      S: RESPONSE #2 NOERROR
      S: PUSH add Laser1._ipp._tcp.example.com. 120 IN SRV 0 0 631 laser1.example.com. | add Laser1._ipp._tcp.example.com. 120 IN TXT "ty=Laser"
      C: SUBSCRIBE #3 laser1.example.com. ANY ANY
      S: RESPONSE #3 NOERROR
      S: PUSH add laser1.example.com. 120 IN A 192.0.2.7 | add laser1.example.com. 120 IN AAAA 2001:db8::7
      zone add laser1.example.com. 60 IN TXT "x" | add laser1.example.com. 60 CH TXT "y"
      S: PUSH add laser1.example.com. 60 IN TXT "x" | add laser1.example.com. 60 CH TXT "y"`,
  ));

test('SRV-26: a subscription to any type is told of a CNAME', () =>
  dialogue(
    server(),
    `${opened()}
      C: SUBSCRIBE #2 www.example.com. IN A
      S: RESPONSE #2 NOERROR
      S: PUSH add www.example.com. 60 IN CNAME laser1.example.com.
      zone add www.example.com. 30 IN CNAME x.example.com.
      S: PUSH add www.example.com. 30 IN CNAME x.example.com.`,
  ));

test('SRV-33: an UNSUBSCRIBE is never answered, whether its ID is known or not', () =>
  dialogue(
    server(),
    `${opened()}
      C: SUBSCRIBE #2 nothing.example.com. IN PTR
      S: RESPONSE #2 NOERROR
      C: UNSUBSCRIBE 30583
      => nothing
      zone add nothing.example.com. 60 IN PTR a.
      S: PUSH add nothing.example.com. 60 IN PTR a.
      C: UNSUBSCRIBE 2
      => nothing
      zone add nothing.example.com. 60 IN PTR b.
      => nothing
      C: UNSUBSCRIBE 2
      => nothing`,
  ));

test.each(FOREIGN_UNSUBSCRIBES)('SRV-34: "%s" ends the session, unless the server is tolerant', (message) => {
  const live = `${opened()}
      C: SUBSCRIBE #2 nothing.example.com. IN PTR
      S: RESPONSE #2 NOERROR
      C: ${message}`;
  dialogue(server(), `${live}\n => abort fault`);
  const tolerant = server({ malformedUnsubscribe: 'ignore' });
  dialogue(
    tolerant,
    `${live}
      => nothing
      zone add nothing.example.com. 60 IN PTR a.
      S: PUSH add nothing.example.com. 60 IN PTR a.
      C: UNSUBSCRIBE 2`,
  );
  expect(tolerant.session.subscriptionCount).toBe(0);
});

test('SRV-35: a RECONFIRM is never answered', () =>
  dialogue(
    server(),
    `${opened()}
      C: RECONFIRM Laser1._ipp._tcp.example.com. IN SRV 0 0 631 laser1.example.com.
      => nothing
      C: RECONFIRM elsewhere.example.org. IN A 192.0.2.1
      => nothing
      C: SUBSCRIBE #2 nothing.example.com. IN PTR
      S: RESPONSE #2 NOERROR`,
  ));

test('a RECONFIRM of no one record ends the session', () => {
  dialogue(
    server(),
    `${opened()}\n C: RECONFIRM a.example.com. IN ANY \\# 0   => abort fault RFC 8765 §6.5.1`,
  );
  dialogue(
    server(),
    `${opened()}\n C: RECONFIRM a.example.com. ANY A 192.0.2.1   => abort fault RFC 8765 §6.5.1`,
  );
});
