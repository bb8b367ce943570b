import { expect, test } from 'vitest';
import { findMisbehaviour } from '../demo/misbehaviour-list.ts';
import { DEMO_SERVER_USAGE, readDemoServerOptions } from './demo-server-options.ts';

test('nothing asked for is free ports, the built-in zones, and life', () => {
  expect(readDemoServerOptions([])).toEqual({
    ok: true,
    options: {
      dnsPort: 0,
      pushPort: 0,
      zoneFiles: undefined,
      quiet: false,
      json: false,
      heedsReconfirm: false,
      misbehaviour: undefined,
      help: false,
      listsMisbehaviours: false,
    },
  });
});

test('every option is read', () => {
  const args = [
    '--dns-port',
    '5300',
    '--push-port=8530',
    '--zone',
    'a.zone',
    '--zone',
    'b.zone',
    '--quiet',
    '--json',
    '--heed-reconfirm',
    '--misbehave=empty-push',
    '-h',
  ];
  expect(readDemoServerOptions(args)).toEqual({
    ok: true,
    options: {
      dnsPort: 5300,
      pushPort: 8530,
      zoneFiles: ['a.zone', 'b.zone'],
      quiet: true,
      json: true,
      heedsReconfirm: true,
      misbehaviour: findMisbehaviour('empty-push'),
      help: true,
      listsMisbehaviours: false,
    },
  });
});

test.each([
  [['--dns-port', '65536'], '--dns-port must be a port from 0 to 65535, not "65536".'],
  [['--push-port', 'x'], '--push-port must be a port from 0 to 65535, not "x".'],
  [['--push-port='], '--push-port must be a port from 0 to 65535, not "".'],
  [['--dns-port', '53', '--push-port', '53'], '--dns-port and --push-port must differ.'],
  [['--zone', ''], '--zone needs the name of a file.'],
  [['--zone'], 'argument missing'],
  [['--misbehave', 'kindly'], 'there is no misbehaviour "kindly". These are:'],
  [['--verbose'], "Unknown option '--verbose'"],
  [['office.test'], 'office.test'],
])('%j is bad usage, with a message and the usage', (args, problem) => {
  const read = readDemoServerOptions(args);
  expect(read).toMatchObject({ ok: false, code: 'bad-usage' });
  expect(!read.ok && read.message).toContain(problem);
  expect(!read.ok && read.message).toContain(DEMO_SERVER_USAGE);
});
