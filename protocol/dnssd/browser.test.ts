import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { RecordClass, RecordType } from '../wire/registry.ts';
import { DnssdBrowser } from './browser.ts';
import { a, aaaa, ptr, record, srv, txt } from './testing/records.ts';
import { questionText } from './testing/show.ts';
import { Watch } from './testing/watch.ts';

const IPP = '_ipp._tcp.office.test';
const LASER = `laser.${IPP}`;
const HOST = 'h.office.test';
const LISTED = ptr(IPP, LASER);
const WHOLE = [
  LISTED,
  srv(LASER, HOST),
  txt(LASER, 'ty=Laser'),
  a(HOST, '10.0.0.1'),
  aaaa(HOST, 'fd00::1'),
] as const;

const names = (watch: Watch): readonly string[] =>
  [...watch.services.values()].map(({ name }) => name.toString());

test('a type is browsed by its PTR records', () => {
  expect(new Watch(IPP).questions).toEqual([`${IPP}. PTR`]);
});

test('SD-07: a domain is browsed by the PTR records that list its types, and of these by the first two labels', () => {
  const watch = new Watch('office.test');
  const services = '_services._dns-sd._udp.office.test';
  expect(watch.questions).toEqual([`${services}. PTR`]);
  watch.add(
    ptr(services, '_ipp._tcp.elsewhere.test'),
    ptr(services, '_ssh._tcp'),
    ptr(services, 'ssh.office.test'),
  );
  expect(watch.questions).toEqual([`${IPP}. PTR`, `${services}. PTR`, '_ssh._tcp.office.test. PTR']);
  watch.add(LISTED, ptr('_ssh._tcp.office.test', 'Shell._ssh._tcp.office.test'));
  expect(names(watch)).toEqual([`${LASER}.`, 'Shell._ssh._tcp.office.test.']);
});

test('a type that two records list stays until both are gone, and takes its instances with it', () => {
  const watch = new Watch('office.test');
  const services = '_services._dns-sd._udp.office.test';
  const [here, there] = [ptr(services, '_ipp._tcp.office.test'), ptr(services, '_IPP._tcp.elsewhere.test')];
  watch.add(here, there, LISTED);
  watch.remove(here);
  expect(names(watch)).toEqual([`${LASER}.`]);
  expect(watch.remove(there).drop.map(String)).toEqual([`${LASER}.`]);
  expect(watch.questions).toEqual([`${services}. PTR`]);
});

test('SD-02: nothing comes unasked: SRV and TXT of an instance are asked for, then the addresses of its host', () => {
  const watch = new Watch(IPP);
  expect(watch.add(LISTED).ask.map(questionText)).toEqual([`${LASER}. SRV`, `${LASER}. TXT`]);
  expect(watch.add(srv(LASER, HOST)).ask.map(questionText)).toEqual([`${HOST}. A`, `${HOST}. AAAA`]);
  watch.add(a(HOST, '10.0.0.1'));
  watch.add(txt(LASER, 'ty=Laser'));
  expect(watch.shown).toEqual([
    `${LASER}. | laser _ipp._tcp office.test. | 0 0 631 ${HOST}. | ${HOST}.:631 | [10.0.0.1] | {ty=4c61736572} | missing `,
  ]);
});

test('a service is put as it is, half resolved, and says what it lacks', () => {
  const watch = new Watch(IPP);
  const lacks = (): readonly string[] | undefined => watch.services.get(Name.of(LASER).key)?.missing;
  watch.add(LISTED);
  expect(lacks()).toEqual(['SRV', 'TXT', 'address']);
  watch.add(txt(LASER));
  expect(lacks()).toEqual(['SRV', 'address']);
  watch.add(srv(LASER, HOST));
  expect(lacks()).toEqual(['address']);
  watch.add(aaaa(HOST, 'fd00::1'));
  expect(lacks()).toEqual([]);
});

test('SD-02: of several SRV records the lowest priority counts, and the next when it goes', () => {
  const watch = new Watch(IPP);
  const [first, second] = [srv(LASER, 'a.test', 631, 10), srv(LASER, 'b.test', 631, 20, 9)];
  watch.add(LISTED, second, first);
  expect(watch.questions).toContain('a.test. A');
  expect(watch.questions).not.toContain('b.test. A');
  const { ask, unask } = watch.remove(first);
  expect(ask.map(questionText)).toEqual(['b.test. A', 'b.test. AAAA']);
  expect(unask.map(questionText)).toEqual(['a.test. A', 'a.test. AAAA']);
});

test('SD-06: a subtype is browsed under its name, and the instances are taken as they are named', () => {
  const subtype = `_universal._sub.${IPP}`;
  const watch = new Watch(subtype);
  expect(watch.questions).toEqual([`${subtype}. PTR`]);
  const elsewhere = 'Ink._ipps._tcp.elsewhere.test';
  watch.add(ptr(subtype, LASER), ptr(subtype, elsewhere));
  expect(names(watch)).toEqual([`${LASER}.`, `${elsewhere}.`]);
  expect(watch.services.get(Name.of(elsewhere).key)).toMatchObject({
    instanceLabel: 'Ink',
    type: '_ipps._tcp',
  });
  expect(watch.services.get(Name.of(elsewhere).key)?.domain.toString()).toBe('elsewhere.test.');
});

test('SD-10: the removal of its PTR record hides an instance and takes back all that was asked for it', () => {
  const watch = new Watch(IPP);
  watch.add(...WHOLE);
  const { drop, unask } = watch.remove(LISTED);
  expect(drop.map(String)).toEqual([`${LASER}.`]);
  expect(unask).toHaveLength(4);
  expect(watch.questions).toEqual([`${IPP}. PTR`]);
});

test('an instance that two names list goes with the second', () => {
  const watch = new Watch('office.test');
  const services = '_services._dns-sd._udp.office.test';
  const stray = ptr('_http._tcp.office.test', LASER);
  watch.add(ptr(services, IPP), ptr(services, '_http._tcp.office.test'), LISTED, stray);
  expect(watch.remove(LISTED).drop).toEqual([]);
  expect(watch.remove(stray).drop.map(String)).toEqual([`${LASER}.`]);
});

test('one instance under two types is two services', () => {
  const watch = new Watch('office.test');
  const services = '_services._dns-sd._udp.office.test';
  const ipps = '_ipps._tcp.office.test';
  watch.add(ptr(services, IPP), ptr(services, ipps), LISTED, ptr(ipps, `laser.${ipps}`));
  expect(names(watch)).toEqual([`${LASER}.`, `laser.${ipps}.`]);
});

test('a host of two services is asked about once, and until neither needs it', () => {
  const watch = new Watch(IPP);
  const other = `Ink.${IPP}`;
  watch.add(...WHOLE);
  expect(watch.add(ptr(IPP, other), srv(other, 'H.OFFICE.TEST')).ask.map(questionText)).toEqual([
    `${other}. SRV`,
    `${other}. TXT`,
  ]);
  expect(watch.services.get(Name.of(other).key)?.addresses).toEqual(['10.0.0.1', 'fd00::1']);
  watch.remove(LISTED);
  expect(watch.questions).toContain(`${HOST}. A`);
  watch.remove(ptr(IPP, other));
  expect(watch.questions).not.toContain(`${HOST}. A`);
});

test('an address of a host shows on all its services', () => {
  const watch = new Watch(IPP);
  const other = `Ink.${IPP}`;
  watch.add(...WHOLE, ptr(IPP, other), srv(other, HOST));
  expect(watch.remove(a(HOST, '10.0.0.1')).put).toHaveLength(2);
  expect([...watch.services.values()].map(({ addresses }) => addresses)).toEqual([['fd00::1'], ['fd00::1']]);
});

test('a service that moves leaves its old host', () => {
  const watch = new Watch(IPP);
  watch.add(...WHOLE);
  const { put, ask, unask } = watch.batch([srv(LASER, 'new.office.test')], [srv(LASER, HOST)]);
  expect(put).toHaveLength(1);
  expect(ask.map(questionText)).toEqual(['new.office.test. A', 'new.office.test. AAAA']);
  expect(unask.map(questionText)).toEqual([`${HOST}. A`, `${HOST}. AAAA`]);
});

test('records that come before anything leads to them are there when something does', () => {
  const watch = new Watch(IPP);
  for (const early of WHOLE.toReversed()) watch.add(early);
  const ordered = new Watch(IPP);
  for (const next of WHOLE) ordered.add(next);
  expect(watch.shown).toEqual(ordered.shown);
  expect(watch.questions).toEqual(ordered.questions);
});

test('what goes and comes again within one batch is one update', () => {
  const watch = new Watch(IPP);
  watch.add(...WHOLE);
  const output = watch.batch([txt(LASER, 'ty=Ink')], [txt(LASER, 'ty=Laser')]);
  expect(output).toMatchObject({ drop: [], reserve: [], ask: [], unask: [] });
  expect(output.put).toHaveLength(1);
});

test('an instance that goes and comes again within one batch is no update at all', () => {
  const watch = new Watch(IPP);
  watch.add(...WHOLE);
  expect(watch.batch(WHOLE, WHOLE)).toEqual({ put: [], drop: [], reserve: [], ask: [], unask: [] });
});

test('what nobody can see is put to nobody', () => {
  const watch = new Watch(IPP);
  watch.add(...WHOLE);
  const nothing = { put: [], drop: [], reserve: [], ask: [], unask: [] };
  expect(watch.apply([{ kind: 'refreshed', record: { ...WHOLE[1], ttlSeconds: 4500 } }])).toEqual(nothing);
  expect(watch.add(a('stranger.test', '10.0.0.9'), txt(IPP, 'note'))).toEqual(nothing);
  expect(watch.add({ ...LISTED, class: RecordClass.CH, rdata: Name.of(`Ink.${IPP}`).wire })).toEqual(nothing);
});

test('SD-01: the spelling of an instance is its PTR record’s, and a new one shows', () => {
  const watch = new Watch(IPP);
  watch.add(LISTED);
  const { put } = watch.batch([ptr(IPP, `LASER.${IPP}`)], [LISTED]);
  expect(put.map(({ instanceLabel }) => instanceLabel)).toEqual(['LASER']);
  expect(watch.services.size).toBe(1);
});

test('PRN-02: a printer is hidden while its only SRV record has port 0, and nobody asks for its host', () => {
  const watch = new Watch(IPP);
  const reserved = srv(LASER, HOST, 0);
  watch.add(LISTED);
  expect(watch.add(reserved)).toMatchObject({ drop: [], reserve: [Name.of(LASER)] });
  expect(watch.questions).toEqual([`${IPP}. PTR`, `${LASER}. SRV`, `${LASER}. TXT`]);
  expect(watch.batch([srv(LASER, HOST)], [reserved]).put).toHaveLength(1);
});

test.each([
  ['a service type in place of an instance', ptr(IPP, IPP)],
  ['the root', ptr(IPP, '.')],
  ['a host', ptr(IPP, HOST)],
  ['nothing', record(IPP, RecordType.PTR, new Uint8Array())],
])('a PTR record that leads to %s is no service', (_, stray) => {
  const watch = new Watch(IPP);
  expect(watch.add(stray)).toEqual({ put: [], drop: [], reserve: [], ask: [], unask: [] });
  expect(watch.remove(stray)).toEqual({ put: [], drop: [], reserve: [], ask: [], unask: [] });
});

test.each([
  ['SRV', record(LASER, RecordType.SRV, Uint8Array.of(0, 0, 0))],
  ['A', record(HOST, RecordType.A, Uint8Array.of(10, 0, 0))],
  ['AAAA', record(HOST, RecordType.AAAA, Uint8Array.of(10, 0, 0))],
  ['CNAME', record(HOST, RecordType.CNAME, new Uint8Array())],
])('%s RDATA that is too short says nothing', (_, broken) => {
  const watch = new Watch(IPP);
  watch.add(LISTED, srv(LASER, HOST));
  expect(watch.add(broken)).toEqual({ put: [], drop: [], reserve: [], ask: [], unask: [] });
});

test('a browser that stops drops every service and takes back every question, and may start again', () => {
  const browser = new DnssdBrowser({ domain: Name.of('office.test'), type: Name.of('_ipp._tcp') });
  browser.apply(WHOLE.map((one) => ({ kind: 'added', record: one })));
  const first = browser.start();
  expect(first.put).toHaveLength(1);
  expect(browser.start()).toEqual({ put: [], drop: [], reserve: [], ask: [], unask: [] });
  const end = browser.stop();
  expect(end.drop).toHaveLength(1);
  expect(end.unask.map(questionText).toSorted()).toEqual(first.ask.map(questionText).toSorted());
  expect(browser.start().put).toHaveLength(1);
});
