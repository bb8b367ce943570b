import { expect, test } from 'vitest';
import { shortcutOf } from './shortcuts.ts';

const keys = (key: string, modifiers: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
});

test.each([
  ['f', 'filter'],
  ['n', 'add-domain'],
  ['p', 'pause'],
  ['1', 'printers'],
  ['2', 'all-services'],
  ['r', 'check-service'],
])('Ctrl+%s, or Cmd on macOS, is %s wherever one types', (key, shortcut) => {
  expect(shortcutOf(keys(key, { ctrlKey: true }), true)).toBe(shortcut);
  expect(shortcutOf(keys(key, { metaKey: true }), false)).toBe(shortcut);
});

test('a bare character is a shortcut only outside of text fields', () => {
  expect(shortcutOf(keys('/'), false)).toBe('filter');
  expect(shortcutOf(keys('/'), true)).toBeNull();
  expect(shortcutOf(keys('f'), false)).toBeNull();
});

test('from a text field Down and Enter lead to the list', () => {
  expect(shortcutOf(keys('ArrowDown'), true)).toBe('to-list');
  expect(shortcutOf(keys('ArrowDown'), false)).toBeNull();
});

test('F6 goes round the panes, Esc backs out', () => {
  expect(shortcutOf(keys('F6'), true)).toBe('next-pane');
  expect(shortcutOf(keys('F6', { shiftKey: true }), false)).toBe('previous-pane');
  expect(shortcutOf(keys('Escape'), true)).toBe('back-out');
});

test('keys with other modifiers are left alone', () => {
  expect(shortcutOf(keys('f', { ctrlKey: true, shiftKey: true }), false)).toBeNull();
  expect(shortcutOf(keys('/', { altKey: true }), false)).toBeNull();
});
