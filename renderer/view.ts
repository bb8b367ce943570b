/** What this window looks at: the scope, the filter, the line the keyboard is on, and what stands in the pane beside. */
import type { ServiceRow } from '../main/contract/api.ts';
import type { Scope } from './services/filter.ts';
import { unreachable } from './unreachable.ts';

export interface ViewState {
  readonly scope: Scope;
  /** The filter as typed. */
  readonly filter: string;
  /** The service, as it was then, whose line takes the keyboard; null for the first line. */
  readonly active: ServiceRow | null;
  /** The service, as it was then, that was chosen for the details; null when they are closed. */
  readonly selected: ServiceRow | null;
  /** The id of the domain whose ladder stands in the place of the details; null when none does. */
  readonly explained: string | null;
}

/** What a person does to the view. */
export type ViewAction =
  | { readonly kind: 'show'; readonly scope: Scope }
  | { readonly kind: 'filter'; readonly text: string }
  | { readonly kind: 'select'; readonly row: ServiceRow }
  | { readonly kind: 'activate'; readonly row: ServiceRow }
  | { readonly kind: 'explain'; readonly domainId: string }
  | { readonly kind: 'close-details' };

/** The view of a window that has just opened. */
export const FIRST_VIEW: ViewState = {
  scope: { kind: 'all' },
  filter: '',
  active: null,
  selected: null,
  explained: null,
};

/** The view after an action. Another scope keeps the filter and the details; closing the details keeps the line. */
export function changeView(view: ViewState, action: ViewAction): ViewState {
  switch (action.kind) {
    case 'show':
      return { ...view, scope: action.scope, active: view.selected };
    case 'filter':
      return { ...view, filter: action.text };
    case 'select':
      return { ...view, active: action.row, selected: action.row, explained: null };
    case 'activate':
      return { ...view, active: action.row };
    case 'explain':
      return { ...view, selected: null, explained: action.domainId };
    case 'close-details':
      return { ...view, selected: null, explained: null };
    default:
      return unreachable(action);
  }
}
