import type { TrustView } from '../../main/contract/trust.ts';
import { visible } from '../text.ts';
import { Icon } from './icon.tsx';

/** Why a server is believed, in a word or two behind a lock; the whole sentence shows on pointing at it. */
export function TrustBadge({ trust: { level, title, sentence } }: { readonly trust: TrustView }) {
  return (
    <span className="trust-badge" data-level={level} title={visible(sentence)}>
      <Icon name="lock" />
      {title}
    </span>
  );
}
