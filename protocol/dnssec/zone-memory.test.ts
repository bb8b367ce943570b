import { expect, test } from 'vitest';
import { Name } from '../wire/name.ts';
import { isLocalUse, isOfLocalUse } from './local-use.ts';
import { ZoneMemory } from './zone-memory.ts';
import type { LastingTrust } from './zone-trust.ts';

const ZONE = Name.of('example.com');

function secure(name: Name): LastingTrust {
  return { kind: 'secure', zone: name, keys: [] };
}

function at(seconds: number, asleep = 0) {
  return { nowMs: seconds * 1000, wallMs: (seconds + asleep) * 1000 };
}

test('a zone is known for as long as its records live, and to names below it', () => {
  const memory = new ZoneMemory();
  memory.put(ZONE, secure(ZONE), 60, at(0));
  expect(memory.get(Name.of('EXAMPLE.com'), at(59))).toEqual(secure(ZONE));
  expect(memory.closest(Name.of('a.b.example.com'), Name.root, at(59))?.at.equals(ZONE)).toBe(true);
  expect(memory.get(ZONE, at(60))).toBeUndefined();
  expect(memory.closest(Name.of('a.b.example.com'), Name.root, at(60))).toBeUndefined();
});

test('time that the machine slept counts, and a clock that is set back does not stop it', () => {
  const memory = new ZoneMemory();
  memory.put(ZONE, secure(ZONE), 60, at(0));
  expect(memory.get(ZONE, at(10, 50))).toBeUndefined();
  memory.put(ZONE, secure(ZONE), 60, at(0));
  expect(memory.get(ZONE, at(60, -1000))).toBeUndefined();
});

test('the closest zone is looked for up to an anchor, and not above it', () => {
  const memory = new ZoneMemory();
  memory.put(Name.root, secure(Name.root), 60, at(0));
  memory.put(ZONE, secure(ZONE), 60, at(0));
  expect(memory.closest(Name.of('www.example.com'), Name.root, at(1))?.at.equals(ZONE)).toBe(true);
  expect(memory.closest(Name.of('www.example.org'), Name.root, at(1))?.at.isRoot).toBe(true);
  expect(memory.closest(Name.of('www.example.org'), Name.of('org'), at(1))).toBeUndefined();
});

test('nothing is kept longer than a day, nothing at all without a lifetime, and no more than 512 zones', () => {
  const memory = new ZoneMemory();
  memory.put(ZONE, secure(ZONE), 1e9, at(0));
  expect(memory.get(ZONE, at(86_400))).toBeUndefined();
  memory.put(ZONE, secure(ZONE), 0, at(0));
  expect(memory.get(ZONE, at(0))).toBeUndefined();
  memory.put(ZONE, secure(ZONE), 60, at(0));
  for (let zone = 0; zone < 512; zone++) memory.put(Name.of(`z${zone}`), secure(ZONE), 60, at(0));
  expect([memory.get(ZONE, at(1)), memory.get(Name.of('z0'), at(1)) === undefined]).toEqual([
    undefined,
    false,
  ]);
  memory.clear();
  expect(memory.get(Name.of('z511'), at(1))).toBeUndefined();
});

test('RFC 6303, RFC 6761, RFC 8375: zones of local use are known by name', () => {
  const local = [
    'lan',
    'INTERNAL',
    'home.arpa',
    '10.in-addr.arpa',
    '31.172.in-addr.arpa',
    '64.100.in-addr.arpa',
    'd.f.ip6.arpa',
  ];
  expect(local.map((name) => isLocalUse(Name.of(name)))).toEqual(local.map(() => true));
  const others = [
    'com',
    '.',
    'x.lan',
    '32.172.in-addr.arpa',
    '15.172.in-addr.arpa',
    '128.100.in-addr.arpa',
    'ip6.arpa',
  ];
  expect(others.map((name) => isLocalUse(Name.of(name)))).toEqual(others.map(() => false));
});

test('a name below a zone of local use is of local use, and one beside it is not', () => {
  const below = ['lan', 'printers.LAN', 'a.b.home.arpa', '1.0.0.10.in-addr.arpa', 'x.corp'];
  expect(below.filter((name) => !isOfLocalUse(Name.of(name)))).toEqual([]);
  const beside = ['.', 'arpa', 'example.org', 'lan.example', 'arpa.home.example', '1.2.0.192.in-addr.arpa'];
  expect(beside.filter((name) => isOfLocalUse(Name.of(name)))).toEqual([]);
});
