import { expect, test } from 'vitest';
import { isWithinDomain } from './domain-limits.ts';

test.each([
  ['push.office.test', 'office.test', true],
  ['office.test', 'office.test', true],
  ['PUSH.Office.test', 'office.TEST', true],
  ['push.office.test', '', true],
  ['push.office.test', '.office.test', true],
  ['office.test', '.office.test', false],
  ['backoffice.test', 'office.test', false],
  ['test', 'office.test', false],
  ['*.office.test', 'office.test', true],
  ['*.office.test', 'push.office.test', false],
])('all that %s stands for is within %s: %s', (name, domain, expected) => {
  expect(isWithinDomain(name, domain, 'every')).toBe(expected);
});

test.each([
  ['*.office.test', 'push.office.test', true],
  ['*.office.test', '.push.office.test', true],
  ['*.office.test', 'office.test', true],
  ['*.office.test', 'lab.test', false],
  ['push.office.test', 'a.push.office.test', false],
])('some of what %s stands for is within %s: %s', (name, domain, expected) => {
  expect(isWithinDomain(name, domain, 'some')).toBe(expected);
});
