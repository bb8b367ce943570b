import { keepaliveTlv, NEVER_MS, paddingTlv } from '../../dso/base-tlvs.ts';
import { writeDsoMessage } from '../../dso/message.ts';
import type { OutgoingTlv } from '../../dso/tlv.ts';
import { unreachable } from '../../errors.ts';
import type { Change } from '../../push/change.ts';
import type { PushServerOptions } from '../../push/server.ts';
import { reconfirmTlv, subscribeTlv, unsubscribeTlv } from '../../push/tlvs.ts';
import { opcodeOf, writeQuery } from '../../wire/message.ts';
import { Opcode, Rcode } from '../../wire/registry.ts';
import { TestServer } from '../subjects.ts';
import { TestZones } from '../test-zones.ts';
import { octets, WAITS_MS } from './client-target.ts';
import type { Material } from './material.ts';
import type { Corner } from './neighbourhood.ts';
import { anyChange, anyCorner, anyQuestion } from './neighbourhood.ts';
import type { Random } from './random.ts';
import type { SessionStep } from './session-steps.ts';
import { stepsTrial } from './session-steps.ts';
import { SessionWatch } from './session-watch.ts';
import type { FuzzTarget } from './trial.ts';
import { must } from './trial.ts';

const WISHES_MS = [0, 1, 10_000, 15_000, 3_600_000, NEVER_MS];
/** Few enough that inputs go over it. */
const MAX_SUBSCRIPTIONS = 4;
const MAX_PUSH_OCTETS = 16_382;

/** Whatever a client sends and whenever, a server stays within its rules. */
export const serverTarget: FuzzTarget = {
  name: 'server',
  summary: 'a server takes any stream in any phase, and answers nothing that it was not asked',
  batch: 4096,
  trial: (random, material) => {
    const malformedUnsubscribe = random.oneIn(4) ? 'ignore' : 'abort';
    const options = { maxSubscriptions: MAX_SUBSCRIPTIONS, malformedUnsubscribe } as const;
    return stepsTrial('C', serverSteps(random, material), (steps) => checkServer(steps, options));
  },
};

function serverSteps(random: Random, material: Material): readonly SessionStep[] {
  const corner = anyCorner(random);
  const steps = random.times(1 + random.below(14), () => serverStep(random, material, corner));
  const timeouts = { inactivityMs: random.pick(WISHES_MS), keepaliveMs: random.pick(WISHES_MS) };
  return random.oneIn(8)
    ? steps
    : [octets(random, [request(1, keepaliveTlv(timeouts))], material, 12), ...steps];
}

function serverStep(random: Random, material: Material, corner: Corner): SessionStep {
  switch (random.below(12)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return octets(
        random,
        random.times(1 + random.below(3), () => anyRequest(random, corner)),
        material,
      );
    case 4:
      return octets(random, [request(0, unsubscribeTlv(1 + random.below(8)))], material);
    case 5:
      return octets(random, [random.pick(material.all)], material);
    case 6:
    case 7:
      return { kind: 'publish', changes: zoneChanges(random, corner) };
    case 8:
      return { kind: 'wait', ms: random.pick(WAITS_MS) };
    case 9:
      return { kind: 'due' };
    case 10:
      return octets(random, [writeQuery(random.below(8), anyQuestion(random, corner), true, 1232)], material);
    default:
      return random.oneIn(6)
        ? { kind: 'shutdown', retryDelayMs: random.pick(WISHES_MS) }
        : octets(random, [request(0, reconfirmTlv(random.pick(corner.records)))], material);
  }
}

function request(id: number, tlv: OutgoingTlv, ...more: readonly OutgoingTlv[]): Uint8Array {
  return writeDsoMessage({ id, isResponse: false, rcode: 0 }, [tlv, ...more]);
}

function anyRequest(random: Random, corner: Corner): Uint8Array {
  const padding = random.oneIn(6) ? [paddingTlv(random.below(40))] : [];
  return request(1 + random.below(12), subscribeTlv(anyQuestion(random, corner)), ...padding);
}

/** A zone is changed record by record. */
function zoneChanges(random: Random, corner: Corner): readonly Change[] {
  const changes = random.times(1 + random.below(5), () => anyChange(random, corner));
  return changes.filter(({ kind }) => kind === 'add' || kind === 'remove');
}

function checkServer(steps: readonly SessionStep[], options: Partial<PushServerOptions>): void {
  const zones = new TestZones(['example.com.']);
  const server = new TestServer(zones, options);
  const { session } = server;
  const watch = new SessionWatch('server', session);
  /** Octets that arrived count at least twelve for every message that may be answered. */
  let arrived = 0;
  let isGoing = false;
  for (const step of steps) {
    const before = watch.said.length;
    if (step.kind === 'octets') arrived += step.octets.length;
    perform(step, server, watch);
    const sent = watch.said.slice(before).flatMap((output) => (output.kind === 'send' ? [output.bytes] : []));
    must(!isGoing || sent.length === 0, 'it sends something after Retry Delay');
    isGoing ||= session.phase.name === 'draining';
    checkSent(sent, session.phase.name);
    must(session.subscriptionCount <= MAX_SUBSCRIPTIONS, 'it has more subscriptions than it allows');
  }
  const answers = watch.said.filter((output) => output.kind === 'send' && (output.bytes[4]! & 0x80) !== 0);
  must(answers.length * 14 <= arrived, () => `it sends ${answers.length} responses to ${arrived} octets`);
}

function checkSent(sent: readonly Uint8Array[], phase: string): void {
  for (const bytes of sent) {
    const message = bytes.subarray(2);
    const isDso = opcodeOf(message) === Opcode.DSO;
    if (!isDso || (message[2]! & 0x80) !== 0) continue;
    must(phase !== 'establishing', 'it sends a message of its own before the session is established');
    must(message.length <= MAX_PUSH_OCTETS, `it sends a PUSH of ${message.length} octets`);
  }
}

function perform(step: SessionStep, server: TestServer, watch: SessionWatch): void {
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
    case 'publish':
      watch.note(server.change(step.changes, watch.nowMs));
      return;
    case 'shutdown':
      watch.note(
        server.session.shutdown({ retryDelayMs: step.retryDelayMs, rcode: Rcode.NOERROR }, watch.nowMs),
      );
      return;
    case 'subscribe':
    case 'unsubscribe':
    case 'reconfirm':
    case 'close':
    case 'look':
    case 'list':
      return;
    default:
      unreachable(step);
  }
}
