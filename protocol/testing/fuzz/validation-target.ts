import type { Reply } from '../../discovery/procedure.ts';
import { Asked } from '../../dnssec/asked.ts';
import { credulousCrypto } from '../../dnssec/testing/credulous-crypto.ts';
import { asked } from '../../dnssec/testing/records.ts';
import { RecordedLab } from '../../dnssec/testing/recorded-lab.ts';
import type { ValidationContext } from '../../dnssec/trust-chain.ts';
import { validate } from '../../dnssec/validation.ts';
import { WORK_LIMITS, WorkBudget } from '../../dnssec/work-budget.ts';
import { ZoneMemory } from '../../dnssec/zone-memory.ts';
import { readMessage } from '../../wire/message.ts';
import type { Question } from '../../wire/record.ts';
import { questionKey, recordKey } from '../../wire/record.ts';
import { RecordType } from '../../wire/registry.ts';
import type { Material } from './material.ts';
import { readOrRefused } from './message-target.ts';
import { mutant } from './mutator.ts';
import { messagesTrial } from './octets-trial.ts';
import type { Random } from './random.ts';
import type { FuzzTarget } from './trial.ts';
import { must } from './trial.ts';

const LAB = new RecordedLab();
const LINES = [
  'x.wild.nsec.lab. A',
  'nope.hash.lab. A',
  'www.free.optout.lab. A',
  'www.moved.nsec.lab. A',
  'gone.nsec.lab. A',
];
const NOW_MS = Date.UTC(2027, 0, 1);

/** Whatever a resolver answers, and whoever signs it, a validation ends within its limits, and with a sentence. */
export const validationTarget: FuzzTarget = {
  name: 'validation',
  summary:
    'whatever comes with whatever signatures, a validation ends within its limits and says what it found',
  batch: 2048,
  trial: (random, material) => {
    const line = random.pick(LINES);
    const messages = RECORDED.get(line)!.map((octets) => changed(octets, random, material));
    return messagesTrial(messages, (given) => checkValidation(asked(line), given));
  },
};

function changed(octets: Uint8Array, random: Random, { dns }: Material): Uint8Array {
  return random.oneIn(3) ? mutant(octets, random, dns) : octets;
}

function checkValidation(question: Question, messages: readonly Uint8Array[]): void {
  const [first, ...others] = messages.map((octets) => readOrRefused(octets, readMessage));
  if (first === undefined) return;
  const context = newContext();
  const procedure = validate(question, first, context);
  let step = procedure.next();
  let at = 0;
  while (step.done !== true) {
    step = procedure.next(step.value.map((): Reply => replyOf(others[at++ % Math.max(1, others.length)])));
  }
  const { security, message } = step.value;
  must(security.kind === 'secure' || /^[A-Z“].*\.$/s.test(security.reason), 'it is not said why');
  const known = new Set(first.answers.map(recordKey));
  const made = message.answers.filter((record) => !known.has(recordKey(record)));
  must(
    made.every(({ type }) => type === RecordType.CNAME),
    'records appear from nowhere',
  );
  const { spent } = context.budget;
  for (const kind of Object.keys(WORK_LIMITS) as (keyof typeof WORK_LIMITS)[])
    must(spent[kind] <= WORK_LIMITS[kind], () => `${spent[kind]} ${kind} were spent`);
}

function replyOf(message: ReturnType<typeof readMessage> | undefined): Reply {
  return message === undefined ? { kind: 'failed', reason: 'It is broken.' } : { kind: 'answer', message };
}

function newContext(): ValidationContext {
  const budget = new WorkBudget();
  const now = { nowMs: 0, wallMs: NOW_MS };
  return {
    anchors: LAB.anchors,
    crypto: credulousCrypto,
    budget,
    asked: new Asked(budget),
    memory: new ZoneMemory(),
    now,
    nowSeconds: NOW_MS / 1000,
  };
}

/** For each line its answer, and the answers of the chain to it in the order of asking. */
const RECORDED = new Map(LINES.map((line) => [line, recorded(asked(line))]));

function recorded(question: Question): readonly Uint8Array[] {
  const seen = new Map([[questionKey(question), LAB.octets(question)]]);
  const procedure = validate(question, LAB.answer(question), newContext());
  let step = procedure.next();
  while (step.done !== true) {
    for (const one of step.value) seen.set(questionKey(one), LAB.octets(one));
    step = procedure.next(step.value.map((one): Reply => ({ kind: 'answer', message: LAB.answer(one) })));
  }
  return [...seen.values()];
}
