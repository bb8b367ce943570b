import fc from 'fast-check';
import { unreachable } from '../../../protocol/errors.ts';

/**
 * The zones of a history. The first two have one server, which is `push.office.test` port 853; the third has two of its own;
 * the fourth, which lies below the first, has one that the first one's knows nothing of.
 */
export const ZONES = ['office.test', 'lab.test', 'shop.test', 'attic.office.test'] as const;
/** What may be watched: domains, a service type in one, and a domain by the name of its list of types. */
export const DOMAINS = [...ZONES, '_ipp._tcp.office.test', '_services._dns-sd._udp.lab.test'] as const;
/** The ports of the servers. */
export const PORTS = [853, 8853, 8854, 8855, 8530] as const;
/** Where the resolver is when it is one that shows who it is. */
export const RESOLVER = { host: '192.0.2.53', port: 8530, identity: { name: 'dns.test', pins: [] } } as const;

/** What else comes from a server than its own session says; each ends the session. */
export const GARBAGE = ['http', 'short', 'ghost', 'no-change', 'stray-response'] as const;

/** An edit of a zone, its record a line of a master file relative to it. */
export interface Edit {
  readonly how: 'add' | 'remove';
  readonly line: string;
}

/** What a person keeps an eye on: a service of a type, or with null all of a domain. */
export interface Kept {
  readonly domain: string;
  readonly type: string | null;
}

/** One thing that happens to the network, the zones, or the person who watches. */
export type HistoryStep =
  | { readonly kind: 'edit'; readonly zone: string; readonly edits: readonly Edit[] }
  /** `link` counts back from the newest connection. */
  | { readonly kind: 'cut'; readonly link: number }
  | { readonly kind: 'garbage'; readonly link: number; readonly what: (typeof GARBAGE)[number] }
  | { readonly kind: 'retry-delay'; readonly link: number; readonly ms: number }
  /** `foreign`: the server at the port has none of the zones. */
  | { readonly kind: 'port'; readonly port: number; readonly state: 'alive' | 'dead' | 'silent' | 'foreign' }
  | { readonly kind: 'resolver'; readonly zone: string; readonly isSilent: boolean }
  /** `again`: removed and, once that is done, watched anew. */
  | { readonly kind: 'watch' | 'again' | 'remove' | 'retry'; readonly domain: string }
  /** After the next step the network delivers for so many rounds only before the one behind it. */
  | { readonly kind: 'haste'; readonly rounds: number }
  /** `suspect`: the machine notices that the network has changed; `move`: it has, and took every connection along. */
  | { readonly kind: 'pause' | 'resume' | 'suspect' | 'move' }
  /** Nobody looks any more, and so much stays watched. */
  | { readonly kind: 'narrow'; readonly favourites: readonly Kept[] }
  /** Whether the resolver is one that shows who it is, and pushes itself. */
  | { readonly kind: 'resolver-pushes'; readonly is: boolean }
  /** Connections take so long to come about, and to end once they are closed. */
  | { readonly kind: 'delays'; readonly opening: number; readonly ending: number }
  /** A window looks at the services with these names, wherever they are listed, and at no others. */
  | { readonly kind: 'look'; readonly names: readonly string[] }
  | { readonly kind: 'wait'; readonly ms: number };

const TYPES = ['_ipp._tcp', '_http._tcp', '_x._sub._ipp._tcp'];
const INSTANCES = [
  String.raw`Dr\.\032Pepper._ipp._tcp`,
  'b._ipp._tcp',
  'B._ipp._tcp',
  'b._http._tcp',
  'b._ipp._tcp.lab.test.',
  'b._ipp._tcp.shop.test.',
  'b._ipp._tcp.attic.office.test.',
  'c._ipp._tcp.foreign.example.',
];
const HOSTS = [
  'h',
  'i',
  'alias',
  'h.lab.test.',
  'h.shop.test.',
  'h.attic.office.test.',
  'h.foreign.example.',
  '.',
];
const TTLS = ['', '', '', '0 ', '5 ', '4500 '];

const line = fc.oneof(
  fc.constantFrom(...TYPES.map((type) => `_services._dns-sd._udp PTR ${type}`)),
  fc.tuple(fc.constantFrom(...TYPES), fc.constantFrom(...INSTANCES)).map(([type, to]) => `${type} PTR ${to}`),
  fc
    .tuple(
      fc.constantFrom(...INSTANCES.slice(0, 4)),
      fc.constantFrom(...TTLS),
      fc.nat({ max: 1 }),
      fc.constantFrom(...HOSTS),
    )
    .map(([instance, ttl, port, host]) => `${instance} ${ttl}SRV 0 0 ${631 * port} ${host}`),
  fc
    .tuple(
      fc.constantFrom(...INSTANCES.slice(0, 4)),
      fc.constantFrom(...TTLS),
      fc.constantFrom('v=1', 'v=2', 'V=1'),
    )
    .map(([instance, ttl, text]) => `${instance} ${ttl}TXT "${text}"`),
  fc
    .tuple(fc.constantFrom('h', 'i', 'alias'), fc.constantFrom(...TTLS), fc.integer({ min: 1, max: 2 }))
    .map(([host, ttl, last]) => `${host} ${ttl}A 192.0.2.${last}`),
  fc.constantFrom('h', 'i').map((host) => `${host} AAAA 2001:db8::1`),
  fc
    .tuple(
      fc.constantFrom('h', 'i', 'alias', 'b._ipp._tcp', '_http._tcp'),
      fc.constantFrom('h', 'i', 'alias', 'b._http._tcp', '_ipp._tcp'),
    )
    .map(([alias, to]) => `${alias} CNAME ${to}`),
);
const edit: fc.Arbitrary<Edit> = fc.record({ how: fc.constantFrom('add', 'add', 'remove'), line });
const zone = fc.constantFrom(...ZONES);
const NAMES = ZONES.flatMap((origin) =>
  INSTANCES.map((name) => (name.endsWith('.') ? name.slice(0, -1) : `${name}.${origin}`)),
);
const link = fc.nat({ max: 2 });

/** A printer that is given another name, as one batch: the old name's records go and the new one's come. */
const renaming = fc.constantFrom('b', 'c').map((to): readonly Edit[] => {
  const recordsOf = (name: string): readonly string[] => [
    `_ipp._tcp PTR ${name}._ipp._tcp`,
    `${name}._ipp._tcp SRV 0 0 631 h`,
    `${name}._ipp._tcp TXT "v=1"`,
  ];
  const from = to === 'b' ? 'c' : 'b';
  return [
    ...recordsOf(from).map((each): Edit => ({ how: 'remove', line: each })),
    ...recordsOf(to).map((each): Edit => ({ how: 'add', line: each })),
  ];
});

/** Edits of a zone that are made as one. */
export const anyEdits: fc.Arbitrary<readonly Edit[]> = fc.oneof(
  fc.array(edit, { minLength: 1, maxLength: 4 }),
  renaming,
);

/** What a person may keep an eye on. */
export const anyFavourites: fc.Arbitrary<readonly Kept[]> = fc.array(
  fc.record({
    domain: fc.constantFrom(...DOMAINS),
    type: fc.constantFrom('_ipp._tcp', '_http._tcp', '_IPP._tcp', null),
  }),
  { maxLength: 4 },
);

const peaceful: readonly fc.WeightedArbitrary<HistoryStep>[] = [
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('edit' as const), zone, edits: anyEdits }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(0, 10, 100, 1_000, 1_900, 2_500, 10_000, 60_000, 600_000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'watch' as const,
        'watch' as const,
        'again' as const,
        'remove' as const,
        'retry' as const,
      ),
      domain: fc.constantFrom(...DOMAINS),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('look' as const),
      names: fc.subarray([...new Set(NAMES)]),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('haste' as const), rounds: fc.nat({ max: 6 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('pause' as const, 'resume' as const, 'resume' as const, 'suspect' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('narrow' as const), favourites: anyFavourites }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('delays' as const),
      opening: fc.constantFrom(0, 0, 300),
      ending: fc.constantFrom(0, 300),
    }),
  },
];

/** What zones and people may do while network and servers work. */
export const anyPeacefulStep: fc.Arbitrary<HistoryStep> = fc.oneof(...peaceful);

/** Anything that may happen. */
export const anyStep: fc.Arbitrary<HistoryStep> = fc.oneof(
  ...peaceful,
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('cut' as const), link }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('garbage' as const), link, what: fc.constantFrom(...GARBAGE) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('retry-delay' as const),
      link,
      ms: fc.constantFrom(0, 1_000, 100_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('port' as const),
      port: fc.constantFrom(...PORTS),
      state: fc.constantFrom(
        'alive' as const,
        'alive' as const,
        'dead' as const,
        'silent' as const,
        'foreign' as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('resolver' as const), zone, isSilent: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('resolver-pushes' as const), is: fc.boolean() }) },
);

/** A step as somebody would tell it. */
export function historyText(step: HistoryStep): string {
  switch (step.kind) {
    case 'edit':
      return `${step.zone}: ${step.edits.map(({ how, line: text }) => `${how === 'add' ? '+' : '-'} ${text}`).join(' | ')}`;
    case 'cut':
      return `the connection is cut (${step.link})`;
    case 'garbage':
      return `the server sends garbage (${step.link}): ${step.what}`;
    case 'retry-delay':
      return `the server sends its client away for ${step.ms} ms (${step.link})`;
    case 'port':
      return `port ${step.port} is ${step.state}`;
    case 'resolver':
      return `the resolver has ${step.isSilent ? 'no' : 'an'} answer for ${step.zone}`;
    case 'watch':
    case 'again':
    case 'remove':
    case 'retry':
      return `${step.kind} ${step.domain}`;
    case 'pause':
    case 'resume':
    case 'suspect':
      return `${step.kind}`;
    case 'narrow':
      return `narrow to ${step.favourites.map(({ domain, type }) => `${type ?? 'all'} of ${domain}`).join(', ') || 'nothing'}`;
    case 'move':
      return 'the machine moves to another network';
    case 'resolver-pushes':
      return `the resolver ${step.is ? 'pushes' : 'does not push'}`;
    case 'haste':
      return `behind the next thing the network moves ${step.rounds} rounds`;
    case 'delays':
      return `connections take ${step.opening} ms to come about and ${step.ending} ms to end`;
    case 'look':
      return `look at ${step.names.join(' ')}`;
    case 'wait':
      return `+${step.ms}`;
    default:
      return unreachable(step);
  }
}
