import { memo } from 'react';
import { ListBdi } from '../common/bdi.tsx';
import { Icon } from '../common/icon.tsx';
import { counted } from '../text.ts';
import type { ServiceGroup } from './grouping.ts';

/** The heading of a group: what the type is called, what it is called on the wire, and how many there are. */
export const GroupHeading = memo(function GroupHeading(props: {
  readonly group: ServiceGroup;
  /** The number of its line in the list. */
  readonly index: number;
}) {
  const { group, index } = props;
  const showsType = group.typeName !== group.type;
  return (
    <div role="row" className="group-heading" aria-rowindex={index + 2} data-type={group.type}>
      <span role="rowheader" className="group-heading-cell" aria-colspan={5}>
        <Icon name={group.category} />
        <span className="group-name">
          <ListBdi text={group.typeName} />
        </span>
        {showsType ? (
          <span className="group-type">
            <ListBdi text={group.type} />
          </span>
        ) : null}
        <span className="count" aria-label={counted(group.present, 'service')}>
          {group.present.toLocaleString('en')}
        </span>
      </span>
    </div>
  );
});
