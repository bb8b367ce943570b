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

/** The truth about a domain, as far as these types are followed, and which of its questions its servers answer: those of names in their zones. */
export function truthOf(
  domain: string,
  zones: Zones,
  followed: FollowedTypes = 'everything',
): DomainTruth & { readonly refused: ReadonlySet<string> } {
  const scoped = scopeOf(Name.of(domain));
  if (!scoped.ok) throw new TypeError(scoped.message);
  const records = zones.all.flatMap((zone) => zone.records);
  const naive = new NaiveBrowser(scoped.scope, records, undefined, undefined, followed);
  const services = [...naive.services.values()].map((service) => textOf(shownOf(service))).toSorted();
  const isServed = (question: string): boolean => zones.isAuthoritative(Name.of(question.split(' ')[0]!));
  const [questions, refused] = [new Set<string>(), new Set<string>()];
  for (const question of naive.questions) (isServed(question) ? questions : refused).add(question);
  return { services, questions, refused };
}

/** A row as text, in the words of `truthOf`. */
export function rowText(row: ServiceRow): string {
  return textOf(row);
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
