import { expect, test } from 'vitest';
import type { ResolverIdentity } from '../net/resolver-address.ts';
import { shownPeer } from '../net/testing/shown-peer.ts';
import type { TrustPolicy } from '../net/trust-policy.ts';
import type { Tlsa } from '../../protocol/discovery/tlsa.ts';
import type { NameLevel } from '../../protocol/discovery/trust.ts';
import { trustIn } from './server-trust.ts';

const HOST = 'push.provider.test';
const { identity } = shownPeer(HOST);
const RECORD: Tlsa = { usage: 3, selector: 1, matching: 1, data: new Uint8Array(32).fill(0xab) };

function trust(policy: TrustPolicy, level: NameLevel = 'target', name = HOST) {
  const names = [{ name: 'office.test', level: 'domain' } as const, { name, level }];
  return trustIn({ domain: 'office.test', names, isStrict: false }, policy, identity);
}

test.each<readonly [string, TrustPolicy, NameLevel, string]>([
  ['dane', { dane: [RECORD], pins: ['x'], ca: 'A' }, 'signed', 'DANE'],
  ['signed', {}, 'signed', 'Signed name'],
  ['domain', {}, 'domain', 'Own name'],
  ['target', {}, 'target', 'Name only'],
  ['pinned', { pins: ['x'], ca: 'A' }, 'signed', 'Pinned key'],
  ['chosen', { ca: 'A' }, 'signed', 'Own authority'],
])('a server may be believed at the level %s', (level, policy, nameLevel, title) => {
  expect(trust(policy, nameLevel)).toMatchObject({ level, title });
});

test('each level has one sentence that says who vouches for what', () => {
  const sentences = [
    trustIn(
      { domain: 'office.test', names: [], isStrict: false },
      { dane: [RECORD] },
      { ...identity, record: RECORD },
    ),
    trust({}, 'signed'),
    trust({}, 'domain'),
    trust({}, 'target'),
    trust({ pins: ['x'] }),
    trust({ ca: 'A' }),
  ].map((view) => view?.sentence);

  expect(sentences).toEqual([
    'office.test says by DNSSEC who its server is, and this one fits its TLSA record (3 1 1 abababab…).',
    'DNSSEC vouches for the name of the server of office.test, and a trusted authority that this is push.provider.test.',
    'A trusted authority vouches that this is push.provider.test, a name of office.test itself; its DNS is not signed.',
    'A trusted authority vouches that this is push.provider.test; that push.provider.test is the server of office.test is what ' +
      'DNS says, unsigned, and who can forge DNS could name another.',
    'Its key is pinned for office.test, and its certificate is for push.provider.test.',
    'An authority that is trusted for office.test alone vouches for its name, push.provider.test.',
  ]);
});

test('a server whose certificate bears no name that is good enough is not believed', () => {
  expect(trust({ pins: ['x'], ca: 'A' }, 'target', 'other.test')).toBeUndefined();
});

test.each<readonly [string, ResolverIdentity, string | undefined]>([
  ['its name', { name: HOST, pins: [] }, 'resolver'],
  ['a key alone', { name: null, pins: ['x'] }, 'resolver'],
  ['another name, whatever its key', { name: 'other.test', pins: ['x'] }, undefined],
  ['nothing', { name: null, pins: [] }, undefined],
])('RFC 8310 §6.4: a resolver that was to show %s is believed only by that', (_, resolver, level) => {
  const trusted = { domain: 'office.test', names: [], isStrict: false, resolver };
  const policy = resolver.pins.length === 0 ? {} : { pins: resolver.pins };
  expect(trustIn(trusted, policy, identity)?.level).toBe(level);
});
