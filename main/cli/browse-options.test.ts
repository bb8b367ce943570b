import { expect, test } from 'vitest';
import { ROOT_ANCHOR_FILE } from '../net/anchor-files.ts';
import { parseBrowseOptions } from './browse-options.ts';

const PIN = '27XG8s3EydTV8lw9aE6TBTWaWKqzBvrYS64+nxzZau0=';

test('all options are read', () => {
  const args = [
    ...[
      '--json',
      '--explain',
      '--resolver',
      '127.0.0.1:5353',
      '--ca',
      'ca.pem',
      '--for',
      '1.5',
      '--count',
      '3',
    ],
    ...['--anchors', 'anchors.ds'],
    ...['--strict', '--pin', PIN, '--cert', 'me.pem', '--key', 'key.pem'],
    ...['--keylog', 'keys', '--transcript', 'lines', 'example.org', '_ipp._tcp.example.org'],
  ];

  expect(parseBrowseOptions(args)).toEqual({
    kind: 'options',
    options: {
      isJson: true,
      resolver: { host: '127.0.0.1', port: 5353 },
      anchorFile: 'anchors.ds',
      caFile: 'ca.pem',
      isStrict: true,
      pins: [PIN],
      certFile: 'me.pem',
      keyFile: 'key.pem',
      isDemo: false,
      isExplain: true,
      isSuggest: false,
      isHistory: false,
      since: undefined,
      dataFolder: undefined,
      forMs: 1500,
      count: 3,
      keylogFile: 'keys',
      transcriptFile: 'lines',
      names: ['example.org', '_ipp._tcp.example.org'],
    },
  });
});

test.each([
  ['192.0.2.1', '192.0.2.1', 53],
  ['192.0.2.1:5300', '192.0.2.1', 5300],
  ['resolver.example', 'resolver.example', 53],
  ['2001:db8::1', '2001:db8::1', 53],
  ['[2001:db8::1]', '2001:db8::1', 53],
  ['[::1]:5300', '::1', 5300],
])('the resolver %s is host %s and port %i', (text, host, port) => {
  const parsed = parseBrowseOptions(['--resolver', text, 'example.org']);

  expect(parsed).toMatchObject({ kind: 'options', options: { resolver: { host, port } } });
});

test('a resolver over TLS is taken with its name', () => {
  expect(parseBrowseOptions(['--resolver', 'tls://192.0.2.1#dns.test', 'example.org'])).toMatchObject({
    options: { resolver: { host: '192.0.2.1', port: 853, identity: { name: 'dns.test', pins: [] } } },
  });
});

test.each([
  [[], 'Say which domain'],
  [['--demo', '--ca', 'x'], '--demo has a resolver and certificates'],
  [['--bogus', 'example.org'], '--bogus'],
  [['--for', 'soon', 'example.org'], '--for takes a number over 0, not "soon"'],
  [['--for', '0', 'example.org'], '--for takes a number over 0, not "0"'],
  [['--count', '0', 'example.org'], '--count takes a whole number from 1 on, not "0"'],
  [['--since', '7d', 'example.org'], '--since and --data go with --history'],
  [['--data', '/tmp', 'example.org'], '--since and --data go with --history'],
  [['--history', '--since', 'yesterday'], '--since takes a time such as 12h'],
  [['--resolver', ':53', 'example.org'], '--resolver: “:53” is no resolver. Type an address'],
  [['--resolver', '127.0.0.1:70000', 'example.org'], 'is no resolver'],
  [['--resolver', 'tls://127.0.0.1', 'example.org'], '--resolver: Over TLS a resolver must show who it is'],
  [['--pin', 'abc', 'example.org'], '--pin takes the SHA-256 of a public key in base64'],
  [['--key', 'key.pem', 'example.org'], 'say which, with --cert'],
  [['--no-dnssec', '--anchors', 'mine.ds', 'example.org'], '--anchors and --no-dnssec rule each other out'],
  [['a..b'], '"a..b" is no domain name'],
  [['.'], 'The root of DNS cannot be browsed'],
])('%j is refused with a message that says what to do', (args, message) => {
  expect(parseBrowseOptions(args)).toMatchObject({
    kind: 'wrong',
    message: expect.stringContaining(message),
  });
});

test('signatures are checked by the root’s keys, by others, or not at all', () => {
  const anchorFile = (...args: readonly string[]): unknown => {
    const parsed = parseBrowseOptions([...args, 'example.org']);
    return parsed.kind === 'options' ? parsed.options.anchorFile : parsed;
  };
  expect(anchorFile()).toBe(ROOT_ANCHOR_FILE);
  expect(anchorFile('--anchors', 'mine.ds')).toBe('mine.ds');
  expect(anchorFile('--no-dnssec')).toBeUndefined();
});

test('--history needs no name, and may be told since when and where', () => {
  expect(parseBrowseOptions(['--history', '--since', '7d', '--data', 'elsewhere'])).toMatchObject({
    kind: 'options',
    options: { isHistory: true, since: '7d', dataFolder: 'elsewhere', names: [] },
  });
});

test('--demo needs no name, and --help no sense', () => {
  expect(parseBrowseOptions(['--demo'])).toMatchObject({
    kind: 'options',
    options: { isDemo: true, names: [] },
  });
  expect(parseBrowseOptions(['--help'])).toEqual({ kind: 'help' });
});
