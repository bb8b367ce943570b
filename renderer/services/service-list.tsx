import { useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { KeyboardEvent, MouseEvent, RefObject } from 'react';
import type { DomainRow, ServiceRow } from '../../main/contract/api.ts';
import type { DepartedRow } from '../../main/contract/departed.ts';
import type { FavouriteRow } from '../../main/contract/favourite.ts';
import type { Table } from '../table.ts';
import { isDeparted } from './departed.ts';
import { GroupSection } from './group-section.tsx';
import type { ServiceGroup } from './grouping.ts';
import { Layout } from './layout.ts';
import type { LineHeights } from './layout.ts';
import { TypeAhead, lineAfterKey } from './keys.ts';
import { idsInWindow, lineWindow, sectionsToRender, topToShow } from './line-window.ts';
import type { LineWindow } from './line-window.ts';
import { ScrollPosition } from './scroll-position.ts';
import { useKeptPlace } from './use-kept-place.ts';

const LINE_REM = 1.875;
const HEADING_REM = 2.25;

export interface ServiceListProps {
  readonly groups: readonly ServiceGroup[];
  /** A service by its `id`, whether it is there or has left. */
  readonly find: (id: string) => ServiceRow | undefined;
  readonly domains: Table<DomainRow>;
  /** Another view starts at the top; the same view keeps its place whatever comes and goes. */
  readonly viewKey: string;
  /** The service whose line takes the keyboard; null for the first. */
  readonly active: ServiceRow | null;
  /** The `id` of the service in the details. */
  readonly selected: string | null;
  readonly onSelect: (row: ServiceRow) => void;
  /** Told of the ids of the services on the screen. */
  readonly onSee: (ids: readonly string[]) => void;
  readonly onActivate: (row: ServiceRow) => void;
  readonly favourites: Table<FavouriteRow>;
  /** Begins or ends to keep an eye on a service. */
  readonly onWatch: (id: string) => void;
  /** Nobody wants to see any longer that a service left. */
  readonly onClear: (row: DepartedRow) => void;
  readonly label: string;
  /** All services are of one domain, so its name need not stand on each line. */
  readonly isOneDomain: boolean;
}

/**
 * The services as a grid of lines under headings. Only the lines on the screen are in the document, with the line that
 * takes the keyboard and the heading that stays on top.
 */
export function ServiceList(props: ServiceListProps) {
  const {
    groups,
    find,
    domains,
    viewKey,
    active,
    selected,
    onSelect,
    onSee,
    onActivate,
    onClear,
    favourites,
    onWatch,
    label,
    isOneDomain,
  } = props;
  const layout = useMemo(() => new Layout(groups), [groups]);
  const scroller = useRef<HTMLDivElement>(null);
  const typeAhead = useRef(new TypeAhead());
  const activeIndex = activeLine(layout, find, active);
  const heights = useMemo(lineHeights, []);

  const position = useScrollPosition(scroller);
  const window = useLineWindow(position, layout, heights);
  useKeptPlace(position, layout, heights, viewKey);
  useEffect(() => onSee(idsInWindow(layout, window)), [onSee, layout, window]);
  useEffect(() => () => onSee([]), [onSee]);
  const noteFocus = useKeptFocus(scroller);

  const goTo = (index: number): void => {
    const line = layout.line(index);
    if (line?.kind !== 'service') return;
    position.moveTo(topToShow(layout, index, position.topPx, position.heightPx, heights));
    noteFocus.take();
    onSelect(line.row);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const nowMs = event.timeStamp;
    const line = layout.line(activeIndex);
    const row = line?.kind === 'service' ? line.row : undefined;
    if (event.key === 'Delete') {
      if (row !== undefined && isDeparted(row)) onClear(row);
      return;
    }
    if (event.key === ' ' && row !== undefined && !typeAhead.current.isTyping(nowMs)) {
      event.preventDefault();
      onWatch(row.id);
      return;
    }
    const isLetter = event.key.length === 1 && (event.key !== ' ' || typeAhead.current.isTyping(nowMs));
    const index =
      event.key === 'Enter'
        ? activeIndex
        : isLetter && event.key !== '/'
          ? typeAhead.current.type(event.key, nowMs, activeIndex, layout)
          : lineAfterKey(event.key, activeIndex, layout, Math.max(1, window.last - window.first - 2));
    if (index === null) return;
    event.preventDefault();
    goTo(index);
  };

  const onClick = (event: MouseEvent<HTMLDivElement>): void => {
    const row = find(serviceIdAt(event.target) ?? '');
    if (row !== undefined) onSelect(row);
  };

  const onFocus = (event: { readonly target: EventTarget }): void => {
    noteFocus.enter();
    const row = find(serviceIdAt(event.target) ?? '');
    if (row !== undefined && row.id !== active?.id) onActivate(row);
  };

  return (
    <div
      className="service-grid"
      role="grid"
      aria-label={label}
      data-one-domain={isOneDomain ? '' : undefined}
      aria-rowcount={layout.count + 1}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={onFocus}
      onBlur={noteFocus.leave}
    >
      <ColumnHeadings />
      <div className="service-scroller" ref={scroller} role="presentation" tabIndex={-1}>
        <div
          className="service-lines"
          role="presentation"
          style={{ height: layout.offsetPx(layout.count, heights) }}
        >
          {sectionsToRender(layout, window, activeIndex).map((section) => (
            <GroupSection
              key={section.group.type}
              section={section}
              topPx={layout.offsetPx(section.start, heights)}
              heights={heights}
              activeIndex={activeIndex}
              selected={selected}
              domains={domains}
              favourites={favourites}
              onWatch={onWatch}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function ColumnHeadings() {
  return (
    <div className="column-headings" role="rowgroup">
      <div role="row" aria-rowindex={1} className="column-heading-row">
        <span role="columnheader" className="cell cell-name">
          Name
        </span>
        <span role="columnheader" className="cell cell-host">
          Host
        </span>
        <span role="columnheader" className="cell cell-port">
          Port
        </span>
        <span role="columnheader" className="cell cell-address">
          Address
        </span>
        <span role="columnheader" className="cell cell-domain">
          Domain
        </span>
      </div>
    </div>
  );
}

function useScrollPosition(scroller: RefObject<HTMLDivElement | null>): ScrollPosition {
  const [position] = useState(() => new ScrollPosition());
  useLayoutEffect(
    () => (scroller.current === null ? undefined : position.attach(scroller.current)),
    [position, scroller],
  );
  return position;
}

/** The lines on the screen; the list renders again only when they are others. */
function useLineWindow(position: ScrollPosition, layout: Layout, heights: LineHeights): LineWindow {
  const last = useRef<LineWindow | null>(null);
  return useSyncExternalStore(position.subscribe, () => {
    const now = lineWindow(layout, position.topPx, position.heightPx, heights);
    const before = last.current;
    const isSame = before?.first === now.first && before.last === now.last;
    if (!isSame) last.current = now;
    return isSame ? before : now;
  });
}

/** The line that takes the keyboard: the active service's, or, where it has gone, the one that took its place. */
function activeLine(
  layout: Layout,
  find: (id: string) => ServiceRow | undefined,
  active: ServiceRow | null,
): number {
  return active === null ? layout.serviceFrom(0, 1) : layout.nearest(find(active.id) ?? active);
}

/** Keeps the keyboard in the list: on the active line after a key, and on its neighbour when the line itself has gone. */
function useKeptFocus(scroller: RefObject<HTMLDivElement | null>) {
  const state = useRef({ isInside: false, wantsFocus: false });
  useLayoutEffect(() => {
    const { isInside, wantsFocus } = state.current;
    const wasRemoved = isInside && document.activeElement === document.body;
    if (!wantsFocus && !wasRemoved) return;
    state.current.wantsFocus = false;
    scroller.current
      ?.querySelector<HTMLElement>('.service-line[tabindex="0"]')
      ?.focus({ preventScroll: true });
  });
  return useMemo(
    () => ({
      take: () => (state.current.wantsFocus = true),
      enter: () => (state.current.isInside = true),
      leave: () => (state.current.isInside = false),
    }),
    [],
  );
}

/** The heights of the style sheet, `--line` and `--heading`, in the pixels of this window's text size. */
function lineHeights(): LineHeights {
  const remPx = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return { headingPx: HEADING_REM * remPx, servicePx: LINE_REM * remPx };
}

function serviceIdAt(target: EventTarget): string | undefined {
  return target instanceof Element
    ? target.closest<HTMLElement>('[data-service-id]')?.dataset['serviceId']
    : undefined;
}
