import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { a, ptr, srv, txt } from './testing/records.ts';
import { questionText } from './testing/show.ts';
import { Watch } from './testing/watch.ts';
import { MAX_TYPES } from './type-list.ts';

const IPP = '_ipp._tcp.office.test';
const SERVICES = '_services._dns-sd._udp.office.test';
const [LASER, INK] = [`laser.${IPP}`, `ink.${IPP}`];
const HOST = 'h.office.test';
const NOBODY: ReadonlySet<string> = new Set();

const keys = (...names: readonly string[]): ReadonlySet<string> =>
  new Set(names.map((name) => Name.of(name).key));
const texts = (questions: readonly Parameters<typeof questionText>[0][]): readonly string[] =>
  questions.map(questionText);

/** Two printers on one host, of which nobody looks at any. */
function unseen(): Watch {
  const watch = new Watch(IPP);
  watch.look(NOBODY);
  watch.add(ptr(IPP, LASER), ptr(IPP, INK));
  return watch;
}

test('LIFE-03: of a service that nobody looks at nothing is asked, and nothing said but that it is listed', () => {
  const watch = unseen();
  expect(watch.questions).toEqual([`${IPP}. PTR`]);
  expect([...watch.services.values()]).toMatchObject([
    { instanceLabel: 'laser', isLookedAt: false, isVouched: true, srv: undefined, txt: undefined },
    { instanceLabel: 'ink', isLookedAt: false },
  ]);
});

test('LIFE-03: a service that somebody looks at is asked for, then its host', () => {
  const watch = unseen();
  expect(texts(watch.look(keys(LASER)).ask)).toEqual([`${LASER}. SRV`, `${LASER}. TXT`]);
  expect(texts(watch.add(srv(LASER, HOST), txt(LASER, '')).ask)).toEqual([`${HOST}. A`, `${HOST}. AAAA`]);
  watch.add(a(HOST, '10.0.0.1'));
  expect(watch.services.get(Name.of(LASER).key)).toMatchObject({
    isLookedAt: true,
    addresses: ['10.0.0.1'],
    missing: [],
  });
});

test('LIFE-03: what nobody looks at any longer is taken back, but for a host that another service is on', () => {
  const watch = unseen();
  watch.look(keys(LASER, INK));
  watch.add(srv(LASER, HOST), srv(INK, HOST));
  expect(texts(watch.look(keys(INK)).unask)).toEqual([`${LASER}. SRV`, `${LASER}. TXT`]);
  expect(texts(watch.look(NOBODY).unask)).toEqual([
    `${INK}. SRV`,
    `${INK}. TXT`,
    `${HOST}. A`,
    `${HOST}. AAAA`,
  ]);
});

test('a look that changes nothing says nothing', () => {
  const watch = unseen();
  watch.look(keys(LASER));
  expect(watch.look(keys(LASER, `absent.${IPP}`))).toEqual({
    put: [],
    drop: [],
    reserve: [],
    ask: [],
    unask: [],
  });
});

test('a service is asked for as soon as it is listed when somebody looks at it already', () => {
  const watch = new Watch(IPP);
  watch.look(keys(LASER));
  expect(texts(watch.add(ptr(IPP, LASER)).ask)).toEqual([`${LASER}. SRV`, `${LASER}. TXT`]);
});

test('a service that nobody looks at goes with its PTR record', () => {
  const watch = unseen();
  expect(watch.remove(ptr(IPP, LASER)).drop.map(String)).toEqual([`${LASER}.`]);
});

test('PRN-02: a printer that only reserves its name is told apart from one that is gone, and there again when nobody looks', () => {
  const watch = unseen();
  watch.look(keys(LASER));
  expect(watch.add(srv(LASER, '.', 0)).reserve.map(String)).toEqual([`${LASER}.`]);
  expect(watch.look(NOBODY).put).toMatchObject([{ instanceLabel: 'laser', isLookedAt: false }]);
});

test('a server that lists types without end is asked for so many, and for the next when one of them goes', () => {
  const watch = new Watch('office.test');
  const types = Array.from({ length: MAX_TYPES + 2 }, (_, at) => ptr(SERVICES, `_t${at}._tcp.office.test`));
  expect(watch.add(...types).ask).toHaveLength(MAX_TYPES);
  expect(texts(watch.remove(types[0]!).ask)).toEqual([`_t${MAX_TYPES}._tcp.office.test. PTR`]);
  expect(watch.remove(types[MAX_TYPES + 1]!).ask).toEqual([]);
  expect(watch.remove(types[1]!).ask).toEqual([]);
  expect(watch.questions).toHaveLength(MAX_TYPES);
});

test('LIFE-03: of a type that is not followed nothing is asked, and its services go; the list of types stays', () => {
  const watch = new Watch('office.test');
  const HTTP = '_http._tcp.office.test';
  watch.look(NOBODY);
  watch.add(ptr(SERVICES, IPP), ptr(SERVICES, HTTP), ptr(IPP, LASER), ptr(HTTP, `page.${HTTP}`));
  const { drop, unask } = watch.list(keys('_ipp._tcp'));
  expect([drop.map(String), texts(unask)]).toEqual([[`page.${HTTP}.`], [`${HTTP}. PTR`]]);
  expect(watch.questions).toEqual([`${IPP}. PTR`, `${SERVICES}. PTR`]);
  expect(texts(watch.list('everything').ask)).toEqual([`${HTTP}. PTR`]);
});

test('a type that is followed and was not listed is asked for when it is', () => {
  const watch = new Watch('office.test');
  watch.list(keys('_ipp._tcp'));
  expect(texts(watch.add(ptr(SERVICES, IPP), ptr(SERVICES, '_ssh._tcp.office.test')).ask)).toEqual([
    `${IPP}. PTR`,
  ]);
});
