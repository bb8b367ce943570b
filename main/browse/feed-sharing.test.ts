import { afterEach, expect, test } from 'vitest';
import { a, cname, ptr, srv } from '../../protocol/dnssd/testing/records.ts';
import { scopeOf } from '../../protocol/dnssd/instance-name.ts';
import { Name } from '../../protocol/wire/name.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import { questionKey } from '../../protocol/wire/record.ts';
import { covers } from '../../protocol/push/coverage.ts';
import { VirtualClock } from '../net/virtual-clock.ts';
import { DomainModel } from './domain-model.ts';
import { Publisher } from './publisher.ts';
import { Browsing, OFFICE } from './testing/browsing.ts';

let browsing: Browsing | undefined;

afterEach(async () => {
  expect((await browsing?.end()) ?? 0, 'timers left behind').toBe(0);
  browsing = undefined;
});

function instancesOf(domain: string): readonly string[] {
  return browsing!.services.filter((row) => row.domain === domain).map(({ instance }) => instance);
}

test('CHG-15: two watches that begin at once both see what comes in one PUSH, though one learns from it what to ask', async () => {
  browsing = new Browsing(OFFICE);
  browsing.workspace.watch({ domain: 'office.test' });
  browsing.workspace.watch({ domain: '_ipp._tcp.office.test' });
  await browsing.ether.flow();

  expect(instancesOf('office.test')).toEqual(['Laser']);
  expect(instancesOf('_ipp._tcp.office.test')).toEqual(['Laser']);
});

test('CHG-22: who joins a subscription while it settles takes over nothing that is gone', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  browsing.change('add', '_ipp._tcp PTR Ink._ipp._tcp');
  await browsing.ether.pass(60_000);
  browsing.ether.link.cut();
  browsing.change('remove', '_ipp._tcp PTR Ink._ipp._tcp');
  await browsing.ether.flow();
  await browsing.ether.pass(0);
  expect(instancesOf('office.test')).toEqual(['Laser', 'Ink']);

  await browsing.watch('_ipp._tcp.office.test');
  await browsing.ether.pass(60_000);

  expect(instancesOf('_ipp._tcp.office.test')).toEqual(['Laser']);
});

test('the row of a session is not touched by the end of the one before it with the same server', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  browsing.ether.delaysMs = { opening: 0, ending: 300 };
  browsing.workspace.execute({ kind: 'remove-domain', id: 'office.test' });
  await browsing.watch('office.test');
  await browsing.ether.pass(300);

  const { sessions } = browsing.workspace.snapshot().tables;
  expect(sessions).toMatchObject([{ id: 'push.office.test:853', phase: 'established', subscriptions: 6 }]);
});

test('PUSH-06: a name outside the zone that is declined holds back nothing of the zone', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  browsing.change('add', '_ipp._tcp PTR Far._ipp._tcp.foreign.example.');
  await browsing.ether.flow();
  browsing.change('add', '_ipp._tcp PTR Ink._ipp._tcp\nInk._ipp._tcp SRV 0 0 631 laser');
  await browsing.ether.flow();

  expect(browsing.services.find(({ instance }) => instance === 'Ink')).toMatchObject({
    host: 'laser.office.test',
    addresses: ['192.0.2.10'],
  });
});

test('a server that was given up while it was connected to is connected to again at once', async () => {
  browsing = new Browsing(OFFICE);
  browsing.ether.delaysMs = { opening: 300, ending: 0 };
  await browsing.watch('office.test');
  browsing.workspace.execute({ kind: 'remove-domain', id: 'office.test' });
  await browsing.ether.pass(1_000);
  await browsing.watch('office.test');
  await browsing.ether.pass(1_000);

  expect(browsing.domain()).toMatchObject({ state: 'live' });
});

test('CHG-13: what is asked anew while something else is told stays asked', () => {
  const alias = cname('alias.office.test', 'h.office.test');
  const address = a('h.office.test', '192.0.2.1');
  const shared = new SharedModel('_ipp._tcp.office.test', [alias, address]);
  const b = 'b._ipp._tcp.office.test';
  shared.tell('add', ptr('_ipp._tcp.office.test', b), srv(b, 'h.office.test'));
  expect(shared.addresses).toEqual(['192.0.2.1']);

  shared.model.changed([
    { kind: 'remove', record: srv(b, 'h.office.test') },
    { kind: 'add', record: srv(b, 'alias.office.test') },
  ]);

  expect(shared.addresses).toEqual(['192.0.2.1']);
  expect([...shared.asked]).toContain(questionKey(address));
  expect(shared.asked).toEqual(new Set(shared.model.questions.map(questionKey)));
});

/** A model whose questions are all accepted at once, and answered at once where others know the answer. */
class SharedModel {
  readonly model: DomainModel;
  readonly asked = new Set<string>();
  readonly #publisher: Publisher;
  readonly #known: readonly ResourceRecord[];

  constructor(domain: string, known: readonly ResourceRecord[]) {
    const parsed = scopeOf(Name.of(domain));
    if (!parsed.ok) throw new TypeError(parsed.message);
    const clock = new VirtualClock();
    this.#known = known;
    this.#publisher = new Publisher(clock, 0);
    const waiting: Question[] = [];
    let isReady = false;
    const ask = (questions: readonly Question[]): void => {
      for (const question of questions) this.asked.add(questionKey(question));
      if (isReady) this.#answer(questions);
      else waiting.push(...questions);
    };
    const unask = (questions: readonly Question[]): void => {
      for (const question of questions) this.asked.delete(questionKey(question));
    };
    const listener = { ask, unask, servicesChanged: () => undefined };
    this.model = new DomainModel(
      { id: domain, scope: parsed.scope },
      { clock, publisher: this.#publisher, keepsMemory: false },
      listener,
    );
    isReady = true;
    this.#answer(waiting);
  }

  tell(kind: 'add' | 'remove', ...records: readonly ResourceRecord[]): void {
    for (const record of records) this.model.changed([{ kind, record }]);
  }

  get addresses(): readonly string[] | null | undefined {
    return this.#publisher.snapshot().tables.services[0]?.addresses;
  }

  #answer(questions: readonly Question[]): void {
    for (const question of questions) {
      this.model.accepted(question);
      const answers = this.#known.filter((record) => covers(question, record));
      this.model.changed(answers.map((record) => ({ kind: 'add', record })));
    }
  }
}
