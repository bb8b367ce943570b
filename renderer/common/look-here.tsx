import type { DomainRow } from '../../main/contract/api.ts';
import { useSend } from '../api-context.ts';

/** Asks for a domain that belongs to another network on this one as well; nothing for a domain that does not. */
export function LookHere(props: { readonly domain: DomainRow; readonly isMain?: boolean }) {
  const { domain, isMain = false } = props;
  const send = useSend();
  if (domain.state !== 'elsewhere') return null;
  return (
    <button
      type="button"
      className={isMain ? 'button button-primary' : 'button'}
      onClick={() => void send({ kind: 'look-here', id: domain.id }) /* its row says how it goes */}
    >
      Look here too
    </button>
  );
}
