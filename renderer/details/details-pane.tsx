import { useState } from 'react';
import type { ServiceRow } from '../../main/contract/api.ts';
import { useSend } from '../api-context.ts';
import { asOfText } from '../as-of.ts';
import { Bdi } from '../common/bdi.tsx';
import { Fact } from '../common/fact.tsx';
import { Star } from '../common/star.tsx';
import { IconButton } from '../common/icon-button.tsx';
import { BRIEF_MS, useAge, useUntil } from '../common/use-age.ts';
import { isDeparted } from '../services/departed.ts';
import { DOUBT, doubtOf } from '../services/doubt.ts';
import { visible } from '../text.ts';
import { useFavourites } from '../use-favourites.ts';
import { useStore } from '../use-store.ts';
import { lastedText } from '../age.ts';
import { clockTime } from './clock-time.ts';
import { isReachable, missingRecords } from './missing.ts';
import { ServiceCheck } from './service-check.tsx';
import { TxtTable } from './txt-table.tsx';
import type { CheckState } from './use-service-check.ts';

/** Everything known of the chosen service; it stays, as it last was, when the service leaves. */
export function DetailsPane({
  chosen,
  check,
  onCheck,
  onClose,
}: {
  readonly chosen: ServiceRow;
  /** The last check of any service. */
  readonly check: CheckState;
  readonly onCheck: (id: string) => void;
  readonly onClose: () => void;
}) {
  const { row, leftMs } = useLastSeen(chosen);

  return (
    <aside className="details" aria-label="Details" data-pane data-details-id={row.id}>
      <header className="details-header">
        <div className="details-title">
          <h2>
            <Bdi text={row.instance} />
          </h2>
          <p className="details-type">
            {row.typeName}
            {row.typeName === row.type ? null : (
              <span className="mono">
                <Bdi text={row.type} />
              </span>
            )}
          </p>
        </div>
        <WatchButton row={row} />
        <IconButton icon="close" label="Close details" hint="Close (Esc)" onPress={onClose} />
      </header>
      <div className="details-body" tabIndex={-1}>
        {leftMs === null ? <InDoubt row={row} /> : null}
        {leftMs === null ? <Standing row={row} /> : <Left row={row} leftMs={leftMs} />}
        <Facts row={row} />
        {leftMs === null ? <ServiceCheck id={row.id} state={check} onCheck={onCheck} /> : null}
        <section aria-labelledby="txt-title">
          <h3 id="txt-title">TXT record</h3>
          <TxtTable txt={row.txt} />
        </section>
        <History row={row} />
      </div>
    </aside>
  );
}

function WatchButton({ row }: { readonly row: ServiceRow }) {
  const { favourites, toggle } = useFavourites();
  const isWatched = favourites.get(row.id) !== undefined;
  return (
    <Star isWatched={isWatched} name={visible(row.instance)} onToggle={() => toggle('service', row.id)} />
  );
}

interface Seen {
  /** The service as it is, or as it last was. */
  readonly row: ServiceRow;
  /** When it left, in milliseconds since the epoch; null while it is there. */
  readonly leftMs: number | null;
}

function useLastSeen(chosen: ServiceRow): Seen {
  const present = useStore((state) => state.services.get(chosen.id));
  const departed = useStore((state) => state.departed.get(chosen.id));
  const lastChangeMs = useStore((state) => state.lastChangeMs);
  const [seen, setSeen] = useState<Seen>({ row: chosen, leftMs: null });
  const first: Seen = { row: chosen, leftMs: isDeparted(chosen) ? chosen.leftMs : null };
  const before = seen.row.id === chosen.id ? seen : first;
  const row = present ?? departed ?? before.row;
  const leftMs = present === undefined ? (departed?.leftMs ?? before.leftMs ?? lastChangeMs ?? 0) : null;
  if (seen.row !== row || seen.leftMs !== leftMs) setSeen({ row, leftMs });
  return { row, leftMs };
}

/** How a loss shows here too, unless it is over in a moment. */
function InDoubt({ row }: { readonly row: ServiceRow }) {
  const domain = useStore((state) => state.domains.get(row.domain));
  const asOfMs = domain?.asOfMs ?? null;
  const isBrief = useUntil((asOfMs ?? 0) + BRIEF_MS);
  if (row.standing === 'live' || isBrief) return null;
  return (
    <div className="standing" role="status">
      <p className="standing-title">
        {asOfMs === null ? 'Not confirmed at the moment' : `As of ${asOfText(asOfMs)}`}
      </p>
      <p>{DOUBT[row.standing]}. It may have left or changed since.</p>
    </div>
  );
}

function Standing({ row }: { readonly row: ServiceRow }) {
  const missing = missingRecords(row);
  if (missing.length === 0) return null;
  return (
    <div className="standing" role="status">
      <p className="standing-title">
        {isReachable(row) ? 'Not everything has arrived' : 'Listed, but not reachable yet'}
      </p>
      <p>Its name is published, but not all of its records have arrived:</p>
      <ul>
        {missing.map(({ record, meaning }) => (
          <li key={record}>
            no {record} record, {meaning}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Left({ row, leftMs }: { readonly row: ServiceRow; readonly leftMs: number }) {
  const domain = useStore((state) => state.domains.get(row.domain)?.name ?? row.domain);
  const isInList = useStore((state) => state.departed.get(row.id) !== undefined);
  const send = useSend();
  const unwatchedSinceMs = isDeparted(row) ? row.unwatchedSinceMs : null;
  return (
    <div className="standing" role="status">
      <p className="standing-title">
        {unwatchedSinceMs === null
          ? `Left at ${clockTime(leftMs)}`
          : `Left between ${clockTime(unwatchedSinceMs)} and ${clockTime(leftMs)}`}
      </p>
      <p>
        <Bdi text={domain} /> no longer lists it. It was there for {lastedText(leftMs - row.sinceMs)}. Below
        is what was last known.
      </p>
      {isInList ? (
        <button
          type="button"
          className="button"
          onClick={() => void send({ kind: 'clear-departed', id: row.id }) /* its row goes */}
        >
          Remove from list
        </button>
      ) : null}
    </div>
  );
}

function Facts({ row }: { readonly row: ServiceRow }) {
  const domain = useStore((state) => state.domains.get(row.domain)?.name ?? row.domain);
  return (
    <dl className="facts">
      <Fact term="Domain">
        <Bdi text={domain} />
      </Fact>
      <Fact term="Host">{row.host === null ? <Unknown /> : <Bdi text={row.host} />}</Fact>
      <Fact term="Port">{row.port ?? <Unknown />}</Fact>
      <Fact term={row.addresses !== null && row.addresses.length > 1 ? 'Addresses' : 'Address'}>
        {row.addresses === null || row.addresses.length === 0 ? (
          <Unknown />
        ) : (
          <ul className="addresses">
            {row.addresses.map((address) => (
              <li key={address}>
                <Bdi text={address} />
              </li>
            ))}
          </ul>
        )}
      </Fact>
    </dl>
  );
}

function Unknown() {
  return <span className="lacking">not known yet</span>;
}

const SOURCE = { push: 'Pushed by the server', poll: 'Found by asking' } as const;

function History({ row }: { readonly row: ServiceRow }) {
  const age = useAge(row.changedMs);
  return (
    <p className="history">
      {doubtOf(row) ?? SOURCE[row.via]} · first listed {clockTime(row.sinceMs)} · changed {age}
    </p>
  );
}
