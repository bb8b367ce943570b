import { unreachable } from '../../protocol/errors.ts';
import type { Change } from '../../protocol/push/change.ts';
import { className, typeName } from '../../protocol/wire/registry.ts';
import { recordText } from './record-text.ts';

/** A change as one line: `+` or `-` and the record, or for a collective removal all that it names. */
export function changeText(change: Change): string {
  switch (change.kind) {
    case 'add':
      return `+ ${recordText(change.record)}`;
    case 'remove':
      return `- ${recordText(change.record)}`;
    case 'remove-rrset':
      return `- ${String(change.name)} ${className(change.class)} ${typeName(change.type)}`;
    case 'remove-class':
      return `- ${String(change.name)} ${className(change.class)}`;
    case 'remove-name':
      return `- ${String(change.name)}`;
    default:
      return unreachable(change);
  }
}
