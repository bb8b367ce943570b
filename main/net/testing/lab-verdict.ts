import type { DnsMessage } from '../../../protocol/wire/message.ts';
import type { Question } from '../../../protocol/wire/record.ts';
import { Asked } from '../../../protocol/dnssec/asked.ts';
import { asked, spoken } from '../../../protocol/dnssec/testing/records.ts';
import { RecordedLab } from '../../../protocol/dnssec/testing/recorded-lab.ts';
import { drive, moment } from '../../../protocol/dnssec/testing/validated.ts';
import type { ValidationContext } from '../../../protocol/dnssec/trust-chain.ts';
import type { Verdict } from '../../../protocol/dnssec/validation.ts';
import { validate } from '../../../protocol/dnssec/validation.ts';
import { WorkBudget } from '../../../protocol/dnssec/work-budget.ts';
import { ZoneMemory } from '../../../protocol/dnssec/zone-memory.ts';
import { nodeDnssecCrypto } from '../dnssec-crypto.ts';

/** The recorded tree of zones. */
export const LAB = new RecordedLab();

/** A year in which the good signatures of the lab count. */
export const LAB_TIME_MS = Date.UTC(2027, 0, 1);

/** What the validator comes to about one answer of the lab, and what it asked for that. */
export interface LabVerdict extends Verdict {
  /** `owner TYPE`, in the order of asking. */
  readonly questions: readonly string[];
  readonly budget: WorkBudget;
}

/** Validates the answer to `owner TYPE`, with other answers than the recorded ones where `change` makes them so. */
export function labVerdict(
  line: string,
  options: {
    readonly change?: (message: DnsMessage, question: Question) => DnsMessage;
    readonly context?: Partial<ValidationContext>;
    /** The answer to a question that nobody recorded. */
    readonly other?: (question: Question) => DnsMessage | undefined;
    /** What was asked, where it is not what the recorded answer is to. */
    readonly question?: string;
  } = {},
): LabVerdict {
  const { change = (message) => message } = options;
  const budget = options.context?.budget ?? new WorkBudget();
  const context: ValidationContext = {
    anchors: LAB.anchors,
    crypto: nodeDnssecCrypto,
    budget,
    asked: new Asked(budget),
    memory: new ZoneMemory(),
    ...moment(LAB_TIME_MS),
    ...options.context,
  };
  const question = asked(options.question ?? line);
  const recorded = asked(line);
  const questions: string[] = [];
  const verdict = drive(validate(question, change(LAB.answer(recorded), recorded), context), (next) => {
    questions.push(spoken(next));
    const message = LAB.has(next) ? change(LAB.answer(next), next) : options.other?.(next);
    if (message === undefined) return { kind: 'failed', reason: 'The resolver did not answer.' };
    return { kind: 'answer', message };
  });
  return { ...verdict, questions, budget };
}
