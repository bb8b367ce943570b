import { Name } from '../../wire/name.ts';
import { ipv4Rdata, ipv6Rdata, srvRdata } from '../../wire/rdata.ts';
import type { ResourceRecord } from '../../wire/record.ts';
import { recordKey } from '../../wire/record.ts';
import { RecordType } from '../../wire/registry.ts';
import { hexOf } from '../../wire/text.ts';
import type { LookedAt } from '../browser.ts';
import type { BrowseScope, InstanceName } from '../instance-name.ts';
import { splitInstance } from '../instance-name.ts';
import { MAX_ALIASES } from '../name-graph.ts';
import type { MissingRecord, Service } from '../service.ts';
import { isHidden } from '../service.ts';
import { Txt } from '../txt.ts';
import type { FollowedTypes } from '../type-list.ts';
import { question } from './records.ts';
import { foldedText } from './watch.ts';

/** The same as `DnssdBrowser`, worked out anew from all records there are, without a thought for the cost. */
export class NaiveBrowser {
  readonly questions = new Set<string>();
  readonly services = new Map<string, Service>();
  readonly #records: readonly ResourceRecord[];
  readonly #isVouched: (record: ResourceRecord) => boolean;
  readonly #lookedAt: LookedAt;
  readonly #followed: FollowedTypes;

  /** `isVouched`: whether somebody vouches for a record; for all without it. Everything is looked at without `lookedAt`, and listed without `followed`. */
  constructor(
    scope: BrowseScope,
    records: readonly ResourceRecord[],
    isVouched: (record: ResourceRecord) => boolean = () => true,
    lookedAt: LookedAt = 'everything',
    followed: FollowedTypes = 'everything',
  ) {
    this.#followed = followed;
    this.#lookedAt = lookedAt;
    this.#records = records;
    this.#isVouched = isVouched;
    const lists = this.#listsOf(scope);
    for (const name of lists.map(targetOf)) {
      const known = this.services.get(name.key);
      if (known !== undefined && known.name.exact <= name.exact) continue;
      const service = this.#service(
        splitInstance(name, scope.domain),
        name,
        lists.filter((list) => targetOf(list).equals(name)),
      );
      if (service !== undefined) this.services.set(name.key, service);
    }
    for (const [key, service] of this.services) if (isHidden(service)) this.services.delete(key);
  }

  #listsOf({ domain, type }: BrowseScope): readonly ResourceRecord[] {
    if (type !== undefined) return this.#pointers(joined(type, domain));
    const types = this.#pointers(joined(Name.of('_services._dns-sd._udp'), domain))
      .map(targetOf)
      .map((name) => Name.ofLabels(name.labels.slice(0, 2)))
      .filter((name) => /^_[^.]*\._(?:tcp|udp)\.$/i.test(name.toString()))
      .filter(({ key }) => this.#followed === 'everything' || this.#followed.has(key));
    return types.flatMap((each) => this.#pointers(joined(each, domain)));
  }

  #service(
    parts: InstanceName | undefined,
    name: Name,
    lists: readonly ResourceRecord[],
  ): Service | undefined {
    if (parts === undefined) return undefined;
    const isListingVouched = lists.some(this.#isVouched);
    if (this.#lookedAt !== 'everything' && !this.#lookedAt.has(name.key)) {
      return {
        name,
        instanceLabel: parts.label,
        type: parts.type,
        domain: parts.domain,
        srv: undefined,
        host: undefined,
        port: undefined,
        addresses: [],
        txt: undefined,
        missing: ['SRV', 'TXT', 'address'],
        isLookedAt: false,
        isListingVouched,
        isVouched: isListingVouched,
      };
    }
    const own = this.#ask(name, [RecordType.SRV, RecordType.TXT]);
    const [srv] = own
      .filter(({ type }) => type === RecordType.SRV)
      .map(({ rdata }) => srvRdata(rdata))
      .toSorted((one, other) => (rank(one) < rank(other) ? -1 : Number(rank(one) > rank(other))));
    const isReachable = srv !== undefined && srv.port !== 0 && !srv.target.isRoot;
    const hosts = isReachable ? this.#ask(srv.target, [RecordType.A, RecordType.AAAA]) : [];
    const texts = own.filter(({ type }) => type === RecordType.TXT);
    const [text] = texts
      .filter((one) => one.name.equals(texts[0]!.name))
      .toSorted((one, other) => (hexOf(one.rdata) < hexOf(other.rdata) ? -1 : 1));
    const addresses = hosts
      .toSorted((one, other) => (addressRank(one) < addressRank(other) ? -1 : 1))
      .map(({ type, rdata }) => (type === RecordType.A ? ipv4Rdata(rdata) : ipv6Rdata(rdata)));
    const missing: MissingRecord[] = srv === undefined ? ['SRV'] : [];
    if (text === undefined) missing.push('TXT');
    if (addresses.length === 0 && (srv === undefined || isReachable)) missing.push('address');
    return {
      name,
      instanceLabel: parts.label,
      type: parts.type,
      domain: parts.domain,
      srv,
      host: isReachable ? srv.target : undefined,
      port: isReachable ? srv.port : undefined,
      addresses: [...new Set(addresses)],
      txt: text === undefined ? undefined : new Txt(text.rdata),
      missing,
      isLookedAt: true,
      isListingVouched,
      isVouched:
        isListingVouched &&
        [...own, ...hosts, ...this.#aliases(name), ...(isReachable ? this.#aliases(srv.target) : [])].every(
          this.#isVouched,
        ),
    };
  }

  #pointers(name: Name): readonly ResourceRecord[] {
    return this.#ask(name, [RecordType.PTR]);
  }

  #aliases(name: Name): readonly ResourceRecord[] {
    return this.#chain(name).flatMap((each) =>
      this.#at(each).filter(({ type }) => type === RecordType.CNAME),
    );
  }

  /** The records of some types at a name and at all that it is an alias of, which are asked for. */
  #ask(name: Name, types: readonly number[]): readonly ResourceRecord[] {
    const chain = this.#chain(name);
    for (const each of chain) for (const type of types) this.questions.add(foldedText(question(each, type)));
    return chain.flatMap((each) => this.#at(each).filter(({ type }) => types.includes(type)));
  }

  #chain(name: Name): readonly Name[] {
    const chain: Name[] = [];
    for (
      let at: Name | undefined = name;
      at !== undefined && chain.length <= MAX_ALIASES;
      at = this.#alias(at)
    ) {
      const next: Name = at;
      if (chain.some((known) => known.equals(next))) break;
      chain.push(next);
    }
    return chain;
  }

  #alias(name: Name): Name | undefined {
    return this.#at(name)
      .filter(({ type }) => type === RecordType.CNAME)
      .map(({ rdata }) => Name.ofWire(rdata))
      .toSorted((one, other) => (one.key < other.key ? -1 : 1))[0];
  }

  #at(name: Name): readonly ResourceRecord[] {
    return this.#records.filter((record) => record.name.equals(name));
  }
}

/** Records by what they say, the last spelling of each. */
export function withRecord(
  records: ReadonlyMap<string, ResourceRecord>,
  record: ResourceRecord,
  isAdded: boolean,
): ReadonlyMap<string, ResourceRecord> {
  const next = new Map(records);
  next.delete(recordKey(record));
  if (isAdded) next.set(recordKey(record), record);
  return next;
}

function targetOf({ rdata }: ResourceRecord): Name {
  return Name.ofWire(rdata);
}

function joined(front: Name, back: Name): Name {
  return Name.ofLabels([...front.labels, ...back.labels]);
}

function rank({ priority, weight, port, target }: ReturnType<typeof srvRdata>): string {
  const numbers = [Number(port === 0 || target.isRoot), priority, 0xffff - weight];
  const padded = numbers.map((value) => String(value).padStart(5, '0'));
  return [...padded, target.key, String(port).padStart(5, '0')].join(' ');
}

function addressRank({ type, rdata }: ResourceRecord): string {
  return `${type === RecordType.A ? 4 : 6} ${hexOf(rdata)}`;
}
