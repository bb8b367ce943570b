import type { DnsMessage } from '../../../protocol/wire/message.ts';
import { emptyMessage, writeMessage } from '../../../protocol/wire/message.ts';
import { Name } from '../../../protocol/wire/name.ts';
import type { Question, ResourceRecord } from '../../../protocol/wire/record.ts';
import { questionKey } from '../../../protocol/wire/record.ts';
import { Rcode, RecordClass, RecordType } from '../../../protocol/wire/registry.ts';
import type { Lies } from './rig.ts';
import type { TrueAnswers } from './scripted-answers.ts';
import type { StaleSignatures } from './stale-signatures.ts';

/** What attacks are made of. */
export interface Arms {
  readonly truth: TrueAnswers;
  readonly stale: StaleSignatures;
}

/** An attempt to have a client do without what a signed zone says: what is answered to a question about it, and to all others. */
export interface Attack {
  readonly name: string;
  readonly lies: (question: Question, arms: Arms) => Promise<Lies>;
}

/** The zone under attack, and unsigned ones whose proofs are borrowed. */
const ZONE = Name.of('example.lab');
const UNSIGNED = Name.of('unsigned.lab');
const LAB = Name.of('lab');
const FORGED_ADDRESS = Uint8Array.of(203, 0, 113, 66);

export const ATTACKS: readonly Attack[] = [
  attack('its signatures are stripped', (answer) => without(answer, RecordType.RRSIG)),
  attack('it is denied without a proof', ({ questions }) => denied(questions)),
  attack('it is said not to exist, without a proof', ({ questions }) => ({
    ...denied(questions),
    rcode: Rcode.NXDOMAIN,
  })),
  {
    name: 'it is denied with the proof for another name',
    lies: async (question, { truth }) => {
      const proof = await known(truth, { ...question, name: ZONE.prepend('nobody') });
      return about(question, { ...proof, questions: [question] });
    },
  },
  {
    name: 'it is denied with the proof for another type of its own name',
    lies: async (question, { truth }) => {
      const proof = await known(truth, { ...question, type: RecordType.MX });
      return about(question, { ...proof, questions: [question] });
    },
  },
  {
    name: 'it is replayed with the signatures of last month',
    lies: async (question, { truth, stale }) => {
      const answer = await known(truth, question);
      const replayed = (record: ResourceRecord): ResourceRecord => stale.insteadOf(record) ?? record;
      return about(question, {
        ...answer,
        answers: answer.answers.map(replayed),
        authorities: answer.authorities.map(replayed),
      });
    },
  },
  attack('its data is changed and the signatures are kept', (answer) => ({
    ...answer,
    answers: answer.answers.map(forged),
  })),
  attack('its data is changed and vouched for by AD', (answer) => ({
    ...without(answer, RecordType.RRSIG),
    answers: without(answer, RecordType.RRSIG).answers.map(forged),
    isAuthenticData: true,
  })),
  attack('it is answered about another name', (answer) => ({
    ...answer,
    answers: answer.answers.map((record) => ({ ...record, name: record.name.prepend('x') })),
  })),
  delegated('the zone is said to be unsigned, without a proof', () => Promise.resolve(denied([]))),
  delegated('the zone is said to be unsigned, with the proof for another zone', (truth) =>
    known(truth, dsOf(UNSIGNED)),
  ),
  delegated('the zone is said to be unsigned, with the SOA record of its parent', async (truth) => {
    const soa = await known(truth, { name: LAB, type: RecordType.SOA, class: RecordClass.IN });
    return { ...denied([]), authorities: soa.answers };
  }),
  delegated('the zone is given the DS of an algorithm that nobody knows', async (truth) => {
    const { answers, ...rest } = await known(truth, dsOf(Name.of('unknown-algorithm.lab')));
    return { ...rest, answers: answers.map((record) => ({ ...record, name: ZONE })) };
  }),
  {
    name: 'the keys of the zone are those of another',
    lies: async (question, { truth }) => {
      const keys = { name: ZONE, type: RecordType.DNSKEY, class: RecordClass.IN };
      const foreign = await known(truth, { ...keys, name: Name.of('p256.lab') });
      const answers = foreign.answers.map((record) => ({ ...record, name: ZONE }));
      return new Map([
        ...(await forgery(question, truth)),
        ...about(keys, { ...foreign, questions: [keys], answers }),
      ]);
    },
  },
];

/** An attack on the answer alone. */
function attack(name: string, alter: (answer: DnsMessage) => DnsMessage): Attack {
  return {
    name,
    lies: async (question, { truth }) => about(question, alter(await known(truth, question))),
  };
}

/** An attack on the delegation, so that a forged answer without signatures passes. */
function delegated(name: string, ds: (truth: TrueAnswers) => Promise<DnsMessage>): Attack {
  return {
    name,
    lies: async (question, { truth }) => {
      const asked = dsOf(ZONE);
      return new Map([
        ...(await forgery(question, truth)),
        ...about(asked, { ...(await ds(truth)), questions: [asked] }),
      ]);
    },
  };
}

async function forgery(question: Question, truth: TrueAnswers): Promise<Lies> {
  const answer = without(await known(truth, question), RecordType.RRSIG);
  return about(question, { ...answer, answers: answer.answers.map(forged) });
}

async function known(truth: TrueAnswers, question: Question): Promise<DnsMessage> {
  const answer = await truth.get(question);
  if (answer === undefined) throw new Error(`nobody answers for ${String(question.name)}`);
  return { ...answer, questions: [question] };
}

function about(question: Question, message: DnsMessage): Lies {
  return new Map([[questionKey(question), writeMessage(message)]]);
}

function dsOf(name: Name): Question {
  return { name, type: RecordType.DS, class: RecordClass.IN };
}

function denied(questions: readonly Question[]): DnsMessage {
  return { ...emptyMessage(0), isResponse: true, questions };
}

function without(message: DnsMessage, gone: number): DnsMessage {
  const kept = (records: readonly ResourceRecord[]): readonly ResourceRecord[] =>
    records.filter(({ type }) => type !== gone);
  return { ...message, answers: kept(message.answers), authorities: kept(message.authorities) };
}

/** Another address, another port, another digest: the last octet that is not a name's end, or the address of somebody else. */
function forged(record: ResourceRecord): ResourceRecord {
  if (record.type === RecordType.A) return { ...record, rdata: FORGED_ADDRESS };
  if (record.type === RecordType.RRSIG) return record;
  const rdata = Uint8Array.from(record.rdata);
  rdata[4]! ^= 0x01; // of SRV a port, of TLSA a digest
  return { ...record, rdata };
}
