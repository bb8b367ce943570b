import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Name } from './name.ts';
import { NameMemory } from './name-memory.ts';
import { ByteReader } from './reader.ts';

const LOCAL = Name.of('local.test');

/** The labels of a name as they stand in a message. */
function octetsOf(labels: string): Uint8Array {
  return Name.of(labels).wire.slice(0, -1);
}

function remembered(memory: NameMemory, labels: string, rest = LOCAL): Name {
  const octets = octetsOf(labels);
  return memory.name(octets, 0, octets.length, rest);
}

test('a name that was made is not made again', () => {
  const memory = new NameMemory();

  expect(remembered(memory, 'printer')).toBe(remembered(memory, 'printer'));
});

test('letter case makes another name, which DNS holds equal', () => {
  const memory = new NameMemory();
  const [one, other] = [remembered(memory, 'printer'), remembered(memory, 'Printer')];

  expect(other.toString()).toBe('Printer.local.test.');
  expect(other.equals(one)).toBe(true);
});

test('the same labels in front of different rests are different names', () => {
  const memory = new NameMemory();
  const rests = ['_ipp._tcp.test', '_ipps._tcp.test', '_ipp._tcp.other', '.'].map((rest) => Name.of(rest));
  const texts = [...rests, ...rests].map((rest) => remembered(memory, 'laser', rest).toString());

  expect(texts.slice(0, 4)).toEqual([
    'laser._ipp._tcp.test.',
    'laser._ipps._tcp.test.',
    'laser._ipp._tcp.other.',
    'laser.',
  ]);
  expect(texts.slice(4)).toEqual(texts.slice(0, 4));
});

test('whatever is remembered, a name is what its octets say', () => {
  const label = fc.stringMatching(/^[a-zA-Z]{1,3}$/);
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 300 }), (labels) => {
      const memory = new NameMemory();
      for (const text of labels) expect(remembered(memory, text).toString()).toBe(`${text}.local.test.`);
    }),
  );
});

test('more names than there are places are still told apart', () => {
  const memory = new NameMemory();
  for (let round = 0; round < 2; round++) {
    for (let number = 0; number < 40_000; number++) {
      expect(remembered(memory, `p${number}`).toString()).toBe(`p${number}.local.test.`);
    }
  }
});

test('two messages that have a name in common share it', () => {
  const memory = new NameMemory();
  const message = Uint8Array.of(...new Uint8Array(12), ...Name.of('laser.test').wire);
  const names = [0, 1].map(() => new ByteReader(message, 12, message.length, memory).name());

  expect(names[0]).toBe(names[1]);
});
