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

/** Ports of 127.0.0.1 for programs that pick none themselves, TCP and UDP: nobody else gets them until they are let go. */
export class HeldPorts {
  readonly #held: readonly Held[];

  private constructor(held: readonly Held[]) {
    this.#held = held;
  }

  /** Takes so many, all different. */
  static async take(count: number): Promise<HeldPorts> {
    const held: Held[] = [];
    while (held.length < count) {
      const one = await hold();
      if (one !== undefined) held.push(one);
    }
    return new HeldPorts(held);
  }

  get numbers(): readonly number[] {
    return this.#held.map(({ port }) => port);
  }

  /** Lets them go, shortly before somebody listens there. May be called twice. */
  async letGo(): Promise<void> {
    for (const { tcp, udp } of this.#held) {
      if (!tcp.listening) continue;
      tcp.close();
      udp.close();
      await once(tcp, 'close');
    }
  }
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
