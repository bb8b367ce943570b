import { Random } from '../../../protocol/testing/fuzz/random.ts';
import { Name } from '../../../protocol/wire/name.ts';
import { Browsing, OFFICE } from './browsing.ts';
import { DeviceStream } from './device-stream.ts';
import { rowText, truthOf } from './history-model.ts';

const LAB = OFFICE.replaceAll('office.test', 'lab.test').replace('853 push', '8853 push');
const ZONES = ['office.test', 'lab.test'] as const;
const HOUR_MS = 3_600_000;
const AWAKE_MS = 16 * HOUR_MS;
const NIGHT_MS = 8 * HOUR_MS;
/** How long a server is down that crashed, or asks its clients to stay away. */
const DOWN_MS = 20_000;
/** One change in so many happens while the machine sleeps. */
const AT_NIGHT = 10;
/** Longer than anything of a day takes to come right by itself. */
const EVENING_MS = HOUR_MS;

/** What was left at the end of a day. */
export interface DayEnd {
  /** How many records were changed. */
  readonly changes: number;
  /** Callbacks that are waited for. */
  readonly timers: number;
  readonly sessions: number;
  readonly subscriptions: number;
  readonly services: number;
  /** What is shown and should not be, or the other way round; empty when the model has not drifted. */
  readonly drift: readonly string[];
}

/** A machine on which Herald is left open, on virtual time: changes all day, a restart of each server at noon, sleep at night. */
export class LongLife {
  readonly #browsing = new Browsing(OFFICE, LAB);
  readonly #streams: readonly { readonly zone: Name; readonly stream: DeviceStream }[];
  readonly #random: Random;
  #days = 0;

  constructor(seed: number) {
    this.#random = new Random(seed, 'long life');
    this.#streams = ZONES.map((zone) => ({
      zone: Name.of(zone),
      stream: new DeviceStream(zone, new Random(seed, 'devices', zone)),
    }));
    for (const domain of ZONES) this.#browsing.workspace.watch({ domain });
  }

  /** Lives a day and the night before it, with at least so many records changed. */
  async day(changes: number): Promise<DayEnd> {
    const { ether, workspace } = this.#browsing;
    this.#days += 1;
    const paused = workspace.pause('The machine sleeps.');
    await ether.elapse(1_000);
    await paused;
    let changed = this.#change(changes / AT_NIGHT);
    ether.clock.sleep(NIGHT_MS);
    workspace.resume();
    changed += await this.#hours(changes * 0.45);
    await this.#restart();
    changed += await this.#hours(changes * 0.45);
    await ether.elapse(EVENING_MS);
    ether.forget();
    return { changes: changed, ...this.#end };
  }

  /** Ends it; what is still waited for then. */
  end(): Promise<number> {
    return this.#browsing.end();
  }

  /** Half a day with so many changes, evenly spread. */
  async #hours(changes: number): Promise<number> {
    let changed = 0;
    while (changed < changes) {
      const some = this.#change(1 + this.#random.below(10));
      changed += some;
      await this.#browsing.ether.elapse((AWAKE_MS / 2) * (some / changes));
    }
    return changed;
  }

  /** Changes at least so many records; how many they were. */
  #change(records: number): number {
    let changed = 0;
    while (changed < records) {
      const { zone, stream } = this.#random.pick(this.#streams);
      const edits = stream.next();
      this.#browsing.ether.zones.zone(zone)?.apply(edits);
      changed += edits.length;
    }
    return changed;
  }

  /** Every server restarts: one day in good order, the next without a word. */
  async #restart(): Promise<void> {
    const { ether } = this.#browsing;
    for (const link of ether.links.filter(({ isOver }) => !isOver)) {
      if (this.#days % 2 === 0) link.cut();
      else link.sendAway(DOWN_MS);
    }
    ether.deadPorts.add(853).add(8853);
    await ether.elapse(DOWN_MS / 2);
    ether.deadPorts.clear();
  }

  get #end(): Omit<DayEnd, 'changes'> {
    const { ether, workspace } = this.#browsing;
    const { tables } = workspace.snapshot();
    const drift = ZONES.flatMap((domain) => {
      const { services, questions } = truthOf(domain, ether.zones);
      const shown = tables.services.filter((row) => row.domain === domain).map(rowText);
      const port = domain === ZONES[0] ? 853 : 8853;
      const held = ether.links.find(({ isOver, target }) => !isOver && target.port === port);
      return [
        ...difference(`${domain} lacks`, services, shown),
        ...difference(`${domain} still shows`, shown, services),
        ...difference(
          `${domain} has subscriptions`,
          [String(held?.session.subscriptionCount ?? 0)],
          [String(questions.size)],
        ),
      ];
    });
    return {
      timers: ether.clock.waiting,
      sessions: tables.sessions.length,
      subscriptions: tables.sessions.reduce((sum, { subscriptions }) => sum + subscriptions, 0),
      services: tables.services.length,
      drift,
    };
  }
}

/** What is in one list and not in the other, each behind `what`. */
function difference(what: string, one: readonly string[], other: readonly string[]): readonly string[] {
  const others = new Set(other);
  return one.filter((item) => !others.has(item)).map((item) => `${what} ${item}`);
}
