import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../../../main/demo/testing/programs.ts';
import { Command } from '../../testing/command.ts';

/** A zone that knotd signs and serves. */
export interface KnotZone {
  readonly origin: string;
  /** The whole zone, unsigned. */
  readonly text: string;
  /** Of NSEC3. */
  readonly iterations: number;
}

/** CZ.NIC's knotd with keys of its own for its zones; made in two steps, as the parents need the keys before it can start. */
export class Knot {
  readonly #program: string;
  readonly #configuration: string;
  readonly #origins: readonly string[];
  /** The DS records of the keys, without owner, by zone. */
  readonly ds: ReadonlyMap<string, readonly string[]>;

  private constructor(
    program: string,
    configuration: string,
    origins: readonly string[],
    ds: ReadonlyMap<string, readonly string[]>,
  ) {
    this.#program = program;
    this.#configuration = configuration;
    this.#origins = origins;
    this.ds = ds;
  }

  /** Writes its configuration and its zones into `folder`, which is made, and generates the keys. */
  static async prepare(
    { knotd, keymgr }: { readonly knotd: string; readonly keymgr: string },
    folder: string,
    port: number,
    zones: readonly KnotZone[],
  ): Promise<Knot> {
    await mkdir(folder);
    const configuration = path.join(folder, 'knot.conf');
    await writeFile(configuration, configurationText(folder, port, zones));
    const ds = new Map<string, readonly string[]>();
    for (const { origin, text } of zones) {
      await writeFile(path.join(folder, `${origin}.zone`), text);
      const keys = ['-c', configuration, origin];
      await run(keymgr, [...keys, 'generate', 'algorithm=ed25519', 'ksk=yes', 'zsk=yes']);
      const { stdout, stderr } = await run(keymgr, [...keys, 'ds']);
      const lines = stdout.split('\n').filter((line) => / 2 [0-9a-f]{64}$/.test(line)); // by SHA-256
      if (lines.length === 0) throw new Error(`keymgr shows no DS of ${origin}: ${stdout}${stderr}`);
      ds.set(
        origin,
        lines.map((line) => line.slice(line.indexOf(' DS ') + 1)),
      );
    }
    const origins = zones.map(({ origin }) => origin);
    return new Knot(knotd, configuration, origins, ds);
  }

  /** Starts it; resolves once it has signed and serves all its zones. */
  async start(): Promise<Command> {
    const command = Command.start(this.#program, ['-c', this.#configuration]);
    const isSigned = (origin: string): Promise<string> =>
      command.complaint(new RegExp(`\\[${origin.replaceAll('.', String.raw`\.`)}\\.\\] loaded`));
    await Promise.all([command.complaint(/server started/), ...this.#origins.map(isSigned)]);
    return command;
  }
}

function configurationText(folder: string, port: number, zones: readonly KnotZone[]): string {
  const policies = zones.map(
    ({ origin, iterations }) => `  - id: ${origin}
    algorithm: ed25519
    single-type-signing: on
    nsec3: on
    nsec3-iterations: ${iterations}
    nsec3-salt-length: 0
`,
  );
  const served = zones.map(
    ({ origin }) => `  - domain: ${origin}
    file: ${origin}.zone
    dnssec-signing: on
    dnssec-policy: ${origin}
    zonefile-load: difference-no-serial
    zonefile-sync: -1
    journal-content: all
`,
  );
  return `server:
  rundir: "${folder}"
  listen: 127.0.0.1@${port}
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
database:
  storage: "${folder}"
log:
  - target: stderr
    any: info
policy:
${policies.join('')}template:
  - id: default
    storage: "${folder}"
zone:
${served.join('')}`;
}
