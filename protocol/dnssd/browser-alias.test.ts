import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { MAX_ALIASES } from './name-graph.ts';
import { a, aaaa, cname, ptr, srv, txt } from './testing/records.ts';
import { Watch } from './testing/watch.ts';

const IPP = '_ipp._tcp.test';
const LASER = `laser.${IPP}`;
const LISTED = ptr(IPP, LASER);
const hop = (at: number): string => `hop${at}.test`;

const addressesOf = (watch: Watch): readonly string[] | undefined =>
  watch.services.get(Name.of(LASER).key)?.addresses;

test('CHG-13: an alias of a host is followed, and its target asked for', () => {
  const watch = new Watch(IPP);
  watch.add(LISTED, srv(LASER, 'h.test'), cname('h.test', 'real.test'));
  expect(watch.questions).toEqual(expect.arrayContaining(['h.test. A', 'real.test. A', 'real.test. AAAA']));
  watch.add(a('real.test', '10.0.0.1'), aaaa('real.test', 'fd00::1'));
  expect(addressesOf(watch)).toEqual(['10.0.0.1', 'fd00::1']);
  expect(watch.services.get(Name.of(LASER).key)?.host?.toString()).toBe('h.test.');
  watch.remove(cname('h.test', 'real.test'));
  expect(addressesOf(watch)).toEqual([]);
  expect(watch.questions).not.toContain('real.test. A');
});

test(`CHG-13: aliases are followed for ${MAX_ALIASES} hops and no further`, () => {
  const watch = new Watch(IPP);
  watch.add(LISTED, srv(LASER, hop(0)));
  for (let at = 0; at <= MAX_ALIASES; at++) watch.add(cname(hop(at), hop(at + 1)));
  expect(watch.questions).toContain(`${hop(MAX_ALIASES)}. A`);
  expect(watch.questions).not.toContain(`${hop(MAX_ALIASES + 1)}. A`);
  watch.add(a(hop(MAX_ALIASES + 1), '10.0.0.9'));
  expect(addressesOf(watch)).toEqual([]);
  watch.add(a(hop(MAX_ALIASES), '10.0.0.8'));
  expect(addressesOf(watch)).toEqual(['10.0.0.8']);
});

test.each([1, 2, 3])('CHG-13: a loop of %i aliases ends, and each name is asked for once', (length) => {
  const watch = new Watch(IPP);
  watch.add(LISTED, srv(LASER, hop(0)));
  for (let at = 0; at < length; at++) watch.add(cname(hop(at), hop((at + 1) % length)));
  expect(watch.questions.filter((text) => text.endsWith(' A'))).toHaveLength(length);
  watch.remove(LISTED);
  expect(watch.questions).toEqual([`${IPP}. PTR`]);
});

test('CHG-13: an alias of a browse name leads to its instances, and away from them when it goes', () => {
  const watch = new Watch(IPP);
  const elsewhere = '_ipp._tcp.elsewhere.test';
  const alias = cname(IPP, elsewhere);
  watch.add(ptr(elsewhere, `ink.${elsewhere}`));
  watch.add(alias);
  expect(watch.questions).toContain(`${elsewhere}. PTR`);
  expect([...watch.services.values()].map(({ instanceLabel }) => instanceLabel)).toEqual(['ink']);
  expect(watch.remove(alias).drop).toHaveLength(1);
  expect(watch.questions).toEqual([`${IPP}. PTR`]);
});

test('CHG-13: an alias of an instance leads to its records, and the instance keeps its name', () => {
  const watch = new Watch(IPP);
  const real = `real.${IPP}`;
  watch.add(LISTED, cname(LASER, real), srv(real, 'h.test'), txt(real, 'ty=Laser'), a('h.test', '10.0.0.1'));
  expect(watch.questions).toEqual(expect.arrayContaining([`${real}. SRV`, `${real}. TXT`]));
  const service = watch.services.get(Name.of(LASER).key);
  expect(service).toMatchObject({ instanceLabel: 'laser', addresses: ['10.0.0.1'], missing: [] });
});

test('CHG-13: of two aliases of one name the same counts, whichever came first', () => {
  const [one, two] = [cname('h.test', 'a.test'), cname('h.test', 'b.test')];
  for (const order of [
    [one, two],
    [two, one],
  ]) {
    const watch = new Watch(IPP);
    watch.add(LISTED, srv(LASER, 'h.test'), a('a.test', '10.0.0.1'), a('b.test', '10.0.0.2'));
    for (const alias of order) watch.add(alias);
    expect(addressesOf(watch)).toEqual(['10.0.0.1']);
  }
});

test('CHG-13: a type that goes in the same batch in which its name becomes an alias is gone', () => {
  const watch = new Watch('test');
  const services = '_services._dns-sd._udp.test';
  const elsewhere = '_ipp._tcp.elsewhere.test';
  const type = ptr(services, IPP);
  watch.add(type, LISTED, ptr(elsewhere, `ink.${elsewhere}`));
  watch.apply([
    { kind: 'added', record: cname(IPP, elsewhere) },
    { kind: 'removed', record: type },
  ]);
  expect(watch.shown).toEqual([]);
  expect(watch.questions).toEqual([`${services}. PTR`]);
});
