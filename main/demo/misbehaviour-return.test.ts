import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { recordedConnect } from '../browse/recorded-connect.ts';
import { Workspace } from '../browse/workspace.ts';
import type { DomainRow, ServiceRow } from '../contract/api.ts';
import { systemClock } from '../net/clock.ts';
import { StubResolver } from '../net/resolver.ts';
import { deadPort } from '../net/testing/fake-tls.ts';
import { checkTcp } from '../net/tcp-check.ts';
import { connectTls } from '../net/tls-transport.ts';
import { VirtualClock } from '../net/virtual-clock.ts';
import type { DemoNetwork } from './demo-network.ts';
import { startDemoNetwork } from './demo-network.ts';
import { findMisbehaviour } from './misbehaviour-list.ts';
import { add, records } from './testing/zone-fixture.ts';

const HOUR_MS = 3_600_000;

/**
 * Herald's core at work on a demo network that breaks a rule, on real sockets and a clock that the test moves. `other` is a
 * push server that the domain names as its second choice.
 */
async function watching(misbehaviour: string, other?: DemoNetwork) {
  const directory = await mkdtemp(join(tmpdir(), 'herald-test-'));
  const network = await startDemoNetwork({
    clock: systemClock,
    directory,
    quiet: true,
    misbehaviour: findMisbehaviour(misbehaviour)!,
  });
  if (other !== undefined) {
    const { origin } = network.store.all[0]!;
    const second = add(`_dns-push-tls._tcp 120 SRV 10 0 ${other.pushPort} push`);
    network.store.zone(origin)!.apply([second]);
  }
  const clock = new VirtualClock();
  let transcript = '';
  let connections = 0;
  const resolver = new StubResolver({
    servers: [{ host: '127.0.0.1', port: network.dnsPort }],
    clock,
    random: () => 0.5,
  });
  const workspace = new Workspace({
    clock,
    connect: recordedConnect(
      (target, events) => {
        connections += 1;
        return connectTls({ ...target, clock }, events);
      },
      clock,
      (text) => (transcript += text),
    ),
    checkTcp: checkTcp(clock),
    random: () => 0.5,
    resolverAt: () => resolver,
    enumerationBases: () => Promise.resolve([]),
    updateIntervalMs: 0,
  });
  onTestFinished(async () => {
    const closed = workspace.close();
    clock.advance(1000);
    await closed;
    resolver.close();
    await network.close();
    await rm(directory, { recursive: true });
  });
  const row = (): DomainRow | undefined => workspace.snapshot().tables.domains[0];
  /** Resolves once the domain's row is as wanted. */
  const until = (isWanted: (row: DomainRow) => boolean): Promise<DomainRow> =>
    new Promise((resolve) => {
      const look = (): void => {
        const now = row();
        if (now === undefined || !isWanted(now)) return;
        stop();
        resolve(now);
      };
      const stop = workspace.onUpdate(look);
      look();
    });
  workspace.watch({ domain: 'office.test', caPem: `${network.caPem}${other?.caPem ?? ''}` });
  return {
    clock,
    until,
    workspace,
    row,
    /** Adds records to the first zone, in master file form. */
    apply: (text: string) =>
      void network.store.all[0]!.apply(records(text).map((record) => ({ kind: 'add', record }))),
    get connections() {
      return connections;
    },
    get transcript() {
      return transcript;
    },
  };
}

/** A session that held so long is renewed as if it had been the first. */
const STABLE_MS = 10_000;

const isDead = ({ instance, addresses }: ServiceRow): boolean => instance === 'Dead' && addresses !== null;

/** Its server is of no use: it is polled instead. */
const failed = ({ state }: DomainRow): boolean => state === 'polling';

const LEFT_ALONE = [
  'opener-reset',
  'opener-close',
  'opener-notimp',
  'keepalive-too-often',
  'keepalive-missing',
];

test.each(LEFT_ALONE)(
  'EST-03 EST-05 END-03: with %s a server is left alone for an hour, then tried again',
  async (name) => {
    const browsing = await watching(name);
    await browsing.until(failed);
    // The first way of trying again is to look at what the domain names, and to see that its only server must be left alone.
    browsing.clock.advance(20 * 60_000); // there is a round of polls in that time
    await browsing.until(({ reason }) => reason?.includes('comes back when the time is up') === true);
    // Polls go on meanwhile, and look each time whether the hour is over.
    while (browsing.clock.nowMs() < HOUR_MS - 60_000) {
      browsing.clock.advance(60_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(browsing.connections).toBe(1);
    browsing.clock.advance(HOUR_MS - browsing.clock.nowMs());
    await browsing.until(() => browsing.connections === 2);
  },
);

test.each(LEFT_ALONE)(
  'EST-05 END-03 DISC-10: with %s from the first server the second is tried at once',
  async (name) => {
    const directory = await mkdtemp(join(tmpdir(), 'herald-test-'));
    const other = await startDemoNetwork({ clock: systemClock, directory, quiet: true });
    onTestFinished(async () => {
      await other.close();
      await rm(directory, { recursive: true });
    });
    const browsing = await watching(name, other);
    const { server } = await browsing.until(({ state }) => state === 'live');
    expect([server, browsing.connections]).toEqual([`push.office.test:${other.pushPort}`, 2]);
  },
);

test('END-08: a SUBSCRIBE that was pending when the server sent Retry Delay is sent again once the time is up', async () => {
  const browsing = await watching('retry-delay-noerror');
  const { reason } = await browsing.until(failed);
  expect(reason).toContain('stay away for 5000 ms');
  browsing.clock.advance(5000);
  const subscribes = (): readonly string[] => browsing.transcript.match(/^C: SUBSCRIBE.*$/gm) ?? [];
  const asked = subscribes();
  expect(asked).toHaveLength(1);
  // What goes over a socket is noticed between two turns of the event loop.
  while (subscribes().length === 1) await new Promise((resolve) => setImmediate(resolve));
  expect(subscribes()[1]).toBe(asked[0]); // what polling brought up meanwhile comes behind it
});

test('EST-03: the row of a domain whose server does no DSO says so, and what it answered', async () => {
  const browsing = await watching('opener-notimp');
  expect(await browsing.until(failed)).toMatchObject({
    step: 'dso',
    reason: expect.stringContaining('the opener was answered NOTIMP (RFC 8490 §5.1.1)'),
  });
});

test('PUSH-14 END-03: a server that ended the session by answering RECONFIRM is gone back to at once, and asked for none again', async () => {
  const browsing = await watching('reconfirm-answered');
  const { workspace } = browsing;
  const port = await deadPort();
  const dead = `_ipp._tcp PTR Dead._ipp._tcp\nDead._ipp._tcp SRV 0 0 ${port} push`;
  browsing.apply(dead);
  await browsing.until(() => workspace.snapshot().tables.services.some(isDead));
  const { id } = workspace.snapshot().tables.services.find(isDead)!;
  const doubt = async (): Promise<unknown> => {
    const result = await workspace.execute({ kind: 'verify-service', id });
    return result.ok ? result.check?.doubt : result;
  };
  browsing.clock.advance(STABLE_MS);
  const reasons: (string | null)[] = [];
  workspace.onUpdate(() => reasons.push(browsing.row()?.reason ?? null));

  expect(await doubt()).toBe('sent');
  await browsing.until(({ state }) => state === 'discovering');
  expect(reasons.at(-1)).toMatch(
    /^The session with push\.office\.test port \d+ is over because Herald asked for a record to be checked and the server answered RECONFIRM: .*RFC 8490 §5\.4\.1/,
  );
  browsing.clock.advance(2_000);
  await browsing.until(({ state }) => state === 'live');
  expect(browsing.connections).toBe(2);

  browsing.clock.advance(60_000);
  expect(await doubt()).toBe('answered');
  expect(browsing.transcript.match(/^C: RECONFIRM/gm)).toHaveLength(1);
});
