import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Of } from '../wire/text.ts';
import { txtRdata } from './testing/records.ts';
import { Txt } from './txt.ts';

/** What a record says, as `key`, `key=` and `key=value`, in order. */
function said(rdata: Uint8Array | undefined): readonly string[] {
  return new Txt(rdata).entries.map(({ key, value }) => {
    if (value.kind === 'present') return key;
    return value.kind === 'empty' ? `${key}=` : `${key}=${utf8Of(value.octets) ?? 'octets'}`;
  });
}

const NOTHING: readonly (readonly [string, Uint8Array | undefined])[] = [
  ['no record', undefined],
  ['no octets', new Uint8Array()],
  ['one empty string', Uint8Array.of(0)],
  ['many empty strings', Uint8Array.of(0, 0, 0)],
];

test.each(NOTHING)('SD-03: %s says nothing', (_, rdata) => {
  expect(new Txt(rdata).entries).toEqual([]);
  expect(new Txt(rdata).value('ty')).toEqual({ kind: 'absent' });
});

test.each([
  ['absent', 'other', { kind: 'absent' }],
  ['present without a value', 'k', { kind: 'present' }],
  ['empty', 'k=', { kind: 'empty' }],
  ['octets', 'k=v', { kind: 'octets', octets: Uint8Array.of(0x76) }],
])('SD-04: a value that is %s is that and nothing else', (_, string, expected) => {
  expect(new Txt(txtRdata(string)).value('k')).toEqual(expected);
});

test('SD-04: the first of several equal keys counts, in any letter case, and stays where it was', () => {
  expect(said(txtRdata('TY=a', 'rp=x', 'ty=b', 'Ty', 'RP='))).toEqual(['TY=a', 'rp=x']);
  expect(new Txt(txtRdata('TY=a', 'ty=b')).value('tY')).toMatchObject({ octets: Uint8Array.of(0x61) });
});

test('SD-04: keys are folded as ASCII has them, and keep what is around them', () => {
  expect(said(txtRdata('k=1', 'K =2', ' k=3'))).toEqual(['k=1', 'K =2', ' k=3']);
});

test('SD-04: a string without a key says nothing', () => {
  expect(said(txtRdata('=x', '=', 'k=v', '=k=v'))).toEqual(['k=v']);
});

test.each([['é=1'], ['a\tb=1'], ['a\x7f=1'], ['é']])(
  'SD-04: a key with other octets than printable ASCII, as in %j, says nothing',
  (string) => {
    expect(said(txtRdata(string, 'k=v'))).toEqual(['k=v']);
  },
);

test('SD-04: the first = ends the key, and all behind it is the value, spaces and quotes too', () => {
  expect(said(txtRdata('k=a=b', 'q= "x" ', 'e=='))).toEqual(['k=a=b', 'q= "x" ', 'e==']);
});

test('SD-04: a value is octets, whatever they are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 253 }), (octets) => {
      const record = new Txt(txtRdata(Uint8Array.of(0x6b, 0x3d, ...octets)));
      expect(record.value('k')).toEqual({ kind: 'octets', octets });
    }),
  );
});

test('SD-05: keys that nobody knows are kept and harm nobody', () => {
  expect(said(txtRdata('zz9=plural', 'ty=Laser'))).toEqual(['zz9=plural', 'ty=Laser']);
});

test.each([
  ['txtvers=2', []],
  ['TxtVers=10', []],
  ['txtvers=01', []],
  ['txtvers=1', ['txtvers=1', 'ty=Laser']],
  ['txtvers=', ['txtvers=', 'ty=Laser']],
  ['txtvers', ['txtvers', 'ty=Laser']],
])('SD-05: with %s a record says what that version lets it say', (version, expected) => {
  expect(said(txtRdata(version, 'ty=Laser'))).toEqual(expected);
});

test('SD-05: a length past the end ends reading, and what stands before it counts', () => {
  const whole = txtRdata('a=1', 'b=2');
  expect(said(Uint8Array.of(...whole, 9, 0x63, 0x3d))).toEqual(['a=1', 'b=2']);
  expect(said(whole.subarray(0, whole.length - 1))).toEqual(['a=1']);
});

test('SD-05: no octets make reading fail, and no key comes twice', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (rdata) => {
      const keys = new Txt(rdata).entries.map(({ key }) => key.toLowerCase());
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.every((key) => /^[ -<>-~]+$/.test(key))).toBe(true);
    }),
  );
});

test.each([
  [['a=1', 'b', 'c='], true],
  [['a=2', 'b', 'c='], false],
  [['A=1', 'b', 'c='], false],
  [['b', 'a=1', 'c='], false],
  [['a=1', 'b'], false],
  [['a=1', 'b', 'c=', ''], false],
])('a record is held against another octet by octet: %j', (strings, expected) => {
  const one = new Txt(txtRdata('a=1', 'b', 'c='));
  expect(one.equals(new Txt(txtRdata(...strings)))).toBe(expected);
  expect(new Txt(txtRdata(...strings)).equals(one)).toBe(expected);
});
