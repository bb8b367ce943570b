import { expect, test } from 'vitest';
import { ptr, question } from '../../protocol/dnssd/testing/records.ts';
import { scopeOf } from '../../protocol/dnssd/instance-name.ts';
import { refusalOf } from '../../protocol/push/refusal.ts';
import { Name } from '../../protocol/wire/name.ts';
import type { Question } from '../../protocol/wire/record.ts';
import { questionKey } from '../../protocol/wire/record.ts';
import { Rcode, RecordType } from '../../protocol/wire/registry.ts';
import { VirtualClock } from '../net/virtual-clock.ts';
import { DomainModel } from './domain-model.ts';
import { Publisher } from './publisher.ts';

const IPP = '_ipp._tcp.office.test';
const LISTED = question(IPP, RecordType.PTR);
const NOTAUTH = refusalOf(Rcode.NOTAUTH, 300_000);

/** A model of one service, what it asks, and the time. */
function modelled() {
  const scoped = scopeOf(Name.of(IPP));
  if (!scoped.ok) throw new TypeError(scoped.message);
  const clock = new VirtualClock();
  const asked: Question[] = [];
  const listener = {
    ask: (questions: readonly Question[]) => void asked.push(...questions),
    unask: () => undefined,
    servicesChanged: () => undefined,
  };
  const publisher = new Publisher(clock, 0);
  const model = new DomainModel(
    { id: 'office', scope: scoped.scope },
    { clock, publisher, keepsMemory: false },
    listener,
  );
  model.accepted(LISTED);
  model.changed([{ kind: 'add', record: ptr(IPP, `b.${IPP}`) }]);
  const srv = asked.find(({ type }) => type === RecordType.SRV)!;
  asked.length = 0;
  return { asked, clock, model, srv };
}

test('PUSH-05: a question that is declined is asked again when the refusal has worn off', () => {
  const { asked, clock, model, srv } = modelled();
  model.refused(srv, NOTAUTH);
  clock.advance(299_999);
  expect(asked).toEqual([]);
  clock.advance(1);
  expect(asked.map(questionKey)).toEqual([questionKey(srv)]);
});

test.each(['accepted', 'answered'] as const)(
  'a question that is %s after it was declined is not asked once more: its records would be checked in vain',
  (how) => {
    const { asked, clock, model, srv } = modelled();
    model.refused(srv, NOTAUTH);
    if (how === 'accepted') model.accepted(srv);
    else model.answered(srv, []);
    clock.advance(600_000);
    expect(asked).toEqual([]);
    expect(clock.waiting).toBe(0);
  },
);
