import { useId, useState } from 'react';
import type { ServiceRow } from '../../main/contract/api.ts';
import type { DigestItem, DigestRow } from '../../main/contract/digest.ts';
import { useSend } from '../api-context.ts';
import { Bdi } from '../common/bdi.tsx';
import { counted } from '../text.ts';
import { useStore } from '../use-store.ts';
import { digestText, unlistedCount } from './digest-words.ts';

/** What happened in each domain while nobody told of it: once, in numbers, and one by one for those who ask. */
export function DigestNotice({ onSelect }: { readonly onSelect: (row: ServiceRow) => void }) {
  const digests = useStore((state) => state.digests);
  if (digests.size === 0) return null;
  const rows = [...digests.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return (
    <section className="digests" aria-label="While you were away" data-pane>
      {rows.map((digest) => (
        <DigestLine key={digest.id} digest={digest} onSelect={onSelect} />
      ))}
    </section>
  );
}

function DigestLine(props: { readonly digest: DigestRow; readonly onSelect: (row: ServiceRow) => void }) {
  const { digest, onSelect } = props;
  const send = useSend();
  const domain = useStore((state) => state.domains.get(digest.id)?.name ?? digest.id);
  const [isOpen, setIsOpen] = useState(false);
  const listId = useId();
  return (
    <div className="digest">
      <div className="window-notice window-notice-past" role="status">
        <p>
          <strong>While you were away.</strong> {digestText(digest)} in <Bdi text={domain} />.
        </p>
        <span className="window-notice-actions">
          <button
            type="button"
            className="button"
            aria-expanded={isOpen}
            aria-controls={listId}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? 'Hide changes' : 'Show changes'}
          </button>
          <button
            type="button"
            className="button"
            onClick={() => void send({ kind: 'dismiss-digest', id: digest.id }) /* its row goes */}
          >
            Dismiss
          </button>
        </span>
      </div>
      {isOpen ? (
        <ul className="digest-items" id={listId}>
          {digest.items.map((item) => (
            <Item key={item.id} item={item} onSelect={onSelect} />
          ))}
          {unlistedCount(digest) > 0 ? (
            <li className="digest-item">and {counted(unlistedCount(digest), 'other')}</li>
          ) : null}
        </ul>
      ) : null}
    </div>
  );
}

const SIGN: Readonly<Record<DigestItem['event'], string>> = { appeared: '+', changed: '~', left: '−' };

function Item(props: { readonly item: DigestItem; readonly onSelect: (row: ServiceRow) => void }) {
  const { item, onSelect } = props;
  const row = useStore((state) => state.services.get(item.id) ?? state.departed.get(item.id));
  return (
    <li className="digest-item" data-event={item.event}>
      <span className="digest-sign" aria-hidden="true">
        {SIGN[item.event]}
      </span>
      <button
        type="button"
        className="digest-name"
        disabled={row === undefined}
        onClick={() => row && onSelect(row)}
      >
        <Bdi text={item.instance} />
      </button>
      <span>{item.typeName}</span>
      <span>{item.text}</span>
    </li>
  );
}
