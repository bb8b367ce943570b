import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'playwright/test';
import { AUTHORITY, trustFile } from '../testing/identity.ts';
import { test } from '../testing/test.ts';
import { allTold, matches } from '../testing/told.ts';
import type { Start } from './name-servers.ts';
import { startKnot, startNamed, startUnbound } from './name-servers.ts';
import { TlsFront } from './tls-front.ts';

interface Peer {
  readonly name: string;
  readonly listen: (start: Start, scratch: string) => Promise<number>;
  /** Whether it speaks no TLS of its own. */
  readonly isPlain: boolean;
  /** What it says to the opener, as transcripts have it. */
  readonly answer: RegExp;
  /** Where Herald says it failed. */
  readonly step: string;
  /** What Herald says of it. */
  readonly reason: string;
  /** What the examination of its conformance says came. */
  readonly came: RegExp;
}

const NOTIMP = 'the opener was answered NOTIMP (RFC 8490 §5.1.1)';

const PEERS: readonly Peer[] = [
  {
    name: 'named',
    listen: startNamed,
    isPlain: false,
    answer: /^S: RESPONSE #1 NOTIMP$/,
    step: 'dso',
    reason: NOTIMP,
    came: /RESPONSE #1 NOTIMP \(/,
  },
  {
    name: 'unbound',
    listen: startUnbound,
    isPlain: false,
    // It echoes the TLVs behind its answer.
    answer: /^S: RESPONSE #1 NOTIMP KEEPALIVE inactivity=15000 keepalive=3600000$/,
    step: 'dso',
    reason: NOTIMP,
    came: /RESPONSE #1 NOTIMP KEEPALIVE inactivity=15000 keepalive=3600000 \(/,
  },
  {
    name: 'knotd',
    listen: startKnot,
    isPlain: true,
    answer: /^S: CLOSE$/,
    step: 'dso',
    reason: 'closed the connection',
    came: /CLOSE \(/,
  },
];

for (const peer of PEERS) {
  test(`EST-03: ${peer.name}, which does no DSO, is asked once and told as what it is`, async ({
    browse,
    demo,
    start,
    owned,
    scratch,
  }) => {
    const listening = await peer.listen(start, scratch);
    const port = peer.isPlain ? owned(await TlsFront.start(listening)).port : listening;
    await demo.movePush('office.test', port);
    const ca = await trustFile(path.join(scratch, 'both.pem'), AUTHORITY.ca, demo.network.caPem);
    const transcript = path.join(scratch, 'transcript');
    const options = [
      '--json',
      '--for',
      '3',
      '--resolver',
      demo.resolver,
      '--ca',
      ca,
      '--transcript',
      transcript,
    ];
    const ended = await browse(...options, 'office.test').ended;

    expect(ended).toMatchObject({ status: 0, stderr: '' });
    const last = allTold(ended).findLast((event) => matches(event, { event: 'domain' }));
    expect(last).toMatchObject({
      state: 'polling',
      step: peer.step,
      reason: expect.stringContaining(peer.reason),
    });
    const lines = (await readFile(transcript, 'utf8')).split('\n').filter((line) => /^[CS]: /.test(line));
    expect(lines.filter((line) => line.startsWith('C: KEEPALIVE'))).toHaveLength(1);
    expect(lines.find((line) => line.startsWith('S: '))).toMatch(peer.answer);

    const conformance = ['--import', 'tsx', 'main/cli/conformance.ts', `127.0.0.1:${port}`];
    const more = ['--server-name', 'push.office.test', '--ca', ca, '--zone', 'office.test'];
    const examined = await start(process.execPath, [...conformance, ...more]).ended;
    expect(examined).toMatchObject({ status: 1, stderr: '' });
    expect(examined.stdout.join('\n')).toMatch(
      new RegExp(`^127\\.0\\.0\\.1 port ${port} does no DSO: .*what came was ${peer.came.source}`),
    );
  });
}
