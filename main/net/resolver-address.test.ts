import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ResolverAddress } from './resolver-address.ts';
import { parseResolver, spokenResolver, writtenResolver } from './resolver-address.ts';

const PIN = '27XG8s3EydTV8lw9aE6TBTWaWKqzBvrYS64+nxzZau0=';
const OTHER = 'd6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM=';

test.each<readonly [string, ResolverAddress]>([
  ['192.0.2.53', { host: '192.0.2.53', port: 53 }],
  ['[2001:db8::53]:5353', { host: '2001:db8::53', port: 5353 }],
  [
    'tls://192.0.2.53#dns.example.org',
    { host: '192.0.2.53', port: 853, identity: { name: 'dns.example.org', pins: [] } },
  ],
  ['TLS://192.0.2.53#dns.test.', { host: '192.0.2.53', port: 853, identity: { name: 'dns.test', pins: [] } }],
  [
    'tls://[2001:db8::53]:8853#dns.test',
    { host: '2001:db8::53', port: 8853, identity: { name: 'dns.test', pins: [] } },
  ],
  [
    'tls://2001:db8::53#dns.test',
    { host: '2001:db8::53', port: 853, identity: { name: 'dns.test', pins: [] } },
  ],
  ['tls://dns.test', { host: 'dns.test', port: 853, identity: { name: 'dns.test', pins: [] } }],
  [`tls://192.0.2.53?pin=${PIN}`, { host: '192.0.2.53', port: 853, identity: { name: null, pins: [PIN] } }],
  [
    `tls://192.0.2.53:8853?pin=${encodeURIComponent(PIN)}&pin=${OTHER}#dns.test`,
    { host: '192.0.2.53', port: 8853, identity: { name: 'dns.test', pins: [PIN, OTHER] } },
  ],
])('%s is read, and read back as it is written', (text, address) => {
  const again = parseResolver(writtenResolver(address));

  expect(parseResolver(text)).toEqual({ ok: true, address });
  expect(again).toEqual({ ok: true, address });
});

test.each([
  ['', 'is no resolver. Type an address'],
  ['192.0.2.53:0', 'is no resolver'],
  ['https://dns.example/dns-query', 'is no resolver'],
  ['192.0.2.53#dns.test', 'is no resolver'], // a name without TLS proves nothing
  ['tls://', 'has no address behind tls://'],
  ['tls://192.0.2.53/#dns.test', 'has no address behind tls://'],
  ['tls://192.0.2.53', 'must show who it is: add its name (tls://192.0.2.53#dns.example.org)'],
  ['tls://192.0.2.53#', 'must show who it is'],
  ['tls://192.0.2.53#192.0.2.53', '“192.0.2.53” is no host name'],
  ['tls://192.0.2.53#a..b', '“a..b” is no host name'],
  ['tls://192.0.2.53?pin=', '“” is no pin'],
  ['tls://192.0.2.53?pin=%zz', '“%zz” is no pin'],
  [`tls://192.0.2.53?sha256=${PIN}`, `“sha256=${PIN}” is no pin`],
])('%s is refused with a sentence that says what to type', (text, message) => {
  expect(parseResolver(text)).toEqual({ ok: false, message: expect.stringContaining(message) });
});

test('no text is read as a resolver over TLS that need not show who it is', () => {
  const parts = fc.constantFrom(
    'tls://',
    'TLS://',
    '192.0.2.1',
    '[::1]',
    ':853',
    '#',
    '?',
    'pin=',
    PIN,
    '&',
    'a.b',
    '.',
  );
  const texts = fc.array(parts, { maxLength: 8 }).map((list) => list.join(''));
  const holds = fc.property(texts, (text) => {
    const parsed = parseResolver(text);
    if (!parsed.ok) return true;
    const { identity } = parsed.address;
    const wantsTls = /^tls:/i.test(text);
    return (
      wantsTls === (identity !== undefined) &&
      (!wantsTls || identity!.name !== null || identity!.pins.length > 0)
    );
  });
  fc.assert(holds, { seed: 8310, numRuns: 3000 });
});

test('sentences say what is spoken over TLS', () => {
  expect(spokenResolver({ host: '::1', port: 53 })).toBe('::1 port 53');
  expect(spokenResolver({ host: '::1', port: 853, identity: { name: 'a.b', pins: [] } })).toBe(
    '::1 port 853 over TLS',
  );
});
