import { expect, test } from 'vitest';
import { service } from './testing/rows.ts';
import { FIRST_VIEW, changeView } from './view.ts';
import type { ViewAction } from './view.ts';

const [a, b] = [service('A'), service('B')];
const after = (...actions: ViewAction[]) => actions.reduce(changeView, FIRST_VIEW);

test('choosing a service opens its details and gives it the keyboard', () => {
  expect(after({ kind: 'select', row: a })).toMatchObject({ active: a, selected: a });
});

test('another scope keeps the filter and the details', () => {
  const view = after(
    { kind: 'filter', text: 'kyoto' },
    { kind: 'select', row: a },
    { kind: 'activate', row: b },
    { kind: 'show', scope: { kind: 'printers' } },
  );
  expect(view).toEqual({ scope: { kind: 'printers' }, filter: 'kyoto', active: a, selected: a });
});

test('closing the details keeps the line that the keyboard is on', () => {
  expect(after({ kind: 'select', row: a }, { kind: 'close-details' })).toMatchObject({
    active: a,
    selected: null,
  });
});
