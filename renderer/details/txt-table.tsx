import type { ServiceRow, TxtValue } from '../../main/contract/api.ts';
import { Bdi } from '../common/bdi.tsx';
import { spacedHex } from '../text.ts';
import { octetsOf } from './octets.ts';

/** The TXT pairs in published order; the four kinds of value are told apart in words (RFC 6763 §6.4). */
export function TxtTable({ txt }: { readonly txt: ServiceRow['txt'] }) {
  if (txt === null) return <p className="lacking">It has not arrived yet.</p>;
  if (txt.length === 0) return <p className="lacking">It holds nothing.</p>;
  return (
    <table className="txt" aria-label="Keys and values">
      <colgroup>
        <col className="txt-keys" />
        <col />
      </colgroup>
      <tbody>
        {txt.map(([key, value]) => (
          <tr key={key}>
            <th scope="row">
              <Bdi text={key} />
            </th>
            <td>
              <Value value={value} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ value }: { readonly value: TxtValue }) {
  if (value === true) return <span className="lacking">no value</span>;
  if (value === '') return <span className="lacking">empty</span>;
  if (typeof value === 'string') return <Bdi text={value} breaksAfterCommas />;
  return (
    <>
      <span className="hex">{spacedHex(value.hex)}</span>{' '}
      <span className="lacking">{octetsOf(value.hex)}</span>
    </>
  );
}
