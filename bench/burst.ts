import type { Figure } from './figure.ts';
import { medianFigure } from './figure.ts';
import { BlockWatch } from './blocked.ts';
import { PlainReader } from './plain-reader.ts';
import { StreamProcess } from './stream-process.ts';
import { WatchedStream } from './watched-stream.ts';

/** Four records each: 10,000 records. */
const SERVICES = 2500;
const ROUNDS = 7;

/** One way to take the burst: how long it took in all, and the longest time in one piece. */
interface BurstTaken {
  readonly tookMs: number;
  readonly blockedMs: number;
}

/**
 * B9: a domain of 2,500 services is watched for the first time: from the secure connection until all rows are published, and
 * the longest time in which the process could do nothing else. That is 10,000 records in PUSHes, and 10,001 subscriptions
 * that the core has to make to be told of them. The server is a process of its own. The reference is a client that takes
 * the same records in ordinary responses over TLS and has dns-packet decode them, and nothing else.
 */
export async function burst(): Promise<readonly Figure[]> {
  const server = await StreamProcess.start({ services: SERVICES, versions: [0] });
  try {
    const ours: BurstTaken[] = [];
    const theirs: BurstTaken[] = [];
    for (let round = -1; round < ROUNDS; round++) {
      const taken = [await watched(server), await decoded(server)] as const;
      if (round < 0) continue;
      ours.push(taken[0]);
      theirs.push(taken[1]);
    }
    return [
      figure('first burst of 10,000 records to published rows', 500, ours, theirs, ({ tookMs }) => tookMs),
      figure('longest block in it', 50, ours, theirs, ({ blockedMs }) => blockedMs),
    ];
  } finally {
    await server.end();
  }
}

function figure(
  name: string,
  limit: number,
  ours: readonly BurstTaken[],
  theirs: readonly BurstTaken[],
  of: (taken: BurstTaken) => number,
): Figure {
  return medianFigure(
    { id: 'B9', name, unit: 'ms', goal: { of: 'value', bound: 'at most', limit } },
    ours.map(of),
    { name: 'TLS and dns-packet decoding the same records, and nothing else', samples: theirs.map(of) },
  );
}

async function watched({ ready }: StreamProcess): Promise<BurstTaken> {
  const watch = new BlockWatch();
  const stream = await WatchedStream.open(ready, SERVICES);
  const blockedMs = watch.end();
  await stream.close();
  return { tookMs: stream.completeMs - stream.secureMs, blockedMs };
}

async function decoded(server: StreamProcess): Promise<BurstTaken> {
  const reader = await PlainReader.open(server.ready);
  const watch = new BlockWatch();
  const { zone } = server.ready.streams;
  const { tookMs } = await reader.take(zone.plainOctets, () => server.send('zone', 'plain'));
  const blockedMs = watch.end();
  reader.close();
  return { tookMs, blockedMs };
}
