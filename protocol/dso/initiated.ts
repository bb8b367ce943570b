import { ProtocolError } from '../errors.ts';
import type { BaseTlv } from './base-tlvs.ts';
import type { DsoMessage } from './message.ts';
import type { PeerRequest } from './session-output.ts';
import type { Role, TlvRules } from './tlv.ts';

/** What a message with QR=0 turned out to be. */
export type Initiated<Value> =
  /** A request or, with MESSAGE ID 0, a unidirectional message, that the sender may send. */
  | { readonly kind: 'known'; readonly request: PeerRequest<Value> }
  /** A request that is answered with an error and does no harm: counts that are not zero, or an unknown type. */
  | { readonly kind: 'formerr' | 'unknown-type'; readonly isPadded: boolean };

/**
 * Holds a message with QR=0 against the rules of its primary TLV: the sender's role, and the MESSAGE ID that a request
 * has and a unidirectional message has not (RFC 8490 §5.4, §8). What may not be answered is a `ProtocolError`.
 */
export function readInitiated<Value extends { readonly kind: string }>(
  message: DsoMessage<Value | BaseTlv>,
  sender: Role,
  rules: TlvRules<Value | BaseTlv>,
): Initiated<Value | BaseTlv> {
  const { id } = message;
  const [primary, ...additional] = message.tlvs;
  const isPadded = additional.some((tlv) => tlv.value?.kind === 'padding');
  if (message.records > 0) {
    if (id === 0) throw new ProtocolError('RFC 8490 §5.4', 'a unidirectional message counts records');
    return { kind: 'formerr', isPadded };
  }
  if (primary === undefined) throw new ProtocolError('RFC 8490 §5.4.2', 'a message has no TLV');
  const rule = rules.get(primary.type);
  if (rule === undefined || primary.value === undefined) {
    if (id === 0)
      throw new ProtocolError('RFC 8490 §5.4.5', `a unidirectional message has unknown type ${primary.type}`);
    return { kind: 'unknown-type', isPadded };
  }
  const use = rule.primary[sender];
  if (use === 'never') throw new ProtocolError('RFC 8490 §5.5.3', `a ${sender} must not send ${rule.name}`);
  if ((use === 'request') !== (id !== 0)) {
    throw new ProtocolError('RFC 8490 §5.4.1', `${rule.name} is a ${use} message and has MESSAGE ID ${id}`);
  }
  return {
    kind: 'known',
    request: { kind: 'request', id, type: primary.type, value: primary.value, isPadded },
  };
}
