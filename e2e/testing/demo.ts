import type { DemoNetwork, DemoNetworkOptions } from '../../main/demo/demo-network.ts';
import { startDemoNetwork } from '../../main/demo/demo-network.ts';
import { nsupdate } from '../../main/demo/testing/programs.ts';
import { systemClock } from '../../main/net/clock.ts';

/** A demo network in which nothing happens but what the test does, changed from outside by a stock `nsupdate`. */
export class Demo {
  readonly network: DemoNetwork;

  private constructor(network: DemoNetwork) {
    this.network = network;
  }

  /** Starts it with the built-in zones, unless the options say otherwise; `directory` exists. */
  static async start(directory: string, options: Partial<DemoNetworkOptions> = {}): Promise<Demo> {
    return new Demo(await startDemoNetwork({ clock: systemClock, directory, quiet: true, ...options }));
  }

  get resolver(): string {
    return `127.0.0.1:${this.network.dnsPort}`;
  }

  /** What `browse` is told to see it. */
  get options(): readonly string[] {
    return ['--resolver', this.resolver, '--ca', this.network.caPath];
  }

  /** Runs `nsupdate` with these lines for one zone; fails unless every one was done. */
  async update(zone: string, ...lines: readonly string[]): Promise<void> {
    const { dnsPort, tsigKeyPath } = this.network;
    const ended = await nsupdate(dnsPort, tsigKeyPath, [`zone ${zone}`, ...lines]);
    if (ended.status !== 0) throw new Error(`nsupdate: ${ended.stderr}`);
  }

  /** Leads the push clients of a zone to another server on this machine; nobody may remember the old one (TTL 0). */
  async movePush(zone: string, port: number, target = this.network.target): Promise<void> {
    const name = `_dns-push-tls._tcp.${zone}`;
    await this.update(zone, `update delete ${name} SRV`, `update add ${name} 0 SRV 0 0 ${port} ${target}`);
  }

  close(): Promise<void> {
    return this.network.close();
  }
}
