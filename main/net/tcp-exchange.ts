import { connect } from 'node:net';
import { framed, Framer } from '../../protocol/dso/framer.ts';
import type { DnsQuery } from './dns-query.ts';
import { MAX_STRAYS, responseTo } from './dns-query.ts';
import type { Endpoint } from './endpoint.ts';
import { spokenEndpoint, spokenError } from './endpoint.ts';
import type { Exchange } from './udp-exchange.ts';

/**
 * Sends a query over TCP and reads until its response comes, or the end, or the returned function is called. Calls `onEnd`
 * at most once and never within this call.
 */
export function exchangeTcp(server: Endpoint, query: DnsQuery, onEnd: (end: Exchange) => void): () => void {
  const socket = connect(server.port, server.host);
  const framer = new Framer();
  let isOver = false;
  let strays = 0;
  const end = (result: Exchange): void => {
    if (isOver) return;
    isOver = true;
    socket.destroy();
    onEnd(result);
  };
  socket.on('connect', () => void socket.write(framed(query.bytes)));
  socket.on('data', (chunk: Buffer) => {
    for (const bytes of framer.receive(chunk)) {
      const message = responseTo(query, bytes);
      if (message !== undefined) return end({ kind: 'response', message });
      if (++strays > MAX_STRAYS) {
        const problem = `${spokenEndpoint(server)} sends answers to what nobody asked (over TCP)`;
        return end({ kind: 'failed', problem });
      }
    }
  });
  socket.on('error', (error) => end({ kind: 'failed', problem: `${spokenError(error, server)} (over TCP)` }));
  socket.on('end', () => {
    end({ kind: 'failed', problem: `${spokenEndpoint(server)} closed the TCP connection without an answer` });
  });
  return () => {
    isOver = true;
    socket.destroy();
  };
}
