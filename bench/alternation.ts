/** Something to be measured: does its work once and returns how many items that were. */
export type Work = () => number;

/** How two pieces of work compare. */
export interface Alternation {
  /** Items a second of processor time, a sample a slice. */
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

const WARM_UP_MS = 300;
const SLICE_MS = 25;
const SLICES = 31;

/**
 * Measures two pieces of work in turns, a slice of each at a time and the first of them changing places, so that whatever
 * else the machine does falls on both alike. Processor time is counted, that of the garbage collector's threads included, and not
 * the time that other programs take. Both are run warm first.
 */
export function alternate(ours: Work, theirs: Work): Alternation {
  const [callsOfOurs, callsOfTheirs] = [callsInSlice(ours), callsInSlice(theirs)];
  const samples = { ours: [] as number[], theirs: [] as number[] };
  for (let slice = 0; slice < SLICES; slice++) {
    const isOursFirst = slice % 2 === 0;
    if (isOursFirst) samples.ours.push(itemsPerSecond(ours, callsOfOurs));
    samples.theirs.push(itemsPerSecond(theirs, callsOfTheirs));
    if (!isOursFirst) samples.ours.push(itemsPerSecond(ours, callsOfOurs));
  }
  return samples;
}

function callsInSlice(work: Work): number {
  let calls = 0;
  const startMs = performance.now();
  while (performance.now() - startMs < WARM_UP_MS) {
    work();
    calls += 1;
  }
  return Math.max(1, Math.round((calls * SLICE_MS) / WARM_UP_MS));
}

function itemsPerSecond(work: Work, calls: number): number {
  let items = 0;
  const start = process.cpuUsage();
  for (let call = 0; call < calls; call++) items += work();
  const { user, system } = process.cpuUsage(start); // microseconds
  return (items * 1e6) / (user + system);
}
