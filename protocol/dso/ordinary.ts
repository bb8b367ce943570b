import { ProtocolError } from '../errors.ts';
import { readMessage } from '../wire/message.ts';
import { carriesTcpKeepalive } from './edns-tcp-keepalive.ts';
import type { Phase } from './session-phase.ts';
import type { Role } from './tlv.ts';

/**
 * Checks an ordinary message on a connection that is or may become a session. A server answers FORMERR to what does not
 * parse; a client cannot, and something that is no DNS is broken. The client's first DSO message rules out
 * edns-tcp-keepalive for both ends (RFC 8490 §5.4.6, §7.1.2); before that a client may well have sent it.
 */
export function checkOrdinary(bytes: Uint8Array, role: Role, phase: Phase): void {
  if (role === 'client') readMessage(bytes);
  else if (phase.name === 'establishing') return;
  if (carriesTcpKeepalive(bytes)) throw new ProtocolError('RFC 8490 §5.4.6', 'edns-tcp-keepalive was sent');
}
