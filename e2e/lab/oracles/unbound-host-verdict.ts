import { writeFile } from 'node:fs/promises';
import { run } from '../../../main/demo/testing/programs.ts';
import type { Endpoint } from '../../../main/net/endpoint.ts';
import type { Lab } from '../lab.ts';
import type { Expected } from '../zones/lab-zone.ts';
import type { Asked } from './asked.ts';

/** What `unbound-host -v` puts behind each line that tells of an answer. */
const WORDS: readonly (readonly [word: RegExp, verdict: Expected])[] = [
  [/\(BOGUS \(security failure\)\)/, 'bogus'],
  [/\(error\)/, 'unanswered'],
  [/\(insecure\)/, 'insecure'],
  [/\(secure\)/, 'secure'],
];

/** unbound as a library, which remembers nothing from one question to the next: for answers that change. */
export class UnboundHost {
  readonly #program: string;
  readonly #configuration: string;

  private constructor(program: string, configuration: string) {
    this.#program = program;
    this.#configuration = configuration;
  }

  /** Has it validate, by the lab's anchor, what a resolver answers; `file` is written. */
  static async at(lab: Lab, { host, port }: Endpoint, file: string): Promise<UnboundHost> {
    await writeFile(
      file,
      `server:
  chroot: ""
  username: ""
  use-syslog: no
  do-not-query-localhost: no
  do-ip6: no
  module-config: "validator iterator"
  trust-anchor-file: "${lab.anchors.keysFile}"
  trust-anchor-signaling: no
  root-key-sentinel: no
forward-zone:
  name: "."
  forward-addr: ${host}@${port}
`,
    );
    return new UnboundHost(lab.programs['unbound-host'], file);
  }

  async verdict({ name, type }: Asked): Promise<Expected> {
    const asked = ['-C', this.#configuration, '-v', '-t', type, name];
    const { stdout, stderr } = await run(this.#program, asked);
    const found = WORDS.find(([word]) => word.test(stdout));
    if (found === undefined)
      throw new Error(`unbound-host says nothing of ${name} ${type}: ${stdout}${stderr}`);
    return found[1];
  }
}
