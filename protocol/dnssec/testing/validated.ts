import type { Procedure, Reply } from '../../discovery/procedure.ts';
import type { DnsMessage } from '../../wire/message.ts';
import type { Question, ResourceRecord } from '../../wire/record.ts';
import { RecordType } from '../../wire/registry.ts';
import { Asked } from '../asked.ts';
import { readDnskey } from '../dnskey.ts';
import type { ValidationContext } from '../trust-chain.ts';
import type { Verdict } from '../validation.ts';
import { validate } from '../validation.ts';
import { WorkBudget } from '../work-budget.ts';
import { ZoneMemory } from '../zone-memory.ts';
import { asked, recordsOfFile, response, setsOf, spoken } from './records.ts';
import { sha1Crypto } from './sha1-crypto.ts';

/** A zone of an RFC as an island: its keys are the anchor, and answers are put together from its sets. */
export class ExampleZone {
  readonly records: readonly ResourceRecord[];
  readonly #wallMs: number;

  constructor(file: string, wallMs: number) {
    this.records = recordsOfFile(file);
    this.#wallMs = wallMs;
  }

  /** Validates the answer to `owner TYPE` with these sets in its sections. */
  validated(
    question: string,
    sections: {
      readonly answers?: readonly string[];
      readonly authorities?: readonly string[];
      readonly rcode?: number;
    },
    context: Partial<ValidationContext> = {},
  ): Verdict {
    const { answers = [], authorities = [], rcode = 0 } = sections;
    const message = response({
      rcode,
      answers: setsOf(this.records, ...answers),
      authorities: setsOf(this.records, ...authorities),
    });
    return this.verdictOn(question, message, context);
  }

  /** Validates a message as the answer to `owner TYPE`. */
  verdictOn(question: string, message: DnsMessage, context: Partial<ValidationContext> = {}): Verdict {
    return drive(validate(asked(question), message, { ...this.context(), ...context }), (next) =>
      this.#reply(next),
    );
  }

  context(): ValidationContext {
    const keys = this.records.filter(({ type }) => type === RecordType.DNSKEY);
    const anchors = [{ zone: keys[0]!.name, ds: [], keys: keys.map(({ rdata }) => readDnskey(rdata)) }];
    const budget = new WorkBudget();
    return {
      anchors,
      crypto: sha1Crypto,
      budget,
      asked: new Asked(budget),
      memory: new ZoneMemory(),
      ...moment(this.#wallMs),
    };
  }

  /** The zone's keys; whatever else is asked is of a test that asks too much. */
  #reply(question: Question): Reply {
    const line = spoken(question);
    if (question.type !== RecordType.DNSKEY) throw new Error(`nobody should ask for ${line}`);
    return { kind: 'answer', message: response({ answers: setsOf(this.records, line) }) };
  }
}

/** The two forms of one moment. */
export function moment(wallMs: number): Pick<ValidationContext, 'now' | 'nowSeconds'> {
  return { now: { nowMs: 0, wallMs }, nowSeconds: Math.floor(wallMs / 1000) };
}

/** Runs a procedure to its end with somebody who answers its questions. */
export function drive<Result>(procedure: Procedure<Result>, reply: (question: Question) => Reply): Result {
  let step = procedure.next();
  while (step.done !== true) step = procedure.next(step.value.map(reply));
  return step.value;
}
