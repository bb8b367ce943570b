import { framed } from '../protocol/dso/framer.ts';
import type { Change } from '../protocol/push/change.ts';
import { pushMessages } from '../protocol/push/push-messages.ts';
import type { ResourceRecord } from '../protocol/wire/record.ts';
import type { Work } from './alternation.ts';
import { alternate } from './alternation.ts';
import { versionOf } from './change-stream.ts';
import type { Figure } from './figure.ts';
import { medianFigure } from './figure.ts';
import { benchService } from './generated-zone.ts';
import { ModelWorld } from './model-world.ts';

const MANY = 100_000;
const FEW = 1_000;
/** Services that take turns, spread evenly over those there are: not always the same one, whose memory would be warm. */
const ROTATION = 200;

/** What the server says, one PUSH after the other, and how many rows follow from all of them. */
interface Script {
  readonly pushes: readonly Uint8Array[];
  readonly rows: number;
}

/**
 * B8: what one change costs with 100,000 services, in microseconds, against the same with 1,000: from the octets of the PUSH
 * through session, changes, zone cache and service model to the published update. Two kinds of change: a TXT record is
 * replaced; a service comes, is resolved by three more PUSHes for which it subscribes four times, and goes again.
 */
export function scale(): readonly Figure[] {
  const [many, few] = [new ModelWorld(MANY), new ModelWorld(FEW)];
  return [
    figure('a TXT record is replaced', many, few, (world) => txtReplaced(world)),
    figure('a service comes and goes', many, few, () => comesAndGoes()),
  ];
}

function figure(
  name: string,
  many: ModelWorld,
  few: ModelWorld,
  scriptFor: (world: ModelWorld) => Script,
): Figure {
  const samples = alternate(work(many, scriptFor(many)), work(few, scriptFor(few)));
  return medianFigure(
    {
      id: 'B8',
      name: `${name}, ${MANY} services`,
      unit: 'µs',
      goal: { of: 'ratio', bound: 'at most', limit: 2 },
    },
    samples.ours.map(microseconds),
    { name: `the same with ${FEW} services`, samples: samples.theirs.map(microseconds) },
  );
}

/** Plays the script once through; the count is of changes, not of PUSHes. */
function work(world: ModelWorld, { pushes, rows }: Script): Work {
  return () => {
    const { published, serviceCount } = world;
    for (const push of pushes) world.receive(push);
    if (world.published - published !== rows || world.serviceCount !== serviceCount)
      throw new TypeError(
        `${world.published - published} rows were published where ${rows} should have been`,
      );
    return ROTATION;
  };
}

/** Each of the services in rotation gets another note, and in the next run its old one back. */
function txtReplaced(world: ModelWorld): Script {
  const step = Math.floor(world.subscribedServices / ROTATION);
  const numbers = Array.from({ length: ROTATION / 2 }, (_, at) => at * 2 * step);
  const pushes = [
    ...numbers.map((number) => replacement(number, 0, 1)),
    ...numbers.map((number) => replacement(number, 1, 0)),
  ];
  return { pushes, rows: ROTATION };
}

function replacement(number: number, from: number, to: number): Uint8Array {
  return push(removal(versionOf(number, from).txt), addition(versionOf(number, to).txt));
}

/** As many services as are in rotation come and go, one after the other; each is published three times and then dropped. */
function comesAndGoes(): Script {
  const pushes = Array.from({ length: ROTATION }, (_, at) => {
    const { ptr, srv, txt, a } = benchService(MANY + at);
    return [push(addition(ptr)), push(addition(srv), addition(txt)), push(addition(a)), push(removal(ptr))];
  });
  return { pushes: pushes.flat(), rows: ROTATION * 4 };
}

function addition(record: ResourceRecord): Change {
  return { kind: 'add', record };
}

function removal(record: ResourceRecord): Change {
  return { kind: 'remove', record };
}

function push(...changes: readonly Change[]): Uint8Array {
  return framed(pushMessages(changes)[0]!);
}

function microseconds(perSecond: number): number {
  return 1e6 / perSecond;
}
