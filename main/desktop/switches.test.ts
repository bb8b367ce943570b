import { expect, test } from 'vitest';
import { parseSwitches } from './switches.ts';

const run = { kind: 'run', isDemo: false, isQuiet: false, isOnce: false };

test('without switches Herald runs on what the user added', () => {
  expect(parseSwitches(['/opt/herald'])).toEqual(run);
});

test('our switches are found among those of Chromium, in any case and order', () => {
  const argv = ['electron', '--no-sandbox', '--user-data-dir=/tmp/x', '.', '--ONCE', '--demo', '--quiet'];
  expect(parseSwitches(argv)).toEqual({ kind: 'run', isDemo: true, isQuiet: true, isOnce: true });
});

test('a switch of another is not ours, however alike', () => {
  expect(parseSwitches(['--demo=1', '--demonstration', 'demo', '-once'])).toEqual(run);
});

test('--help and --version come before everything else', () => {
  expect(parseSwitches(['--demo', '--help'])).toEqual({ kind: 'help' });
  expect(parseSwitches(['--version', '--demo'])).toEqual({ kind: 'version' });
});
