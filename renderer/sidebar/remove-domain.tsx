import type { DomainRow } from '../../main/contract/api.ts';
import { useSend } from '../api-context.ts';
import { ListBdi } from '../common/bdi.tsx';
import { Dialog } from '../common/dialog.tsx';

/** Asks before a domain is no longer watched. */
export function RemoveDomain(props: { readonly domain: DomainRow; readonly onClose: () => void }) {
  const { domain, onClose } = props;
  const send = useSend();
  const remove = (): void => {
    void send({ kind: 'remove-domain', id: domain.id }); // its row goes when it is done
    onClose();
  };
  return (
    <Dialog
      title={
        <>
          Stop watching <ListBdi text={domain.name} />?
        </>
      }
      onClose={onClose}
    >
      <p className="dialog-text">Its services leave the list. You can add the domain again at any time.</p>
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" className="button button-primary" autoFocus onClick={remove}>
          Stop watching
        </button>
      </div>
    </Dialog>
  );
}
