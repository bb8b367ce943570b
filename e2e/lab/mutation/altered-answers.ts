import { ProtocolError } from '../../../protocol/errors.ts';
import { Random } from '../../../protocol/testing/fuzz/random.ts';
import type { DnsMessage } from '../../../protocol/wire/message.ts';
import { HEADER_OCTETS, writeMessage } from '../../../protocol/wire/message.ts';
import { typeName } from '../../../protocol/wire/registry.ts';
import { contentsOf } from './contents.ts';
import { MESSAGE_MUTATIONS } from './message-mutations.ts';
import type { Lies } from './rig.ts';
import type { StaleSignatures } from './stale-signatures.ts';
import type { Subject } from './subject.ts';

/** Altered answers to a subject's questions. */
export interface AlteredAnswers {
  readonly subject: Subject;
  readonly lies: Lies;
  /** What was done, in words. */
  readonly what: string;
}

/** The altered answers of this number: always the same for a seed and the same answers. */
export function alteredAnswers(
  seed: number,
  number: number,
  subjects: readonly Subject[],
  stale: StaleSignatures,
): AlteredAnswers {
  const random = new Random(seed, number);
  const subject = random.pick(subjects);
  const answers = [...subject.answers];
  const others = [...random.pick(subjects).answers.values()];
  const lies = new Map<string, Uint8Array>();
  const done: string[] = [];
  do {
    const [key, truth] = random.oneIn(2) ? answers[0]! : random.pick(answers);
    const honest = writeMessage(truth);
    const { name, alter } = random.pick(MESSAGE_MUTATIONS);
    const altered = written(alter(truth, { random, others, stale })) ?? honest;
    const isFlipped = random.oneIn(4) || Buffer.compare(altered, honest) === 0;
    lies.set(key, isFlipped ? flipped(altered, random) : altered);
    done.push(`${isFlipped ? 'flipped bits' : name} in ${spoken(truth)}`);
  } while (random.oneIn(6));
  return { subject, lies, what: done.join('; ') };
}

/** Equal for altered answers between which no validator can tell; undefined where nothing is altered that one looks at. */
export function alterationKey({ subject, lies }: AlteredAnswers): string | undefined {
  const altered = [...lies].filter(
    ([key, octets]) => contentsOf(octets) !== contentsOf(writeMessage(subject.answers.get(key)!)),
  );
  if (altered.length === 0) return undefined;
  const { name, type } = subject.asked;
  return [`${name} ${type}`, ...altered.map(([key, octets]) => `${key}: ${contentsOf(octets)}`)].join('\n');
}

function spoken({ questions: [question] }: DnsMessage): string {
  return question === undefined ? '' : `${typeName(question.type)} ${String(question.name)}`;
}

/** Undefined where data does not fit its type any more, so that it cannot be written. */
function written(message: DnsMessage): Uint8Array | undefined {
  try {
    return writeMessage(message);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

/** One to three bits behind the header are others. */
function flipped(octets: Uint8Array, random: Random): Uint8Array {
  const copy = Uint8Array.from(octets);
  for (let left = 1 + random.below(3); left > 0; left--) {
    const at = HEADER_OCTETS + random.below(copy.length - HEADER_OCTETS);
    copy[at]! ^= 1 << random.below(8);
  }
  return copy;
}
