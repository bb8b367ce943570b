import { expect, test } from 'vitest';
import type { Change } from '../../protocol/push/change.ts';
import { Name } from '../../protocol/wire/name.ts';
import { changeText } from './change-text.ts';
import { add, remove } from './testing/zone-fixture.ts';

const NAME = Name.of('x y.office.test');
const CHANGES: readonly (readonly [string, Change])[] = [
  ['+ x.office.test. 4500 IN A 192.0.2.1', add('x A 192.0.2.1')],
  ['- x.office.test. 4500 IN A 192.0.2.1', remove('x A 192.0.2.1')],
  ['- x\\032y.office.test. IN TXT', { kind: 'remove-rrset', name: NAME, type: 16, class: 1 }],
  ['- x\\032y.office.test. IN', { kind: 'remove-class', name: NAME, class: 1 }],
  ['- x\\032y.office.test.', { kind: 'remove-name', name: NAME }],
];

test.each(CHANGES)('a change is one line: %s', (line, change) => {
  expect(changeText(change)).toBe(line);
});
