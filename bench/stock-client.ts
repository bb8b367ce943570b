import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { connect } from 'node:tls';

/** Length, header of a DSO request with ID 1, and a Keepalive TLV: 15 s of inactivity, 30 min of keepalive (RFC 8490 §7.1). */
const KEEPALIVE = Buffer.from('00180001300000000000000000000001000800003a98001b7740', 'hex');

/**
 * The reference of `discovery`: the way to an open session by what Node brings along, step by step, with nothing validated: zone, SRV
 * record and address by `node:dns`, then TLS and a KEEPALIVE by `node:tls`. Gives how long it took, in milliseconds.
 */
export async function stockSession(resolverPort: number, pushPort: number, ca: string): Promise<number> {
  const startMs = performance.now();
  const resolver = new Resolver();
  resolver.setServers([`127.0.0.1:${resolverPort}`]);
  await resolver.resolveSoa('example.lab');
  const [srv] = await resolver.resolveSrv('_dns-push-tls._tcp.example.lab');
  const [host] = await resolver.resolve4(srv!.name);
  const socket = connect({ host: host!, port: pushPort, servername: srv!.name, ca, ALPNProtocols: ['dot'] });
  await once(socket, 'secureConnect');
  socket.write(KEEPALIVE);
  await once(socket, 'data');
  const tookMs = performance.now() - startMs;
  socket.destroy();
  return tookMs;
}
