import path from 'node:path';
import { systemClock } from '../../../main/net/clock.ts';
import { run } from '../../../main/net/procedure.ts';
import { FakeDns } from '../../../main/net/testing/fake-dns.ts';
import { ValidatingResolver } from '../../../main/net/validating-resolver.ts';
import type { Lookup } from '../../../protocol/discovery/lookup.ts';
import { lookUp } from '../../../protocol/discovery/lookup.ts';
import type { Question } from '../../../protocol/wire/record.ts';
import type { Lab } from '../lab.ts';
import type { Asked } from '../oracles/asked.ts';
import { delvVerdict } from '../oracles/delv-verdict.ts';
import { anchorsOf, questionOf } from '../oracles/herald-verdict.ts';
import { UnboundHost } from '../oracles/unbound-host-verdict.ts';
import type { Expected } from '../zones/lab-zone.ts';
import type { TrueAnswers } from './scripted-answers.ts';
import { ScriptedAnswers } from './scripted-answers.ts';

/** What to answer, by `questionKey`, in the place of the truth. */
export type Lies = ReadonlyMap<string, Uint8Array>;

/** What others make of the same. */
export interface OtherVerdicts {
  readonly unbound: Expected;
  readonly delv: Expected;
}

/** A liar of a resolver that Herald, unbound and delv believe or not, each without any memory of what it said before. */
export class Rig {
  readonly #lab: Lab;
  readonly #script: ScriptedAnswers;
  readonly #server: FakeDns;
  readonly #unbound: UnboundHost;

  private constructor(lab: Lab, script: ScriptedAnswers, server: FakeDns, unbound: UnboundHost) {
    this.#lab = lab;
    this.#script = script;
    this.#server = server;
    this.#unbound = unbound;
  }

  static async start(lab: Lab, truth: TrueAnswers, folder: string): Promise<Rig> {
    const script = new ScriptedAnswers(truth);
    const server = await FakeDns.start((received) => script.serve(received));
    const file = path.join(folder, `unbound-host-${server.endpoint.port}.conf`);
    return new Rig(lab, script, server, await UnboundHost.at(lab, server.endpoint, file));
  }

  /**
   * What Herald finds, aliases followed as the app follows them. The way to the liar is one on which anybody may have set AD, so that
   * its word counts for nothing.
   */
  async herald(asked: Asked, lies: Lies): Promise<Lookup> {
    this.#script.tell(lies);
    const resolver = new ValidatingResolver({
      signatures: this.#script,
      verdicts: this.#script,
      anchors: anchorsOf(this.#lab),
      clock: systemClock,
    });
    const { name, type } = questionOf(asked);
    const [found] = await run(lookUp(name, [type]), resolver, undefined);
    return found!;
  }

  /** What Herald asked for that. */
  get questions(): readonly Question[] {
    return [...this.#script.asked.values()];
  }

  /** What unbound and delv find. */
  async others(asked: Asked, lies: Lies): Promise<OtherVerdicts> {
    this.#script.tell(lies);
    const [unbound, delv] = await Promise.all([
      this.#unbound.verdict(asked),
      delvVerdict(this.#lab, asked, this.#server.endpoint),
    ]);
    return { unbound, delv };
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}

/** What a lookup came to in the words of the lab. One that failed is as bogus as one can be: nothing of it is believed. */
export function verdictOn(lookup: Lookup): Expected {
  if (lookup.kind === 'failed') return 'bogus';
  return lookup.security.kind === 'indeterminate' ? 'unanswered' : lookup.security.kind;
}
