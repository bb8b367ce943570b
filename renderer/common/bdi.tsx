import { Fragment } from 'react';
import { capped, visible } from '../text.ts';

/** In a list a name is read at a glance; the details show all of it. */
const LIST_LIMIT = 160;

export interface BdiProps {
  readonly text: string;
  /** How many characters are shown at most; all of them without it. */
  readonly limit?: number;
  /** Whether a long list such as `application/pdf,image/urf` may be broken where it should be. */
  readonly breaksAfterCommas?: boolean;
}

/** Text from the network: isolated from the direction of what surrounds it, with nothing invisible in it. */
export function Bdi({ text, limit, breaksAfterCommas = false }: BdiProps) {
  const shown = visible(limit === undefined ? text : capped(text, limit));
  if (!breaksAfterCommas) return <bdi>{shown}</bdi>;
  return (
    <bdi>
      {shown.split(/(?<=[,;])/u).map((part, at) => (
        <Fragment key={at}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </bdi>
  );
}

/** The same for one line of a list. */
export function ListBdi({ text }: { readonly text: string }) {
  return <Bdi text={text} limit={LIST_LIMIT} />;
}
