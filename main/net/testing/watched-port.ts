import { connect } from 'node:net';
import type { ClientHello } from './client-hello.ts';
import { readClientHello } from './client-hello.ts';
import { startTcp } from './fake-tls.ts';

/** A way to a server on loopback that shows each ClientHello; it ends with the test. */
export interface WatchedPort {
  readonly port: number;
  /** In the order in which connections were made. */
  readonly hellos: readonly ClientHello[];
}

/** Opens such a way to a port. */
export async function watchedPort(port: number): Promise<WatchedPort> {
  const hellos: ClientHello[] = [];
  const watched = await startTcp((socket) => {
    const server = connect({ host: '127.0.0.1', port });
    server.on('error', () => socket.destroy());
    server.on('close', () => socket.destroy());
    socket.on('close', () => server.destroy());
    socket.once('data', (record: Buffer) => {
      hellos.push(readClientHello(record));
      server.write(record);
      socket.pipe(server);
    });
    server.pipe(socket);
  });
  return { port: watched, hellos };
}
