import { useSend } from '../api-context.ts';

/** Has a domain tried again that waits or is polled; its row says how that went. */
export function RetryButton({ id, isMain = false }: { readonly id: string; readonly isMain?: boolean }) {
  const send = useSend();
  return (
    <button
      type="button"
      className={isMain ? 'button button-primary' : 'button'}
      onClick={() => void send({ kind: 'retry-domain', id }) /* it is told by its row */}
    >
      Try again
    </button>
  );
}
