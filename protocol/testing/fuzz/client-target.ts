import { keepaliveTlv, NEVER_MS, paddingTlv, retryDelayTlv } from '../../dso/base-tlvs.ts';
import { framed } from '../../dso/framer.ts';
import { writeDsoMessage } from '../../dso/message.ts';
import type { OutgoingTlv } from '../../dso/tlv.ts';
import { unreachable } from '../../errors.ts';
import type { ClientOutput } from '../../push/client.ts';
import { PushClient } from '../../push/client.ts';
import { touches } from '../../push/subscriptions.ts';
import { changeName } from '../../push/change.ts';
import { pushTlv } from '../../push/tlvs.ts';
import type { Question } from '../../wire/record.ts';
import { questionKey } from '../../wire/record.ts';
import { hexOf } from '../../wire/text.ts';
import { spoken, spokenClose } from '../subjects.ts';
import type { Material } from './material.ts';
import { mutant } from './mutator.ts';
import type { Corner } from './neighbourhood.ts';
import { anyChange, anyCorner, anyQuestion } from './neighbourhood.ts';
import type { Random } from './random.ts';
import type { SessionStep } from './session-steps.ts';
import { stepsTrial } from './session-steps.ts';
import { SessionWatch } from './session-watch.ts';
import type { FuzzTarget } from './trial.ts';
import { joined, must } from './trial.ts';

const TIMES_MS = [0, 1, 999, 10_000, 15_000, 60_000, 3_600_000, NEVER_MS - 1, NEVER_MS];
/** Waits, some of them to the millisecond of a timeout. */
export const WAITS_MS = [0, 1, 100, 4_999, 5_000, 14_999, 15_000, 30_000, 59_999, 60_000, 3_600_000, 2 ** 32];

/** Whatever a server sends and whenever, a client stays within its rules. */
export const clientTarget: FuzzTarget = {
  name: 'client',
  summary: 'a client takes any stream in any phase, and tells only what is covered',
  batch: 4096,
  trial: (random, material) => stepsTrial('S', clientSteps(random, material), checkClient),
};

function clientSteps(random: Random, material: Material): readonly SessionStep[] {
  const corner = anyCorner(random);
  const asked: Question[] = [];
  const steps = random.times(1 + random.below(14), (): SessionStep => {
    if (random.oneIn(3)) {
      const question = anyQuestion(random, corner);
      asked.push(question);
      return { kind: 'subscribe', question };
    }
    const isAnswer = random.oneIn(3) && asked.length > 0;
    if (isAnswer) {
      // The opener has MESSAGE ID 1, and what follows the next ones, but for Keepalives.
      const ids = random.times(1 + random.below(3), () => 2 + random.below(asked.length + 1));
      return octets(
        random,
        ids.map((id) => anyResponse(random, id)),
        material,
      );
    }
    return clientStep(random, material, corner, asked);
  });
  if (random.oneIn(8)) return steps;
  const timeouts = { inactivityMs: random.pick(TIMES_MS), keepaliveMs: random.pick(TIMES_MS.slice(3)) };
  return [octets(random, [response(1, 0, [keepaliveTlv(timeouts)])], material, 12), ...steps];
}

function clientStep(
  random: Random,
  material: Material,
  corner: Corner,
  asked: readonly Question[],
): SessionStep {
  switch (random.below(8)) {
    case 0:
      return asked.length === 0 ? { kind: 'due' } : { kind: 'unsubscribe', question: random.pick(asked) };
    case 1:
    case 2:
    case 3:
      return octets(
        random,
        random.times(1 + random.below(2), () => anyPush(random, corner)),
        material,
      );
    case 4:
      return octets(random, [random.oneIn(2) ? random.pick(material.all) : anyOther(random)], material);
    case 5:
      return { kind: 'wait', ms: random.pick(WAITS_MS) };
    case 6:
      return { kind: 'due' };
    default:
      return random.oneIn(8) ? { kind: 'close' } : { kind: 'reconfirm', record: random.pick(corner.records) };
  }
}

/** Messages with their lengths, one in three times as a broken or hostile peer would send them. */
export function octets(
  random: Random,
  messages: readonly Uint8Array[],
  material: Material,
  wholeness = 3,
): SessionStep {
  const sent = messages.map((message) =>
    random.oneIn(wholeness) ? mutant(message, random, material.all) : message,
  );
  const stream = joined(...sent.map(framed));
  const isTorn = random.oneIn(24);
  return {
    kind: 'octets',
    octets: isTorn ? mutant(stream, random, material.all) : stream,
    pieces: random.oneIn(3) ? 1 + random.below(5) : 1,
  };
}

function response(id: number, rcode: number, tlvs: readonly OutgoingTlv[]): Uint8Array {
  return writeDsoMessage({ id, isResponse: true, rcode }, tlvs);
}

function anyResponse(random: Random, id: number): Uint8Array {
  const rcode = random.oneIn(4) ? random.below(16) : 0;
  const delay = random.oneIn(4) ? [retryDelayTlv(random.pick(TIMES_MS))] : [];
  const padding = random.oneIn(8) ? [paddingTlv(random.below(20))] : [];
  return response(id, rcode, [...delay, ...padding]);
}

function anyPush(random: Random, corner: Corner): Uint8Array {
  const changes = random.times(1 + random.below(4), () => anyChange(random, corner));
  return writeDsoMessage({ id: 0, isResponse: false, rcode: 0 }, [pushTlv(changes)]);
}

/** What else a server may say by itself, and a request that nobody knows. */
function anyOther(random: Random): Uint8Array {
  const timeouts = { inactivityMs: random.pick(TIMES_MS), keepaliveMs: random.pick(TIMES_MS) };
  const unknown: OutgoingTlv = { type: 0xf800, write: (writer) => writer.octets(random.octets(3)) };
  const tlv = random.pick([keepaliveTlv(timeouts), retryDelayTlv(random.pick(TIMES_MS)), unknown]);
  const id = tlv === unknown ? 1 + random.below(5) : 0;
  return writeDsoMessage({ id, isResponse: false, rcode: 0 }, random.oneIn(3) ? [tlv, paddingTlv(3)] : [tlv]);
}

function checkClient(steps: readonly SessionStep[]): void {
  const told = play(steps);
  const isInPieces = steps.some((step) => step.kind === 'octets' && step.pieces > 1);
  if (!isInPieces) return;
  const whole = play(steps.map((step) => (step.kind === 'octets' ? { ...step, pieces: 1 } : step)));
  must(told === whole, () => `what it says depends on how the stream is cut: ${told} | ${whole}`);
}

/** Lets it all happen to a client and returns what it said. */
function play(steps: readonly SessionStep[]): string {
  const client = new PushClient(1_000);
  const watch = new SessionWatch('client', client);
  const live = new Map<string, Question>();
  let asked = 0;
  watch.note(client.open(watch.nowMs));
  for (const step of steps) {
    const before = watch.said.length;
    if (step.kind === 'subscribe') asked += 1;
    perform(step, client, watch);
    if (step.kind === 'unsubscribe') live.delete(questionKey(step.question));
    for (const output of watch.said.slice(before)) checkTold(output, live);
    must(client.subscriptionCount <= asked, `it has ${client.subscriptionCount} subscriptions of ${asked}`);
  }
  return watch.said.map(outputText).join('; ');
}

function outputText(output: ClientOutput): string {
  if (output.kind === 'send') return hexOf(output.bytes);
  return output.kind === 'close' ? `${spokenClose(output)} ${output.reason}` : spoken(output);
}

function perform(step: SessionStep, client: PushClient, watch: SessionWatch): void {
  switch (step.kind) {
    case 'octets':
      watch.receive(step.octets, step.pieces);
      return;
    case 'wait':
      watch.wait(step.ms);
      return;
    case 'due':
      watch.due();
      return;
    case 'subscribe':
      watch.note(client.subscribe(step.question, watch.nowMs));
      return;
    case 'unsubscribe':
      watch.note(client.unsubscribe(step.question, watch.nowMs));
      return;
    case 'reconfirm':
      watch.note(client.reconfirm(step.record, watch.nowMs));
      return;
    case 'close':
      watch.note(client.close('done', 'the owner is done'));
      return;
    case 'look':
    case 'list':
    case 'publish':
    case 'shutdown':
      return;
    default:
      unreachable(step);
  }
}

/** Holds what a client tells its owner against the subscriptions that it said were accepted and did not say were over. */
function checkTold(output: ClientOutput, live: Map<string, Question>): void {
  if (output.kind === 'accepted') {
    must(!live.has(questionKey(output.question)), 'a subscription is accepted twice');
    live.set(questionKey(output.question), output.question);
  } else if (output.kind === 'cancelled') {
    must(live.delete(questionKey(output.question)), 'a subscription is cancelled that is not live');
  } else if (output.kind === 'refused') {
    must(!live.has(questionKey(output.question)), 'a subscription is refused that is live');
  } else if (output.kind === 'changes') {
    must(output.changes.length > 0, 'no changes are told');
    for (const change of output.changes) {
      const isCovered = [...live.values()].some(
        (question) => question.name.equals(changeName(change)) && touches(change, question),
      );
      must(isCovered, () => `a change of ${changeName(change).toString()} is told that nobody subscribed to`);
    }
  }
}
