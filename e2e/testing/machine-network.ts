import { chmod, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Demo } from './demo.ts';
import { FakeDns } from '../../main/net/testing/fake-dns.ts';
import { systemClock } from '../../main/net/clock.ts';
import { Responder } from '../../main/demo/responder.ts';
import { writeMessage } from '../../protocol/wire/message.ts';
import type { Name } from '../../protocol/wire/name.ts';

const ELECTRON = createRequire(import.meta.url)('electron') as string;

/** A machine whose resolv.conf is the test's own, for the one program that it runs: user_namespaces(7), mount_namespaces(7). */
export class Machine {
  /** What to start in place of Electron. */
  readonly electron: string;
  readonly #file: string;

  private constructor(electron: string, file: string) {
    this.electron = electron;
    this.#file = file;
  }

  /** A machine on a network that has this resolver; what it needs is kept in `folder`. */
  static async on(network: NetworkResolver, folder: string): Promise<Machine> {
    const [electron, file] = [path.join(folder, 'electron'), path.join(folder, 'resolv.conf')];
    const machine = new Machine(electron, file);
    await machine.carry(network);
    const script = [
      '#!/bin/sh',
      `exec unshare --user --map-root-user --mount sh -c 'mount --bind "$0" /etc/resolv.conf && exec "$@"' \\`,
      `  '${file}' '${ELECTRON}' --no-sandbox "$@"`,
    ];
    await writeFile(electron, `${script.join('\n')}\n`);
    await chmod(electron, 0o755);
    return machine;
  }

  /** Carries it to another network. The file is written over and not replaced: it is the file that is mounted. */
  async carry({ address, search }: NetworkResolver): Promise<void> {
    await writeFile(this.#file, `nameserver ${address}\nsearch ${search}\n`);
  }
}

/** The resolver of one network, which knows the zones of a demo network and remembers every question. */
export class NetworkResolver {
  readonly address: string;
  /** What the network completes names with; `.` for nothing. */
  readonly search: string;
  readonly #dns: FakeDns;
  readonly #asked: Name[];

  private constructor(dns: FakeDns, asked: Name[], search: string) {
    this.search = search;
    this.#dns = dns;
    this.#asked = asked;
    this.address = `${dns.endpoint.host}:${dns.endpoint.port}`;
  }

  static async start({ network }: Demo, search = '.'): Promise<NetworkResolver> {
    const asked: Name[] = [];
    const responder = new Responder(network.store, [], systemClock);
    const dns = await FakeDns.start(({ query, over, send }) => {
      asked.push(...query.questions.map(({ name }) => name));
      const reply = responder.respond(writeMessage(query), over === 'tcp');
      if (reply !== undefined) send(reply);
    });
    return new NetworkResolver(dns, asked, search);
  }

  /** How many questions it got about a domain. */
  countOf(domain: Name): number {
    return this.#asked.filter((name) => name.isWithin(domain)).length;
  }

  async close(): Promise<void> {
    await this.#dns.close();
  }
}
