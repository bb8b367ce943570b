import { expect, test } from 'vitest';
import { parseWindowsDns } from './windows-dns.ts';

test('resolvers and suffixes are read, each once; addresses that nobody set are passed over', () => {
  const printed = JSON.stringify({
    servers: [
      { ServerAddresses: ['192.168.1.1', '2001:db8::53'] },
      { ServerAddresses: [] },
      { ServerAddresses: ['fec0:0:0:ffff::1', 'fec0:0:0:ffff::2'] },
      { ServerAddresses: ['192.168.1.1'] },
      { ServerAddresses: null },
    ],
    suffixes: ['corp.example', '', null, 'office.test', 'corp.example'],
  });
  const found = parseWindowsDns(`\uFEFF${printed}\r\n`);

  expect(found?.servers.map(({ host }) => host)).toEqual(['192.168.1.1', '2001:db8::53']);
  expect(found?.searchDomains.map(String)).toEqual(['corp.example.', 'office.test.']);
});

test.each(['', 'Get-NetIPInterface : The term is not recognized', '{"servers":3,"suffixes":[]}'])(
  'what is no answer is none: %j',
  (text) => {
    expect(parseWindowsDns(text)).toBeUndefined();
  },
);
