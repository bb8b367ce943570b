import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Lab } from '../e2e/lab/lab.ts';
import { MissingPrograms } from '../e2e/lab/servers/programs.ts';
import { parseAnchors } from '../protocol/dnssec/anchor-file.ts';
import type { TrustAnchor } from '../protocol/dnssec/trust-anchor.ts';
import { FarAway } from './far-away.ts';
import type { Figure } from './figure.ts';
import { medianFigure } from './figure.ts';
import type { FirstPush } from './first-push.ts';
import { ColdCore } from './first-push.ts';
import { spreadOf } from './statistics.ts';
import { stockSession } from './stock-client.ts';

const RTT_MS = 200;
const NEAR_ROUNDS = 9;
const FAR_ROUNDS = 3;
const STOCK = 'node:dns and node:tls, step by step to an open session, nothing validated';

/** What one cold start brings: the first domain, and then a second one on the same server. */
interface Taken {
  readonly first: FirstPush;
  readonly second: FirstPush;
}

/**
 * B10: from a cold start to the first PUSH of a domain of the DNS lab, and of a second domain on the same server, with validation and
 * without. Round trips are what a distance of 200 ms between the client and its servers adds, divided by it.
 */
export async function discovery(say: (line: string) => void): Promise<readonly Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'herald-bench-lab-'));
  try {
    const lab = await Lab.start(folder);
    try {
      return await measured(lab);
    } finally {
      await lab.close();
    }
  } catch (error) {
    if (!(error instanceof MissingPrograms)) throw error;
    say(error.message);
    return [];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measured(lab: Lab): Promise<readonly Figure[]> {
  const far = new FarAway();
  const records = lab.zones.find(({ origin }) => origin === 'example.lab')!.records.join('\n');
  const [, port] = /_dns-push-tls\._tcp SRV 0 0 (\d+)/.exec(records)!;
  const resolverPort = await far.relayDatagrams(lab.places.resolver.port);
  const pushPort = await far.relayStreams(Number(port));
  const caPem = await readFile(lab.caFile, 'utf8');
  const parsed = parseAnchors(lab.anchors.dsText);
  if (!parsed.ok) throw new TypeError(parsed.message);
  const take = async (anchors: readonly TrustAnchor[] | undefined): Promise<Taken> => {
    const core = new ColdCore({ resolverPort, pushPort, caPem, anchors });
    try {
      return { first: await core.watch('example.lab'), second: await core.watch('shared.lab') };
    } finally {
      await core.close();
    }
  };
  const rounds = async <Kind>(work: () => Promise<Kind>): Promise<readonly [Kind[], Kind[]]> => {
    const [near, away]: [Kind[], Kind[]] = [[], []];
    far.rttMs = 0;
    await work();
    for (let round = 0; round < NEAR_ROUNDS; round++) near.push(await work());
    far.rttMs = RTT_MS;
    for (let round = 0; round < FAR_ROUNDS; round++) away.push(await work());
    return [near, away];
  };
  try {
    const stock = await rounds(() => stockSession(resolverPort, pushPort, caPem));
    const plain = await rounds(() => take(undefined));
    const validated = await rounds(() => take(parsed.anchors));
    return [
      ...figures('a cold start to the first PUSH', plain, stock, ({ first }) => first.pushMs, 6),
      ...figures(
        'a cold start to the first PUSH, validated',
        validated,
        stock,
        ({ first }) => first.pushMs,
        6,
      ),
      ...figures('a second domain on the same server', plain, stock, ({ second }) => second.pushMs, 6),
      ...figures(
        'a second domain on the same server, validated',
        validated,
        stock,
        ({ second }) => second.pushMs,
        6,
      ),
      ...figures(
        'a SUBSCRIBE on the open session to its PUSH',
        plain,
        stock,
        ({ first }) => first.serviceMs,
        1,
      ),
    ];
  } finally {
    await far.close();
  }
}

/** Round trips, and milliseconds without any distance. */
function figures(
  name: string,
  [near, away]: readonly [readonly Taken[], readonly Taken[]],
  [stockNear, stockAway]: readonly [readonly number[], readonly number[]],
  of: (taken: Taken) => number,
  limit: number,
): readonly Figure[] {
  const trips = (nearMs: readonly number[], awayMs: readonly number[]): readonly number[] =>
    awayMs.map((ms) => Math.round((ms - spreadOf(nearMs).median) / RTT_MS));
  return [
    medianFigure(
      { id: 'B10', name, unit: 'round trips', goal: { of: 'value', bound: 'at most', limit } },
      trips(near.map(of), away.map(of)),
      { name: STOCK, samples: trips(stockNear, stockAway) },
    ),
    medianFigure(
      {
        id: 'B10',
        name: `${name}, no distance`,
        unit: 'ms',
        goal: { of: 'ratio', bound: 'at most', limit: 10 },
      },
      near.map(of),
      { name: STOCK, samples: stockNear },
    ),
  ];
}
