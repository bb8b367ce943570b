import type { Sockets } from './tls-opening.ts';

/**
 * Ends a TLS connection with RST (RFC 8490 §5.3). The TLS socket cannot: its own way throws, and its `destroy` sends FIN or
 * RST by chance. The TCP socket can, except while its FIN is on the way: reset then, it is never closed, and Node spins at
 * the end of the process.
 */
export function resetConnection({ raw, tls }: Sockets): void {
  const isShuttingDown = tls.writableEnded && !tls.writableFinished && tls.writableLength === 0;
  if (isShuttingDown) tls.once('finish', () => raw.resetAndDestroy());
  else raw.resetAndDestroy();
}
