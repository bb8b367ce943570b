import type { ServiceRow } from '../main/contract/api.ts';
import type { Figure } from './figure.ts';
import { medianFigure } from './figure.ts';
import { PlainReader } from './plain-reader.ts';
import { StreamProcess } from './stream-process.ts';
import { WatchedStream } from './watched-stream.ts';

const SERVICES = 500;
const VERSIONS: readonly number[] = Array.from({ length: 25 }, (_, version) => version);
const ROUNDS = 8;

/**
 * B2: records a second of processor time through everything that stands between the octets and the window: TLS 1.3, framing, session, changes,
 * zone cache, service model, publisher, which publishes every 50 ms as it does in the app. The server is a process of its own and
 * its octets are made beforehand. All services are watched and resolved before; then their SRV, TXT and A records are
 * replaced again and again, 200 removals and additions a message. The reference is a client that takes the same records
 * in ordinary responses over TLS and has dns-packet decode each message, and nothing else.
 */
export async function ingest(): Promise<readonly Figure[]> {
  const server = await StreamProcess.start({ services: SERVICES, versions: VERSIONS });
  try {
    return [await compare(server)];
  } finally {
    await server.end();
  }
}

async function compare(server: StreamProcess): Promise<Figure> {
  const { ready } = server;
  const ours = await WatchedStream.open(ready, SERVICES);
  const theirs = await PlainReader.open(ready);
  const samples = { ours: [] as number[], theirs: [] as number[] };
  // The first two rounds, once there and once back, only warm both up.
  for (let round = -2; round < ROUNDS; round++) {
    const stream = round % 2 === 0 ? 'there' : 'back';
    const { records, pushOctets, plainOctets } = ready.streams[stream];
    const oursTaken = await ours.take(pushOctets, () => server.send(stream, 'push'));
    const theirsTaken = await theirs.take(plainOctets, () => server.send(stream, 'plain'));
    check(ours.services, VERSIONS.at(stream === 'there' ? -1 : 0)!);
    if (round < 0) continue;
    samples.ours.push(records / oursTaken.processorMs / 1000);
    samples.theirs.push(records / theirsTaken.processorMs / 1000);
  }
  theirs.close();
  await ours.close();
  return medianFigure(
    {
      id: 'B2',
      name: `ingest of ${ready.streams.there.records} changes on ${SERVICES} services`,
      unit: 'M RR/s',
      goal: { of: 'ratio', bound: 'at least', limit: 1 },
    },
    samples.ours,
    { name: 'TLS and dns-packet decoding the same records, and nothing else', samples: samples.theirs },
  );
}

/** Every service must have come to the version that the stream leads to. */
function check(rows: readonly ServiceRow[], version: number): void {
  const note = `Room ${1 + version}`;
  const late = rows.find((row) => row.txt?.[0]?.[1] !== note);
  if (rows.length !== SERVICES || late !== undefined)
    throw new TypeError(`after the stream not every service is in ${note}: ${late?.instance}`);
}
