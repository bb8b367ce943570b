import type { DomainRow } from '../../main/contract/api.ts';
import type { FavouriteRow } from '../../main/contract/favourite.ts';
import type { Table } from '../table.ts';
import { cameWhileWatching, changedWhileWatching } from './freshness.ts';
import { GroupHeading } from './group-heading.tsx';
import type { LineHeights } from './layout.ts';
import type { Section } from './line-window.ts';
import { ServiceLine } from './service-line.tsx';

/** A group at its place in the list; its heading stays on top of the screen as long as the group lasts. */
export function GroupSection(props: {
  readonly section: Section;
  /** How far below the list's top it begins, in CSS pixels. */
  readonly topPx: number;
  readonly heights: LineHeights;
  /** The line that takes the keyboard. */
  readonly activeIndex: number;
  /** The `id` of the service in the details. */
  readonly selected: string | null;
  readonly domains: Table<DomainRow>;
  readonly favourites: Table<FavouriteRow>;
  readonly onWatch: (id: string) => void;
}) {
  const { section, topPx, heights, activeIndex, selected, domains, favourites, onWatch } = props;
  const { group, start, services } = section;
  const heightPx = heights.headingPx + group.rows.length * heights.servicePx;
  return (
    <div className="group" role="rowgroup" style={{ top: topPx, height: heightPx }}>
      <GroupHeading group={group} index={start} />
      {services.map(([index, row]) => {
        const domain = domains.get(row.domain);
        return (
          <ServiceLine
            key={row.id}
            row={row}
            index={index}
            topPx={heights.headingPx + (index - start - 1) * heights.servicePx}
            domainName={domain?.name ?? row.domain}
            isActive={index === activeIndex}
            isSelected={row.id === selected}
            came={cameWhileWatching(row, domain)}
            changed={changedWhileWatching(row, domain)}
            isWatched={favourites.get(row.id) !== undefined}
            onWatch={onWatch}
          />
        );
      })}
    </div>
  );
}
