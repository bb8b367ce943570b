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
  expect(view).toEqual({
    scope: { kind: 'printers' },
    filter: 'kyoto',
    active: a,
    selected: a,
    explained: null,
  });
});

test('closing the details keeps the line that the keyboard is on', () => {
  expect(after({ kind: 'select', row: a }, { kind: 'close-details' })).toMatchObject({
    active: a,
    selected: null,
  });
});

test('the ladder of a domain and the details of a service take each other’s place, and close alike', () => {
  const ladder = after({ kind: 'select', row: a }, { kind: 'explain', domainId: 'office.test' });
  expect(ladder).toMatchObject({ selected: null, explained: 'office.test' });
  expect(changeView(ladder, { kind: 'select', row: b })).toMatchObject({ selected: b, explained: null });
  expect(changeView(ladder, { kind: 'close-details' })).toMatchObject({ selected: null, explained: null });
});
