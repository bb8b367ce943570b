import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { createServer } from 'node:net';

interface Held {
  readonly port: number;
  readonly tcp: Server;
  readonly udp: Socket;
}

/** So many ports of 127.0.0.1, all different, at which nothing listens by TCP or UDP: for programs that pick none themselves. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const held: Held[] = [];
  while (held.length < count) {
    const one = await hold();
    if (one !== undefined) held.push(one);
  }
  for (const { tcp, udp } of held) {
    tcp.close();
    udp.close();
    await once(tcp, 'close');
  }
  return held.map(({ port }) => port);
}

async function hold(): Promise<Held | undefined> {
  const tcp = createServer();
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address() as AddressInfo;
  const udp = createSocket('udp4');
  udp.bind(port, '127.0.0.1');
  try {
    await once(udp, 'listening');
  } catch {
    tcp.close(); // somebody has it by UDP
    return undefined;
  }
  return { port, tcp, udp };
}
