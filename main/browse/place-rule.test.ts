import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Name } from '../../protocol/wire/name.ts';
import type { Whereabouts } from '../net/surroundings.ts';
import type { DomainPlace, PlacedDomain } from './place-rule.ts';
import { belongsToNetworks, keepsToNetworks, NO_PLACE, whereToAsk } from './place-rule.ts';

const LOCAL = [
  'lan',
  'printers.home.arpa',
  'x.internal',
  'corp',
  '3.2.1.10.in-addr.arpa',
  'intranet',
  'host',
];
const PUBLIC = ['example.org', 'printers.example.com', 'fritz.box', '1.2.0.192.in-addr.arpa'];
const MARKS = ['home', 'office', 'café'];

const name = fc.constantFrom(...LOCAL, ...PUBLIC).map((text) => Name.of(text));
const mark = fc.constantFrom(...MARKS);
const place: fc.Arbitrary<DomainPlace> = fc.record({
  choice: fc.constantFrom('default', 'anywhere', 'own-networks'),
  isSuggested: fc.boolean(),
  networks: fc.uniqueArray(mark),
});
const domain: fc.Arbitrary<PlacedDomain> = fc.record({ name, hasOwnResolver: fc.boolean(), place });
const routes = fc.array(fc.record({ domain: name, mark: fc.constantFrom('vpn', 'tunnel') }), {
  maxLength: 2,
});
const now: fc.Arbitrary<Whereabouts> = fc.oneof(
  fc.constant({ kind: 'nowhere' } as const),
  fc.record({ kind: fc.constant('unsure' as const), routes }),
  fc.record({ kind: fc.constant('network' as const), mark, routes }),
);
const isRouted = ({ name: own }: PlacedDomain, at: Whereabouts): boolean =>
  at.kind !== 'nowhere' && at.routes.some((route) => own.isWithin(route.domain));

const of = (text: string, part: Partial<PlacedDomain> = {}): PlacedDomain => ({
  name: Name.of(text),
  hasOwnResolver: false,
  place: NO_PLACE,
  ...part,
});

test('a name that the public DNS cannot hold belongs to networks, and any other does not', () => {
  expect(LOCAL.filter((text) => !belongsToNetworks(of(text)))).toEqual([]);
  expect(PUBLIC.filter((text) => belongsToNetworks(of(text)))).toEqual([]);
});

test('a domain that a network suggested belongs to networks, and one with a resolver of its own to nobody', () => {
  const place = { ...NO_PLACE, isSuggested: true };
  expect(belongsToNetworks(of('example.org', { place }))).toBe(true);
  expect(belongsToNetworks(of('example.org', { place, hasOwnResolver: true }))).toBe(false);
  expect(belongsToNetworks(of('lan', { hasOwnResolver: true }))).toBe(false);
});

test('what a person chose stands above the rule', () => {
  fc.assert(
    fc.property(domain, (any) => {
      const chosen = (choice: DomainPlace['choice']): boolean =>
        keepsToNetworks({ ...any, place: { ...any.place, choice } });
      expect([chosen('anywhere'), chosen('own-networks'), chosen('default')]).toEqual([
        false,
        true,
        belongsToNetworks(any),
      ]);
    }),
  );
});

test('a domain of other networks is never asked on this one, unless a route is there for it', () => {
  fc.assert(
    fc.property(domain, now, (any, at) => {
      const isOfOthers =
        keepsToNetworks(any) &&
        any.place.networks.length > 0 &&
        (at.kind === 'unsure' || (at.kind === 'network' && !any.place.networks.includes(at.mark)));
      const isAllowed = !any.hasOwnResolver && isRouted(any, at);
      expect(whereToAsk(any, at, true).kind).toBe(isOfOthers && !isAllowed ? 'elsewhere' : 'ask');
    }),
  );
});

test('with the setting off, and for domains that keep to no network, everything is asked and nothing kept', () => {
  fc.assert(
    fc.property(domain, now, fc.boolean(), (any, at, keepsApart) => {
      fc.pre(!keepsApart || !keepsToNetworks(any));
      expect(whereToAsk(any, at, keepsApart)).toEqual({ kind: 'ask', joins: null });
    }),
  );
});

test('a domain joins a network only while it has none, and is asked there ever after', () => {
  fc.assert(
    fc.property(domain, now, (any, at) => {
      const verdict = whereToAsk(any, at, true);
      if (verdict.kind === 'elsewhere' || verdict.joins === null) return;
      expect(any.place.networks).toEqual([]);
      const joined = { ...any, place: { ...any.place, networks: [verdict.joins] } };
      expect(whereToAsk(joined, at, true)).toEqual({ kind: 'ask', joins: null });
    }),
  );
});

test('a domain of a VPN that goes does not become one of the network that is left', () => {
  const vpn = of('x.internal');
  const within = whereToAsk(
    vpn,
    { kind: 'network', mark: 'café', routes: [{ domain: Name.of('internal'), mark: 'vpn' }] },
    true,
  );
  expect(within).toEqual({ kind: 'ask', joins: 'vpn' });
  const place = { ...NO_PLACE, networks: ['vpn'] };
  const without = whereToAsk({ ...vpn, place }, { kind: 'network', mark: 'café', routes: [] }, true);
  expect(without).toEqual({ kind: 'elsewhere' });
});
