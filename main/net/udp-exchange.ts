import type { RemoteInfo } from 'node:dgram';
import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { isIPv6 } from 'node:net';
import type { DnsMessage } from '../../protocol/wire/message.ts';
import type { DnsQuery } from './dns-query.ts';
import { MAX_STRAYS, responseTo } from './dns-query.ts';
import type { Endpoint } from './endpoint.ts';
import { spokenError } from './endpoint.ts';
import type { Random } from './random.ts';
import { randomBelow } from './random.ts';

/** How one query to one server ended. */
export type Exchange =
  | { readonly kind: 'response'; readonly message: DnsMessage }
  /** `problem` is a clause: `nothing listens at 127.0.0.1 port 53`. */
  | { readonly kind: 'failed'; readonly problem: string }
  /** More datagrams came than there are honest ones: somebody guesses, and only TCP can tell (RFC 5452 §9.3). */
  | { readonly kind: 'flooded' }
  /** There is no secure way to the server: `reason` is a sentence that says why, what it means and what to do. */
  | { readonly kind: 'unreached'; readonly reason: string };

/** Source ports are drawn from the dynamic ones (RFC 6335 §6), so that an answer cannot be forged blindly (RFC 5452 §4.5). */
const FIRST_PORT = 49_152;
const PORTS = 65_536 - FIRST_PORT;
/** After so many ports that are in use the system may choose. */
const MAX_DRAWS = 4;

/**
 * Sends a query over UDP and listens until its response comes, or an error, or too much else, or the returned function is
 * called; whatever else comes is ignored. Calls `onEnd` at most once and never within this call.
 */
export function exchangeUdp(
  server: Endpoint,
  query: DnsQuery,
  random: Random,
  onEnd: (end: Exchange) => void,
): () => void {
  let stop: (() => void) | undefined;
  let isOver = false;
  const open = (draw: number): void => {
    const port = draw < MAX_DRAWS ? FIRST_PORT + randomBelow(random, PORTS) : 0;
    stop = openSocket(server, query, port, (end) => {
      if (isOver) return;
      if (end.kind === 'no-port' && draw < MAX_DRAWS) return open(draw + 1);
      isOver = true;
      onEnd(
        end.kind === 'no-port'
          ? { kind: 'failed', problem: `this machine opens no UDP port (${end.code})` }
          : end,
      );
    });
  };
  open(0);
  return () => {
    isOver = true;
    stop?.();
  };
}

type SocketEnd = Exchange | { readonly kind: 'no-port'; readonly code: string };

function openSocket(
  server: Endpoint,
  query: DnsQuery,
  port: number,
  onEnd: (end: SocketEnd) => void,
): () => void {
  const socket = createSocket(isIPv6(server.host) ? 'udp6' : 'udp4');
  let isOpen = true;
  let isBound = false;
  let strays = 0;
  let remote: AddressInfo | undefined;
  const close = (): void => {
    if (isOpen) socket.close();
    isOpen = false;
  };
  const end = (result: SocketEnd): void => {
    if (!isOpen) return;
    close();
    onEnd(result);
  };
  const fail = (error: Error | null): void => {
    if (error !== null) end({ kind: 'failed', problem: spokenError(error, server) });
  };
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (isBound) fail(error);
    else end({ kind: 'no-port', code: error.code ?? error.message });
  });
  socket.on('message', (bytes, from) => {
    // Packets that came between binding and connecting can be of anybody.
    const message = remote !== undefined && isFrom(remote, from) ? responseTo(query, bytes) : undefined;
    if (message !== undefined) end({ kind: 'response', message });
    else if (++strays > MAX_STRAYS) end({ kind: 'flooded' });
  });
  socket.bind({ port, exclusive: true }, () => {
    isBound = true;
    if (!isOpen) return;
    // Connected, the socket takes packets of this server only and learns that nobody listens there.
    socket.connect(server.port, server.host, (error?: Error) => {
      if (error !== undefined) return fail(error);
      if (!isOpen) return;
      remote = socket.remoteAddress();
      socket.send(query.bytes, fail);
    });
  });
  return close;
}

function isFrom(remote: AddressInfo, from: RemoteInfo): boolean {
  return from.port === remote.port && withoutZone(from.address) === withoutZone(remote.address);
}

function withoutZone(address: string): string {
  return address.replace(/%.*$/, '');
}
