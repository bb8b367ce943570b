import type { LookedAt } from '../../../protocol/dnssd/browser.ts';
import { scopeOf } from '../../../protocol/dnssd/instance-name.ts';
import type { Service } from '../../../protocol/dnssd/service.ts';
import type { FollowedTypes } from '../../../protocol/dnssd/type-list.ts';
import { NaiveBrowser } from '../../../protocol/dnssd/testing/naive-browser.ts';
import { Name } from '../../../protocol/wire/name.ts';
import { hexOf, utf8Of } from '../../../protocol/wire/text.ts';
import type { ServiceRow } from '../../contract/api.ts';
import type { Zones } from '../../demo/zones.ts';

/** What the records of the zones come to for one domain, worked out anew from all of them. */
export interface DomainTruth {
  /** Its services as text, in order. */
  readonly services: readonly string[];
  /** What must be subscribed to for them, as text. */
  readonly questions: ReadonlySet<string>;
}

/** What is looked at of the domains, by the keys of names, and what is shown of them. */
export interface Looks {
  readonly lookedAt: LookedAt;
  readonly rows: readonly ServiceRow[];
  /** The types that are followed; all of them without. */
  readonly followed?: FollowedTypes;
}

/** The truth about a domain, and which of its questions its servers answer: those of names in their zones. */
export function truthOf(
  domain: string,
  zones: Zones,
  looks: Looks = { lookedAt: 'everything', rows: [] },
): DomainTruth & { readonly refused: ReadonlySet<string> } {
  const scoped = scopeOf(Name.of(domain));
  if (!scoped.ok) throw new TypeError(scoped.message);
  const records = zones.all.flatMap((zone) => zone.records);
  const browsed = (at: LookedAt): NaiveBrowser =>
    new NaiveBrowser(scoped.scope, records, undefined, at, looks.followed);
  const naive = browsed(withReserved(domain, looks, browsed));
  const services = [...naive.services.values()].map(serviceText).toSorted();
  const isServed = (question: string): boolean => zones.isAuthoritative(Name.of(question.split(' ')[0]!));
  const [questions, refused] = [new Set<string>(), new Set<string>()];
  for (const question of naive.questions) (isServed(question) ? questions : refused).add(question);
  return { services, questions, refused };
}

/** What is looked at, and the names that turned out to be only reserved when they were: those are not shown, and still asked about. */
function withReserved(
  domain: string,
  { lookedAt, rows }: Looks,
  browsed: (at: LookedAt) => NaiveBrowser,
): LookedAt {
  if (lookedAt === 'everything') return lookedAt;
  const shown = new Set(
    rows.filter((row) => row.domain === domain).map(({ id }) => Name.of(id.slice(domain.length + 1)).key),
  );
  const real = browsed('everything').services;
  const reserved = [...browsed(lookedAt).services.keys()].filter((key) => !real.has(key) && !shown.has(key));
  return new Set([...lookedAt, ...reserved]);
}

/** A row as text, in the words of `truthOf`; of one that nobody looks at only what its PTR record says. */
export function rowText(row: ServiceRow): string {
  return row.details === 'watched' ? textOf(row) : unwatchedText(row);
}

function serviceText(service: Service): string {
  return service.isLookedAt ? textOf(shownOf(service)) : unwatchedText(shownOf(service));
}

function unwatchedText({ type, instance }: Pick<ServiceRow, 'type' | 'instance'>): string {
  return `${instance} | ${type} | unwatched`;
}

type Shown = Pick<ServiceRow, 'type' | 'instance' | 'host' | 'port' | 'addresses' | 'txt'>;

function shownOf({ type, instanceLabel, host, port, addresses, txt }: Service): Shown {
  const pairs = txt?.entries.map(({ key, value }) => {
    if (value.kind !== 'octets') return [key, value.kind === 'empty' ? '' : true] as const;
    return [key, utf8Of(value.octets) ?? { hex: hexOf(value.octets) }] as const;
  });
  return {
    type,
    instance: instanceLabel,
    host: host?.toString().replace(/(?<=.)\.$/, '') ?? null,
    port: port ?? null,
    addresses: addresses.length === 0 ? null : addresses,
    txt: pairs ?? null,
  };
}

function textOf({ type, instance, host, port, addresses, txt }: Shown): string {
  return `${instance} | ${type} | ${host ?? '-'}:${port ?? '-'} | ${addresses?.join(' ') ?? '-'} | ${JSON.stringify(txt)}`;
}
