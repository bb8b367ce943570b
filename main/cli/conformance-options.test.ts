import { expect, test } from 'vitest';
import { CONFORMANCE_USAGE, parseConformanceOptions } from './conformance-options.ts';

test('every option is read, and the server’s name is its host unless another is given', () => {
  expect(parseConformanceOptions(['push.example.org:853', '--zone', 'example.org'])).toEqual({
    kind: 'options',
    options: {
      host: 'push.example.org',
      port: 853,
      serverName: 'push.example.org',
      zone: 'example.org.',
      caFile: undefined,
      isHostile: false,
      isJson: false,
    },
  });
  const all = ['[::1]:8853', '--zone=lab.test', '--ca', 'ca.pem', '--server-name', 'push.lab.test'];
  expect(parseConformanceOptions([...all, '--hostile', '--json'])).toMatchObject({
    options: {
      host: '::1',
      port: 8853,
      serverName: 'push.lab.test',
      caFile: 'ca.pem',
      isHostile: true,
      isJson: true,
    },
  });
  expect(parseConformanceOptions(['--help'])).toEqual({ kind: 'help' });
});

const WRONG: readonly (readonly [string, string])[] = [
  ['', 'Say one server as HOST:PORT'],
  ['push.example.org --zone example.org', 'Say one server as HOST:PORT'],
  ['a.test:853 b.test:853 --zone example.org', 'Say one server as HOST:PORT'],
  ['a.test:65536 --zone example.org', 'Say one server as HOST:PORT'],
  ['a.test:853', 'Say a zone of the server'],
  ['a.test:853 --zone a..b', 'a..b'],
  ['127.0.0.1:853 --zone example.org', '127.0.0.1 is an address'],
  ['a.test:853 --gently', "Unknown option '--gently'"],
];

test.each(WRONG)('"%s" is bad usage: %s', (line, message) => {
  const args = line.split(' ').filter((word) => word !== '');
  expect(parseConformanceOptions(args)).toEqual({ kind: 'wrong', message: expect.stringContaining(message) });
  expect(CONFORMANCE_USAGE).toContain('--zone NAME');
});
