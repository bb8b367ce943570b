import { framed } from '../../../protocol/dso/framer.ts';
import { writeDsoMessage } from '../../../protocol/dso/message.ts';
import { ptr, srv } from '../../../protocol/dnssd/testing/records.ts';
import { unreachable } from '../../../protocol/errors.ts';
import { pushTlv } from '../../../protocol/push/tlvs.ts';
import { octetsOf } from '../../../protocol/wire/text.ts';
import type { HistoryStep } from './history-steps.ts';

/** Octets after which no session goes on. */
export function garbage(what: Extract<HistoryStep, { readonly kind: 'garbage' }>['what']): Uint8Array {
  const short = Uint8Array.of(0, 3, 1, 2, 3);
  switch (what) {
    case 'http':
      return octetsOf('HTTP/1.1 400 Bad Request\r\n\r\n'.repeat(1000));
    case 'short':
      return short;
    case 'ghost': {
      const ghosts = [
        ptr('_ipp._tcp.office.test', 'Ghost._ipp._tcp.office.test', 4500),
        srv('b._ipp._tcp.office.test', 'ghost.office.test'),
      ];
      const push = pushTlv(ghosts.map((record) => ({ kind: 'add', record })));
      const message = writeDsoMessage({ id: 0, isResponse: false, rcode: 0 }, [push]);
      return Buffer.concat([framed(message), short]);
    }
    case 'no-change':
      return framed(writeDsoMessage({ id: 0, isResponse: false, rcode: 0 }, [pushTlv([])]));
    case 'stray-response':
      return framed(writeDsoMessage({ id: 60_000, isResponse: true, rcode: 0 }, []));
    default:
      return unreachable(what);
  }
}
