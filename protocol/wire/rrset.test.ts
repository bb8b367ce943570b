import { expect, test } from 'vitest';
import fc from 'fast-check';
import { rdataKey } from './rdata.ts';
import { Name } from './name.ts';
import { RecordType } from './registry.ts';
import { RrSet } from './rrset.ts';

interface Held {
  readonly rdata: Uint8Array;
}

const held = (text: string): Held => ({ rdata: Name.of(text).wire });

test('a set is empty before its first member and after its last', () => {
  const set = new RrSet<Held>(RecordType.PTR, 1);
  const [one, two] = [held('one.test'), held('two.test')];
  expect(set.isEmpty).toBe(true);
  set.add(one);
  expect(set.sole).toBe(one);
  set.add(two);
  expect(set.sole).toBeUndefined();
  set.delete(one);
  expect([...set.members]).toEqual([two]);
  expect(set.sole).toBe(two);
  set.delete(two);
  expect(set.isEmpty).toBe(true);
  expect([...set.members]).toEqual([]);
});

test('members are found whatever the letter case of the names in their RDATA', () => {
  const set = new RrSet<Held>(RecordType.PTR, 1);
  const one = held('Laser._ipp._tcp.test');
  set.add(one);
  expect(set.find(held('LASER._IPP._tcp.Test').rdata)).toBe(one);
  const two = held('Ink._ipp._tcp.test');
  set.add(two);
  expect(set.find(held('LASER._IPP._tcp.Test').rdata)).toBe(one);
  expect(set.find(held('ink._ipp._tcp.test').rdata)).toBe(two);
});

test('only letters of names are folded: other octets 32 apart, and all of a TXT record, are told apart', () => {
  const names = new RrSet<Held>(RecordType.PTR, 1);
  names.add(held('[.test'));
  expect(names.find(held('{.test').rdata)).toBeUndefined();
  const texts = new RrSet<Held>(RecordType.TXT, 1);
  texts.add({ rdata: Uint8Array.of(1, 0x61) });
  expect(texts.find(Uint8Array.of(1, 0x41))).toBeUndefined();
});

test('a set of one takes out that one and no other', () => {
  const set = new RrSet<Held>(RecordType.A, 1);
  const one = { rdata: Uint8Array.of(10, 0, 0, 1) };
  set.add(one);
  set.delete({ rdata: Uint8Array.of(10, 0, 0, 2) });
  expect([...set.members]).toEqual([one]);
});

test('a set of any size finds what a map by RDATA key would', () => {
  const label = fc.stringMatching(/^[a-dA-D]{1,2}$/);
  const steps = fc.array(fc.record({ label, isAdd: fc.boolean() }), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (all) => {
      const set = new RrSet<Held>(RecordType.PTR, 1);
      const model = new Map<string, Held>();
      for (const step of all) {
        const { rdata } = held(step.label);
        const key = rdataKey(RecordType.PTR, rdata);
        expect(set.find(rdata)).toBe(model.get(key));
        const known = set.find(rdata);
        if (step.isAdd && known === undefined) {
          const member = { rdata };
          set.add(member);
          model.set(key, member);
        } else if (!step.isAdd && known !== undefined) {
          set.delete(known);
          model.delete(key);
        }
        expect(set.isEmpty).toBe(model.size === 0);
        expect(new Set(set.members)).toEqual(new Set(model.values()));
        expect(set.sole).toBe(model.size === 1 ? [...model.values()][0] : undefined);
      }
    }),
  );
});
