import { expect, test } from 'vitest';
import type { FollowedTypes } from '../../protocol/dnssd/type-list.ts';
import { Name } from '../../protocol/wire/name.ts';
import { isFollowed, isWider } from './followed-types.ts';

const types = (...names: readonly string[]): FollowedTypes => new Set(names.map((name) => Name.of(name).key));

test.each<[what: string, now: FollowedTypes, before: FollowedTypes, isMore: boolean]>([
  ['everything, where one type was', 'everything', types('_ipp._tcp'), true],
  ['one type, where everything was', types('_ipp._tcp'), 'everything', false],
  ['another type', types('_http._tcp'), types('_ipp._tcp'), true],
  ['one type more', types('_ipp._tcp', '_http._tcp'), types('_ipp._tcp'), true],
  ['one type less', types('_ipp._tcp'), types('_ipp._tcp', '_http._tcp'), false],
  ['the same', types('_ipp._tcp'), types('_ipp._tcp'), false],
  ['none', types(), types('_ipp._tcp'), false],
])('whether more is followed than before: %s', (_what, now, before, isMore) => {
  expect(isWider(now, before)).toBe(isMore);
});

test('types are followed whatever the case of their letters', () => {
  expect(isFollowed(types('_ipp._tcp'), { type: '_IPP._tcp' })).toBe(true);
  expect(isFollowed(types('_ipp._tcp'), { type: '_http._tcp' })).toBe(false);
  expect(isFollowed('everything', { type: '_http._tcp' })).toBe(true);
});
