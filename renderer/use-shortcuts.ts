import { useEffect } from 'react';
import type { RefObject } from 'react';
import { shortcutOf } from './shortcuts.ts';
import { unreachable } from './unreachable.ts';
import type { ViewAction, ViewState } from './view.ts';

/** Listens for the keys of the whole window, as long as no dialog is open. */
export function useShortcuts(window: {
  readonly filterField: RefObject<HTMLInputElement | null>;
  readonly view: ViewState;
  readonly dispatch: (action: ViewAction) => void;
  readonly onAdd: () => void;
  /** Checks the service whose row has this id. */
  readonly onCheck: (id: string) => void;
  readonly onPause: () => void;
  readonly isAsking: boolean;
}): void {
  const { filterField, view, dispatch, onAdd, onCheck, onPause, isAsking } = window;
  useEffect(() => {
    if (isAsking) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLInputElement;
      const shortcut = shortcutOf(event, isTyping);
      if (shortcut === null) return;
      switch (shortcut) {
        case 'filter':
          filterField.current?.focus();
          filterField.current?.select();
          break;
        case 'add-domain':
          onAdd();
          break;
        case 'pause':
          onPause();
          break;
        case 'printers':
          dispatch({ kind: 'show', scope: { kind: 'printers' } });
          break;
        case 'all-services':
          dispatch({ kind: 'show', scope: { kind: 'all' } });
          break;
        case 'check-service': {
          const row = view.selected ?? view.active;
          if (row === null) break;
          dispatch({ kind: 'select', row });
          onCheck(row.id);
          break;
        }
        case 'watching':
          dispatch({ kind: 'show', scope: { kind: 'watching' } });
          break;
        case 'back-out':
          backOut(view, dispatch, isTyping);
          break;
        case 'next-pane':
          focusPane(1);
          break;
        case 'previous-pane':
          focusPane(-1);
          break;
        case 'to-list':
          focusFirst(document.querySelector('.service-grid'));
          break;
        default:
          unreachable(shortcut);
      }
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [filterField, view, dispatch, onAdd, onCheck, onPause, isAsking]);
}

/** Esc, one thing at a time: the filter is cleared, then left, then the details close. */
function backOut(view: ViewState, dispatch: (action: ViewAction) => void, isTyping: boolean): void {
  if (view.filter !== '') dispatch({ kind: 'filter', text: '' });
  else if (isTyping) focusFirst(document.querySelector('.service-grid'));
  else if (view.selected !== null || view.explained !== null) {
    const wasInDetails = document.querySelector('.details')?.contains(document.activeElement) === true;
    dispatch({ kind: 'close-details' });
    if (wasInDetails) focusFirst(document.querySelector('.service-grid'));
  }
}

/** Gives the keyboard to the next pane round, in the order of the document. */
function focusPane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')];
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const first = step === 1 ? at + 1 : at === -1 ? panes.length - 1 : at - 1;
  focusFirst(panes[(first + panes.length) % panes.length] ?? null);
}

/** Focuses what stands first in a pane: the entry that is shown, the active line, or the first control. */
function focusFirst(pane: Element | null): void {
  const target =
    pane?.querySelector<HTMLElement>('[aria-current="page"]') ??
    pane?.querySelector<HTMLElement>('.service-line[tabindex="0"]') ??
    pane?.querySelector<HTMLElement>('button, input, [tabindex]');
  target?.focus();
}
