import { Random } from '../../protocol/testing/fuzz/random.ts';
import type { ChaosStep } from './step.ts';
import { costOf, faultName, stepText } from './step.ts';
import { markerChanges } from './zone-texts.ts';
import type { Certificates } from './push-site.ts';
import { ZONES } from '../../main/browse/testing/history-steps.ts';
import { Name } from '../../protocol/wire/name.ts';
import type { Mismatch } from './world-truth.ts';
import { passTime } from './fair-time.ts';
import { World } from './world.ts';

/** Within this the client shows the truth again. */
export const RECOVERY_MS = 10_000;
/** A session that was live for so long is stable: the next one may follow at once. */
const STABLE_MS = 10_000;
/** A person presses "Try again" so often until all is live. */
const PRESS_MS = 500;
/** For so long sockets may take to be gone once the client has closed. */
const LEAVE_MS = 6_000;

/** A history: what its seed and number make of it, or some of its steps. */
export interface History {
  readonly seed: number;
  readonly number: number;
  readonly steps: readonly ChaosStep[];
}

/** How the world came to rest. */
export interface Rest {
  /** How long it took from the end of the last fault, as far as this process got to run. */
  readonly tookMs: number;
  /** Whether the client had to do it by itself, or a person asked for another try until all was live. */
  readonly by: 'itself' | 'person';
}

/** What went wrong. */
export interface ChaosFailure {
  /** The number of the step. */
  readonly at: number;
  readonly mismatch: Mismatch;
  /** What happened last. */
  readonly log: readonly string[];
}

/** What became of a history. */
export interface Played {
  readonly rests: readonly Rest[];
  /** The names of the faults that there were. */
  readonly faults: readonly string[];
  readonly failure: ChaosFailure | undefined;
}

/** Plays a history in a world of its own, until it fails, it is over, or `isOver` says so at a rest. */
export async function play(
  { seed, number, steps }: History,
  certificates: Certificates,
  isOver: () => boolean,
): Promise<Played> {
  const world = await World.start(certificates, new Random(seed, 'world', number));
  try {
    const played = await playIn(world, steps, isOver);
    await world.closeClient();
    const leftovers = await nothingLeft(world);
    if (leftovers.length === 0) return played;
    const left = { what: 'what is left when the client has gone', expected: [], actual: leftovers };
    return { ...played, failure: played.failure ?? failureOf(world, steps.length, left) };
  } finally {
    await world.close();
  }
}

async function playIn(world: World, steps: readonly ChaosStep[], isOver: () => boolean): Promise<Played> {
  const rests: Rest[] = [];
  const faults: string[] = [];
  const era = new Era(world);
  const first = await era.rest(0);
  if ('what' in first) return { rests, faults, failure: failureOf(world, 0, first) };
  for (const [at, step] of steps.entries()) {
    world.log.note(`${at}. ${stepText(step)}`);
    const fault = faultName(step);
    if (fault !== undefined) faults.push(fault);
    if (step.kind !== 'rest') {
      era.took(step);
      await world.perform(step);
      continue;
    }
    const result = await era.rest(step.calmMs);
    if ('what' in result) return { rests, faults, failure: failureOf(world, at, result) };
    rests.push(result);
    if (isOver()) break;
  }
  return { rests, faults, failure: undefined };
}

function failureOf(world: World, at: number, mismatch: Mismatch): ChaosFailure {
  return { at, mismatch, log: [...world.log.lines] };
}

/** From one rest to the next. */
class Era {
  readonly #world: World;
  #steps: ChaosStep[] = [];
  #rests = 0;
  #connections: readonly number[] = [];
  #wasStable = false;

  constructor(world: World) {
    this.#world = world;
  }

  took(step: ChaosStep): void {
    this.#steps.push(step);
  }

  /** Ends all faults and waits for the truth; then nothing may change for a while. */
  async rest(calmMs: number): Promise<Rest | Mismatch> {
    const world = this.#world;
    const by = this.#needsPerson() ? 'person' : 'itself';
    const mustHold = this.#steps.every((step) => costOf(step) === 'none') && this.#rests > 0;
    await world.heal();
    this.#rests += 1;
    for (const zone of ZONES) world.zones.zone(Name.of(zone))?.apply(markerChanges(this.#rests, zone));
    const { mismatch, tookMs } = await settled(world, by);
    if (mismatch !== undefined)
      return { ...mismatch, what: `${mismatch.what}, ${RECOVERY_MS} ms after the last fault` };
    const connections = world.connectionCounts;
    if (mustHold && connections.join() !== this.#connections.join()) {
      return {
        what: 'the connections made so far, since nothing happened that a session does not outlive',
        expected: [this.#connections.join(', ')],
        actual: [connections.join(', ')],
      };
    }
    const restless = await calm(world, calmMs);
    if (restless !== undefined) return restless;
    this.#steps = [];
    this.#connections = world.connectionCounts;
    this.#wasStable = world.liveMs >= STABLE_MS;
    return { tookMs, by };
  }

  /** Whether it may be more than 10 s before the client tries again by itself: see `Cost`. */
  #needsPerson(): boolean {
    const costs = this.#steps.map(costOf);
    const drops = costs.filter((cost) => cost === 'drop').length;
    const isHindered = this.#steps.some(({ kind }) => kind === 'dns' || kind === 'weather');
    // A session that is begun anew behind a fault may fail to, as one that follows a drop may.
    const isRenewed = costs.includes('renewal') && (isHindered || drops > 0);
    return (
      costs.includes('wait') || isRenewed || drops > 1 || (drops === 1 && (isHindered || !this.#wasStable))
    );
  }
}

/** Waits until all is as it should be; what is not, if it never is. */
async function settled(
  world: World,
  by: Rest['by'],
): Promise<{ readonly mismatch: Mismatch | undefined; readonly tookMs: number }> {
  let mismatch: Mismatch | undefined;
  let tookMs = 0;
  let pressedMs = -Infinity;
  await passTime((passedMs) => {
    ({ mismatch } = world);
    tookMs = passedMs;
    if (mismatch === undefined || passedMs > RECOVERY_MS) return true;
    if (by === 'person' && passedMs - pressedMs > PRESS_MS) {
      world.tryAgain();
      pressedMs = passedMs;
    }
    return false;
  });
  return { mismatch, tookMs };
}

/** Lets time pass in which no service may change; what does. */
async function calm(world: World, ms: number): Promise<Mismatch | undefined> {
  const changed: string[] = [];
  const stop = world.workspace.onUpdate(({ tables: { services } }) => {
    changed.push(...(services?.put ?? []).map(({ id }) => `put ${id}`));
    changed.push(...(services?.drop ?? []).map((id) => `dropped ${id}`));
  });
  await passTime((passedMs) => passedMs >= ms);
  stop();
  if (changed.length > 0)
    return { what: 'the changes while nothing happened', expected: [], actual: changed };
  const { mismatch } = world;
  return mismatch && { ...mismatch, what: `${mismatch.what}, after a calm of ${ms} ms` };
}

async function nothingLeft(world: World): Promise<readonly string[]> {
  await passTime((passedMs) => world.leftovers.length === 0 || passedMs > LEAVE_MS);
  return world.leftovers;
}
