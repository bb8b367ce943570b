import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { hexOf } from '../wire/text.ts';
import { parseAnchors } from './anchor-file.ts';
import { closestAnchor } from './trust-anchor.ts';

const KEY = 'l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4='; // RFC 8080 §6.1, tag 3613

function anchorsOf(text: string) {
  const parsed = parseAnchors(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.anchors;
}

test('the anchors that come with Herald are the keys of the root of 2017 and 2024', () => {
  const [root, ...others] = anchorsOf(readFileSync('assets/root-anchors.ds', 'utf8'));
  expect(others).toEqual([]);
  expect(root?.zone.isRoot).toBe(true);
  expect(root?.ds.map(({ keyTag, algorithm, digestType }) => [keyTag, algorithm, digestType])).toEqual([
    [20_326, 8, 2],
    [38_696, 8, 2],
  ]);
  expect(root?.ds.map(({ digest }) => hexOf(digest).slice(0, 8))).toEqual(['e06d44b8', '683d2d0a']);
});

test('DS and DNSKEY records of several zones are anchors, with TTL and class or without', () => {
  const anchors = anchorsOf(
    [
      '; a private zone',
      `corp.example. 172800 IN DNSKEY 257 3 15 ${KEY} ; its key`,
      'corp.example. DS 60485 13 2 (',
      '  D4B7D520E7BB5F0F67674A0CCEB1E3E0 614B93C4F9E99B8383F6A1E4469DA50A )',
      'in 3600 ds 1 8 2 00',
    ]
      .join('\n')
      .replace('in 3600', 'lab. in 3600'),
  );
  expect(
    anchors.map(({ zone, ds, keys }) => [zone.toString(), ds.length, keys.map(({ keyTag }) => keyTag)]),
  ).toEqual([
    ['corp.example.', 1, [3613]],
    ['lab.', 1, []],
  ]);
});

test.each([
  ['', 1, 1, 'there is no trust anchor in it'],
  ['; only a comment', 1, 1, 'there is no trust anchor in it'],
  ['. IN A 192.0.2.1', 1, 6, 'a trust anchor is a DS or a DNSKEY record'],
  ['. IN', 1, 5, 'the type is missing'],
  ['corp IN DS 1 8 2 00', 1, 1, '"corp" is relative'],
  ['\n  . IN DS 1 8 2 00', 2, 3, 'begins with the name of its zone'],
  ['. DS 65536 8 2 00', 1, 6, 'the key tag must be a number from 0 to 65535'],
  ['. DS 1 8 2 0g', 1, 12, 'the digest must be pairs of hexadecimal digits'],
  ['. DS 1 8 2', 1, 11, 'the digest is missing'],
  [`. DNSKEY 257 3 15 ${KEY.slice(1)}`, 1, 19, 'the public key must be in Base 64'],
  [`. DNSKEY 0 3 15 ${KEY}`, 1, 3, 'none of a zone, or it is revoked'],
  [`. DNSKEY 385 3 15 ${KEY}`, 1, 3, 'none of a zone, or it is revoked'],
])('"%s" is no file of anchors: line %d, column %d: %s', (text, line, column, message) => {
  expect(parseAnchors(text)).toEqual({ ok: false, line, column, message: expect.stringContaining(message) });
});

test('RFC 4035 §4.4: a name is below its closest anchor, so that a private zone may have its own', () => {
  const anchors = anchorsOf('. DS 1 8 2 00\ncorp.example. DS 2 8 2 00\nexample. DS 3 8 2 00');
  const tagAt = (name: string) => closestAnchor(anchors, Name.of(name))?.ds[0]?.keyTag;
  expect(['a.corp.example', 'CORP.example', 'example', 'b.example', 'other', '.'].map(tagAt)).toEqual([
    2, 2, 3, 3, 1, 1,
  ]);
  expect(closestAnchor(anchors.slice(1), Name.of('other'))).toBeUndefined();
});
