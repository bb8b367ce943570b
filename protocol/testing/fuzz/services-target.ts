import { keepaliveTlv } from '../../dso/base-tlvs.ts';
import { framed } from '../../dso/framer.ts';
import { readDsoMessage, writeDsoMessage } from '../../dso/message.ts';
import type { BrowserOutput, LookedAt } from '../../dnssd/browser.ts';
import { DnssdBrowser } from '../../dnssd/browser.ts';
import { NaiveBrowser } from '../../dnssd/testing/naive-browser.ts';
import { foldedText, serviceText } from '../../dnssd/testing/watch.ts';
import { leadingType } from '../../dnssd/instance-name.ts';
import type { Service } from '../../dnssd/service.ts';
import type { FollowedTypes } from '../../dnssd/type-list.ts';
import type { ClientOutput } from '../../push/client.ts';
import { PushClient } from '../../push/client.ts';
import { PUSH_TLV_RULES, pushTlv } from '../../push/tlvs.ts';
import { ZoneCache } from '../../push/zone-cache.ts';
import { Name } from '../../wire/name.ts';
import type { RecordDelta } from '../../wire/record-delta.ts';
import type { Question, ResourceRecord } from '../../wire/record.ts';
import { recordKey } from '../../wire/record.ts';
import { RecordClass } from '../../wire/registry.ts';
import type { Material } from './material.ts';
import { mutant } from './mutator.ts';
import { anyChange, RECORDS } from './neighbourhood.ts';
import type { Random } from './random.ts';
import type { SessionStep } from './session-steps.ts';
import { stepsTrial } from './session-steps.ts';
import type { FuzzTarget } from './trial.ts';
import { must } from './trial.ts';

const SCOPE = { domain: Name.of('example.com') };
const WAITS_MS = [0, 1, 500, 2_000, 5_000, 10_000, 120_000];
/** Later than any TTL lasts. */
const FOR_EVER_MS = 2 ** 31 * 1000 + 1;
const ESTABLISHED = writeDsoMessage({ id: 1, isResponse: true, rcode: 0 }, [
  keepaliveTlv({ inactivityMs: 0xffffffff, keepaliveMs: 0xffffffff }),
]);

/** From the octets of a server to the services of a domain, whatever the octets. */
export const servicesTarget: FuzzTarget = {
  name: 'services',
  summary:
    'whatever a server pushes, the services are those of the records that are kept, and all go in the end',
  batch: 4096,
  trial: (random, material) => stepsTrial('S', servicesSteps(random, material), checkServices),
};

function servicesSteps(random: Random, material: Material): readonly SessionStep[] {
  return random.times(1 + random.below(12), (): SessionStep => {
    if (random.oneIn(6)) return { kind: 'wait', ms: random.pick(WAITS_MS) };
    if (random.oneIn(6)) return { kind: 'look', at: anyLook(random) };
    if (random.oneIn(10)) return { kind: 'list', types: anyTypes(random) };
    const changes = random.times(1 + random.below(12), () => anyChange(random));
    const push = writeDsoMessage({ id: 0, isResponse: false, rcode: 0 }, [pushTlv(changes)]);
    const message = random.oneIn(3) ? mutant(push, random, material.all) : push;
    return { kind: 'octets', octets: framed(message), pieces: 1 };
  });
}

function anyLook(random: Random): LookedAt {
  if (random.oneIn(4)) return 'everything';
  return new Set(random.times(random.below(4), () => random.pick(RECORDS).name.key));
}

function anyTypes(random: Random): FollowedTypes {
  if (random.oneIn(3)) return 'everything';
  const types = RECORDS.flatMap(({ name }) => leadingType(name.skip(1)) ?? leadingType(name) ?? []);
  return new Set(random.times(random.below(3), () => random.pick(types).key));
}

function checkServices(steps: readonly SessionStep[]): void {
  const way = new Way();
  for (const step of steps) {
    if (step.kind === 'octets') way.receive(step.octets);
    else if (step.kind === 'wait') way.wait(step.ms);
    else if (step.kind === 'look') way.look(step.at);
    else if (step.kind === 'list') way.list(step.types);
  }
  way.expectTruth();
  way.lose();
  way.wait(FOR_EVER_MS);
  way.expectNothing();
}

/** Client, cache and browser joined as an application joins them, with a server that accepts every subscription. */
class Way {
  readonly #client = new PushClient(0);
  readonly #cache = new ZoneCache();
  readonly #browser = new DnssdBrowser(SCOPE);
  readonly #services = new Map<string, Service>();
  readonly #reserved = new Set<string>();
  readonly #asked = new Map<string, Question>();
  /** The records that the browser was told of and not told of the end of. */
  readonly #records = new Map<string, ResourceRecord>();
  readonly #doubted = new Set<string>();
  readonly #outputs: ClientOutput[] = [];
  readonly #shows: BrowserOutput[] = [];
  #lookedAt: LookedAt = 'everything';
  #followed: FollowedTypes = 'everything';
  #nowMs = 0;

  constructor() {
    this.#do(this.#client.open(0));
    this.receive(framed(ESTABLISHED));
    this.#show(this.#browser.start());
    this.#settle();
  }

  receive(octets: Uint8Array): void {
    this.#do(this.#client.receive(octets, this.#nowMs));
    this.#settle();
  }

  look(at: LookedAt): void {
    this.#lookedAt = at;
    this.#show(this.#browser.look(at));
    this.#settle();
  }

  list(types: FollowedTypes): void {
    this.#followed = types;
    this.#show(this.#browser.list(types));
    this.#settle();
  }

  wait(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (
      let atMs = this.#cache.deadlineMs;
      atMs !== undefined && atMs <= untilMs;
      atMs = this.#cache.deadlineMs
    ) {
      must(atMs >= this.#nowMs, `something was due at ${atMs} ms, and it is ${this.#nowMs} ms`);
      this.#nowMs = atMs;
      this.#take(this.#cache.tick(atMs));
      must((this.#cache.deadlineMs ?? Infinity) > atMs, `the cache does not get past ${atMs} ms`);
    }
    this.#nowMs = untilMs;
    this.#settle();
  }

  /** The session is over: nothing is covered any more. */
  lose(): void {
    this.#do(this.#client.close('done', 'lost'));
    for (const question of [...this.#asked.values()]) this.#take(this.#cache.uncover(question, this.#nowMs));
    this.#settle();
  }

  /** The services are those that a naive reading of the records gives, and so are the questions. */
  expectTruth(): void {
    const isVouched = (record: ResourceRecord): boolean => !this.#doubted.has(recordKey(record));
    const model = new NaiveBrowser(
      SCOPE,
      [...this.#records.values()],
      isVouched,
      this.#lookedAt,
      this.#followed,
    );
    const shown = [...this.#services.values()].map(serviceText).toSorted().join('\n');
    const wanted = [...model.services.values()].map(serviceText).toSorted().join('\n');
    must(shown === wanted, () => `the services are\n${shown}\nand should be\n${wanted}`);
    const asked = [...this.#asked.keys()].toSorted().join('\n');
    const needed = [...model.questions].toSorted().join('\n');
    must(asked === needed, () => `it asks\n${asked}\nand should ask\n${needed}`);
  }

  expectNothing(): void {
    must(this.#services.size === 0, 'a service outlives its records');
    must(this.#reserved.size === 0, 'a name stays reserved without its records');
    must(this.#records.size === 0, 'a record outlives its TTL');
    must(this.#cache.nameCount === 0, () => `${this.#cache.nameCount} names are left in the cache`);
    must(this.#cache.deadlineMs === undefined, 'the cache waits for something');
    this.expectTruth();
  }

  #settle(): void {
    for (let show = this.#shows.shift(); show !== undefined; show = this.#shows.shift()) this.#perform(show);
  }

  #do(outputs: readonly ClientOutput[]): void {
    this.#outputs.push(...outputs);
    for (let output = this.#outputs.shift(); output !== undefined; output = this.#outputs.shift()) {
      if (output.kind === 'send') this.#answer(output.bytes);
      else if (output.kind === 'accepted') this.#take(this.#cache.cover(output.question, this.#nowMs));
      else if (output.kind === 'changes') this.#take(this.#cache.apply(output.changes, this.#nowMs));
    }
  }

  /** The server accepts. */
  #answer(bytes: Uint8Array): void {
    const { id, tlvs } = readDsoMessage(bytes.subarray(2), PUSH_TLV_RULES);
    if (tlvs[0]?.value?.kind !== 'subscribe') return;
    const accepted = framed(writeDsoMessage({ id, isResponse: true, rcode: 0 }, []));
    this.#outputs.push(...this.#client.receive(accepted, this.#nowMs));
  }

  #take(deltas: readonly RecordDelta[]): void {
    for (const { kind, record } of deltas) {
      const key = recordKey(record);
      must(
        this.#records.has(key) === (kind !== 'added'),
        () => `a record is ${kind} that was ${kind === 'added' ? '' : 'not '}there`,
      );
      if (kind === 'removed') this.#records.delete(key);
      else this.#records.set(key, record);
      if (kind === 'doubted') this.#doubted.add(key);
      else if (kind !== 'refreshed') this.#doubted.delete(key);
      must(record.class !== RecordClass.ANY, 'a record of CLASS 255 is kept');
    }
    if (deltas.length > 0) this.#show(this.#browser.apply(deltas));
  }

  #show(output: BrowserOutput): void {
    this.#shows.push(output);
  }

  #perform({ put, drop, reserve, ask, unask }: BrowserOutput): void {
    for (const service of put) this.#services.set(service.name.key, service);
    for (const service of put) this.#reserved.delete(service.name.key);
    for (const { key } of reserve) {
      this.#services.delete(key);
      this.#reserved.add(key);
    }
    for (const { key } of drop)
      must(this.#services.delete(key) || this.#reserved.delete(key), 'a service is dropped unseen');
    for (const question of unask) {
      must(this.#asked.delete(foldedText(question)), () => `${foldedText(question)} is taken back unasked`);
    }
    for (const question of ask) {
      must(!this.#asked.has(foldedText(question)), () => `${foldedText(question)} is asked twice`);
      this.#asked.set(foldedText(question), question);
    }
    for (const question of unask) {
      this.#do(this.#client.unsubscribe(question, this.#nowMs));
      this.#take(this.#cache.uncover(question, this.#nowMs));
    }
    for (const question of ask) this.#do(this.#client.subscribe(question, this.#nowMs));
  }
}
