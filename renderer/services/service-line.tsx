import { memo, useEffect, useRef } from 'react';
import type { ServiceRow } from '../../main/contract/api.ts';
import { ListBdi } from '../common/bdi.tsx';
import { Star } from '../common/star.tsx';
import { useUntil } from '../common/use-age.ts';
import { absentText, isAbsent } from './absent.ts';
import { visible } from '../text.ts';
import { isDeparted, leftText } from './departed.ts';
import { doubtOf } from './doubt.ts';
import { pulse } from './pulse.ts';
import { NEW_FOR_MS } from './freshness.ts';

export interface ServiceLineProps {
  readonly row: ServiceRow;
  /** The line's number in the list and its distance from the list's top, in CSS pixels. */
  readonly index: number;
  readonly topPx: number;
  readonly domainName: string;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  /** Whether it came, or last changed, while we were watching. */
  readonly came: boolean;
  readonly changed: boolean;
  /** Whether a person keeps an eye on it. */
  readonly isWatched: boolean;
  readonly onWatch: (id: string) => void;
}

/** One service of the list, at its place. */
export const ServiceLine = memo(function ServiceLine(props: ServiceLineProps) {
  const { row, index, topPx, domainName, isActive, isSelected, isWatched, came, changed, onWatch } = props;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (changed && element.current !== null) pulse(element.current, Date.now() - row.changedMs);
  }, [changed, row.changedMs]);

  return (
    <div
      ref={element}
      role="row"
      className="service-line"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      tabIndex={isActive ? 0 : -1}
      data-service-id={row.id}
      data-standing={row.standing}
      data-doubt={doubtOf(row) === null || isDeparted(row) || isAbsent(row) ? undefined : ''}
      data-left={isDeparted(row) ? '' : undefined}
      data-absent={isAbsent(row) ? '' : undefined}
      style={{ transform: `translateY(${topPx}px)` }}
    >
      <Cells row={row} domainName={domainName} came={came} isWatched={isWatched} onWatch={onWatch} />
    </div>
  );
});

/** What a line says; it renders again only when that is something else, not when the line moves. */
const Cells = memo(function Cells(
  props: Pick<ServiceLineProps, 'row' | 'domainName' | 'came' | 'isWatched' | 'onWatch'>,
) {
  const { row, domainName, came, isWatched, onWatch } = props;
  const isAway = isDeparted(row) || isAbsent(row);
  const doubt = isAway ? null : doubtOf(row);
  const isNew = useUntil(came ? row.sinceMs + NEW_FOR_MS : 0);
  return (
    <>
      <span role="gridcell" className="cell cell-name" title={doubt ?? undefined}>
        <span className="line-star">
          <Star
            isWatched={isWatched}
            name={visible(row.instance)}
            onToggle={() => onWatch(row.id)}
            isInList
          />
        </span>
        {doubt === null ? null : <span className="visually-hidden">{doubt}: </span>}
        <span className="service-name">
          <ListBdi text={row.instance} />
        </span>
        {isNew ? <span className="tag tag-new">New</span> : null}
        {isDeparted(row) ? <span className="tag tag-left">{leftText(row)}</span> : null}
        {isAbsent(row) ? <span className="tag tag-left">{absentText(row)}</span> : null}
        <Place row={row} />
      </span>
      <span role="gridcell" className="cell cell-host">
        <Host row={row} />
      </span>
      <span role="gridcell" className="cell cell-port">
        {row.port}
      </span>
      <span role="gridcell" className="cell cell-address">
        <Address row={row} />
      </span>
      <span role="gridcell" className="cell cell-domain">
        <ListBdi text={domainName} />
      </span>
    </>
  );
});

/** Where the thing stands, where its TXT record says so (`note`, Bonjour Printing §9.2). */
function Place({ row }: { readonly row: ServiceRow }) {
  const note = row.txt?.find(([key]) => key.toLowerCase() === 'note')?.[1];
  if (typeof note !== 'string' || note === '') return null;
  return (
    <span className="service-place">
      <ListBdi text={note} />
    </span>
  );
}

function Host({ row }: { readonly row: ServiceRow }) {
  if (row.host !== null) return <ListBdi text={row.host} />;
  return isAbsent(row) || row.details === 'unasked' ? null : <Lacking>no SRV record yet</Lacking>;
}

function Address({ row }: { readonly row: ServiceRow }) {
  const [first, ...others] = row.addresses ?? [];
  if (first === undefined) return row.host === null ? null : <Lacking>no address yet</Lacking>;
  return (
    <>
      <ListBdi text={first} />
      {others.length === 0 ? null : <span className="more"> +{others.length}</span>}
    </>
  );
}

function Lacking({ children }: { readonly children: string }) {
  return <span className="lacking">{children}</span>;
}
