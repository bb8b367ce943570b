import { expect, test } from 'vitest';
import { pathOf } from './resolved.ts';

test.each([
  ['127.0.0.1', 'loopback'],
  ['127.255.0.53', 'loopback'],
  ['::1', 'loopback'],
  ['192.168.1.1', 'open'],
  ['::127.0.0.1', 'open'],
  ['127.example.org', 'open'],
  ['localhost', 'open'],
])('the way of an answer from %s is %s', (host, path) => {
  expect(pathOf({ host, port: 53 })).toBe(path);
});

test('an answer over TLS is so even from far away', () => {
  expect(pathOf({ host: '192.0.2.1', port: 853, identity: { name: 'dns.test', pins: [] } })).toBe('dot');
});
