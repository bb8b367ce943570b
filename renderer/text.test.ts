import { expect, test } from 'vitest';
import { capped, counted, spacedHex, visible } from './text.ts';

test('ordinary text of any script stays as it is', () => {
  for (const text of ['Kyoto 3F', 'Büro “2.OG” \\', 'مختبر', '打印机', 'می‌خواهم', '👩‍🔬 🛠', ''])
    expect(visible(text)).toBe(text);
});

test.each([
  ['a newline', 'a\nb', 'a␊b'],
  ['an escape', '\u001b[31m', '␛[31m'],
  ['a delete', '\u007f', '␡'],
  ['a C1 control', '\u009b', '⟨U+009B⟩'],
  ['a direction override', '\u202egpj.exe', '⟨U+202E⟩gpj.exe'],
  ['a direction isolate', '\u2067x\u2069', '⟨U+2067⟩x⟨U+2069⟩'],
  ['a zero-width space', 'a\u200bb', 'a⟨U+200B⟩b'],
  ['a line separator', 'a\u2028b', 'a⟨U+2028⟩b'],
  ['a tag character', 'a\u{e0041}', 'a⟨U+E0041⟩'],
  ['half a surrogate pair', 'a\ud800b', 'a\ufffdb'],
])('what cannot be seen is made visible: %s', (_what, text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('a long text is cut with an ellipsis, never through a surrogate pair', () => {
  expect(capped('abcdef', 6)).toBe('abcdef');
  expect(capped('abcdefg', 6)).toBe('abcdef…');
  expect(capped('ab🛠cd', 3)).toBe('ab…');
  expect(capped('ab🛠cd', 4)).toBe('ab🛠…');
});

test('octets are shown in pairs', () => {
  expect(spacedHex('00ff10')).toBe('00 ff 10');
  expect(spacedHex('')).toBe('');
});

test('a count agrees with its noun', () => {
  expect([0, 1, 2, 10_000].map((count) => counted(count, 'service'))).toEqual([
    '0 services',
    '1 service',
    '2 services',
    '10,000 services',
  ]);
});
