/** What a key does to the whole window. */
export type Shortcut =
  | 'filter'
  | 'to-list'
  | 'add-domain'
  | 'pause'
  | 'printers'
  | 'all-services'
  | 'watching'
  | 'check-service'
  | 'back-out'
  | 'next-pane'
  | 'previous-pane';

/** The part of a keyboard event that decides. */
export interface Keys {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const WITH_CONTROL: Readonly<Record<string, Shortcut>> = {
  f: 'filter',
  n: 'add-domain',
  p: 'pause',
  '1': 'printers',
  '2': 'all-services',
  '3': 'watching',
  r: 'check-service',
};

/** The shortcut of a key (Ctrl, or Cmd on macOS); a bare character is one only outside of text fields. */
export function shortcutOf(keys: Keys, isTyping: boolean): Shortcut | null {
  if (keys.altKey) return null;
  if (keys.ctrlKey || keys.metaKey)
    return keys.shiftKey ? null : (WITH_CONTROL[keys.key.toLowerCase()] ?? null);
  if (keys.key === 'F6') return keys.shiftKey ? 'previous-pane' : 'next-pane';
  if (keys.key === 'Escape') return 'back-out';
  if (isTyping) return keys.key === 'ArrowDown' || keys.key === 'Enter' ? 'to-list' : null;
  return keys.key === '/' ? 'filter' : null;
}
