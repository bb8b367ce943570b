import { systemClock } from '../../../main/net/clock.ts';
import { cryptoRandom } from '../../../main/net/random.ts';
import { StubResolver } from '../../../main/net/resolver.ts';
import type { DnsMessage } from '../../../protocol/wire/message.ts';
import { questionKey } from '../../../protocol/wire/record.ts';
import type { Lab } from '../lab.ts';
import type { Asked } from '../oracles/asked.ts';
import type { Expected } from '../zones/lab-zone.ts';
import { saidBy } from './contents.ts';
import type { Rig } from './rig.ts';
import { verdictOn } from './rig.ts';
import { TrueAnswers } from './scripted-answers.ts';

/** A question, and what is true. */
export interface Subject {
  readonly asked: Asked;
  /** The answers to it and to all that Herald asks to validate it, by `questionKey`, its own first. */
  readonly answers: ReadonlyMap<string, DnsMessage>;
  /** What Herald finds, and what it makes of it. */
  readonly said: string;
  readonly verdict: Expected;
}

/** The truth, by the lab's resolver that does not validate. */
export function truthOf(lab: Lab): TrueAnswers {
  const servers = [lab.places.plainResolver];
  return new TrueAnswers(
    new StubResolver({ servers, clock: systemClock, random: cryptoRandom, dnssec: 'signatures' }),
  );
}

/** Asks a question and finds out what is true of it. */
export async function subjectOf(asked: Asked, rig: Rig, truth: TrueAnswers): Promise<Subject> {
  const found = await rig.herald(asked, new Map());
  const answers = new Map<string, DnsMessage>();
  for (const question of rig.questions) {
    const message = await truth.get(question);
    if (message !== undefined) answers.set(questionKey(question), { ...message, questions: [question] });
  }
  return { asked, answers, said: saidBy(found), verdict: verdictOn(found) };
}
