import { expect, onTestFinished, test } from 'vitest';
import type { ClientOutput } from '../../protocol/push/client.ts';
import { PushClient } from '../../protocol/push/client.ts';
import { connectTls } from '../net/tls-transport.ts';
import { VirtualClock } from '../net/virtual-clock.ts';
import type { FeedEnd } from '../browse/feed-user.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import { findMisbehaviour, MISBEHAVIOURS, misbehaviourList } from './misbehaviour-list.ts';
import type { Heard } from './testing/wire-ear.ts';
import { TlsRecord } from './testing/wire-ear.ts';
import { CERTIFICATE } from './testing/push-server.ts';
import { MisbehavingServer, QUESTION, WatchingClient } from './testing/misbehaving-server.ts';

const byEnd = (clientEnd: Misbehaviour['clientEnd']): readonly (readonly [string, string, Misbehaviour])[] =>
  MISBEHAVIOURS.filter((each) => each.clientEnd === clientEnd).map((each) => [each.row, each.breach, each]);

const ABORTS = byEnd('abort').filter(([, , { name }]) => !/^reconfirm|silence|mute/.test(name));
const CLOSES = byEnd('graceful');
const DROPS = byEnd('dropped');
const FAILURES = byEnd('failed');

/** Lets Herald's own client loose on a server that breaks a rule; how the client ended, and what the wire saw of it. */
async function met(
  misbehaviour: Misbehaviour,
  meanwhile: (client: WatchingClient, server: MisbehavingServer) => Promise<void> = () => Promise.resolve(),
): Promise<{ readonly end: FeedEnd; readonly heard: readonly Heard[] }> {
  const server = await MisbehavingServer.start(misbehaviour);
  onTestFinished(() => server.stop());
  const client = new WatchingClient(server.ear.port);
  await meanwhile(client, server);
  const end = await client.ended;
  const [heard] = server.ear.heard;
  // The end of a connection is noticed between two turns of the event loop.
  while (typeof heard!.at(-1) !== 'string') await new Promise((resolve) => setImmediate(resolve));
  return { end, heard: heard! };
}

function expectAbort({ end, heard }: Awaited<ReturnType<typeof met>>, cause: string, section: string): void {
  expect(end).toMatchObject({ cause, reason: expect.stringContaining(section) });
  expect(heard).not.toContain(TlsRecord.ALERT);
  expect(heard).not.toContain('FIN');
  expect(heard.at(-1)).toBe('RST');
}

test.each(ABORTS)(
  'DSO-07 DSO-10 DSO-12 DSO-13 DSO-15 EST-06 KA-06 KA-08 KA-09 END-02 END-04 PUSH-09 CHG-04 CHG-05 CHG-07 CHG-08 CHG-09 CHG-18 SRV-40: (%s) a server that %s is cut off with RST and without close_notify',
  async (_row, _breach, misbehaviour) => {
    expectAbort(await met(misbehaviour), 'fault', misbehaviour.section);
  },
);

test('DSO-07 PUSH-14 END-02: a server that answers RECONFIRM is cut off with RST, and the reason says what it answered', async () => {
  const server = await MisbehavingServer.start(findMisbehaviour('reconfirm-answered'));
  onTestFinished(() => server.stop());
  const client = new PushClient(0);
  const reason = await new Promise<string>((resolve) => {
    const perform = (outputs: readonly ClientOutput[]): void => {
      for (const output of outputs) {
        if (output.kind === 'send') transport.send(output.bytes);
        if (output.kind === 'accepted')
          perform(client.reconfirm({ ...QUESTION, rdata: Uint8Array.of(0) }, 0));
        if (output.kind !== 'close') continue;
        transport.abort();
        resolve(output.reason);
      }
    };
    const to = { serverName: 'push.office.test', port: server.ear.port, addresses: ['127.0.0.1'] };
    const transport = connectTls(
      { ...to, ca: CERTIFICATE.caPem, clock: new VirtualClock() },
      {
        onPhase: () => undefined,
        onSecure: () => perform([...client.open(0), ...client.subscribe(QUESTION, 0)]),
        onData: (chunk) => perform(client.receive(chunk, 0)),
        onEnd: () => undefined,
      },
    );
  });
  expect(reason).toBe('the server answered RECONFIRM: a response has MESSAGE ID 0 (RFC 8490 §5.4.1)');
  const heard = server.ear.heard[0]!;
  while (typeof heard.at(-1) !== 'string') await new Promise((resolve) => setImmediate(resolve));
  expect(heard).not.toContain(TlsRecord.ALERT);
  expect(heard.at(-1)).toBe('RST');
});

test('EST-04 END-02: a server that does not answer the opener is cut off after 30 s, not before', async () => {
  const silent = findMisbehaviour('opener-silence')!;
  const met30 = await met(silent, async ({ clock }, { ear }) => {
    while (!ear.heard[0]?.includes(TlsRecord.DATA)) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(29_999);
    expect(ear.heard[0]).not.toContain('RST');
    clock.advance(1);
  });
  expectAbort(met30, 'silence', silent.section);
});

test('KA-14 END-02: a server that falls silent is cut off 30 s after a Keepalive that it owes an answer', async () => {
  const mute = findMisbehaviour('mute')!;
  const over = await met(mute, async ({ accepted, clock }, { ear }) => {
    await accepted;
    const [heard] = ear.heard;
    const before = heard!.length;
    clock.advance(3_600_000);
    while (heard!.length === before) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(30_000);
  });
  expectAbort(over, 'silence', mute.section);
});

test.each(CLOSES)(
  'EST-03 END-01 END-04 SRV-40: (%s) a server that %s is left by close_notify and FIN, without RST',
  async (row, _breach, misbehaviour) => {
    const { end, heard } = await met(misbehaviour);
    expect(end).toMatchObject({
      cause: row === 'EST-03' ? 'no-dso' : 'retry-delay',
      reason: expect.stringContaining(misbehaviour.section),
    });
    expect(heard.slice(-2)).toEqual([TlsRecord.ALERT, 'FIN']);
  },
);

test.each(DROPS)(
  'EST-05 END-09 SRV-40: (%s) a server that %s is told as one that dropped it',
  async (...row) => {
    const { end } = await met(row[2]);
    expect(end).toMatchObject({ cause: 'dropped', progress: 'none' });
  },
);

test.each(FAILURES)('SEC-01 SRV-40: (%s) a server that %s gets no octet of DNS', async (...row) => {
  const { end, heard } = await met(row[2]);
  expect(end).toMatchObject({ cause: 'unreachable', step: 'tls' });
  expect(heard).not.toContain(TlsRecord.DATA);
});

test('SRV-40: a misbehaviour goes by its name, and the list says what each does and what a client has to do', () => {
  expect(findMisbehaviour('kindness')).toBeUndefined();
  expect(new Set(MISBEHAVIOURS.map(({ name }) => name)).size).toBe(MISBEHAVIOURS.length);
  expect(misbehaviourList()).toMatch(
    /^ {2}empty-push +sends a PUSH without a change \(RFC 8765 §6\.3\.1\): a client aborts$/m,
  );
});

test('END-01: Herald leaves a server that keeps the rules by close_notify and FIN', async () => {
  const server = await MisbehavingServer.start(undefined);
  onTestFinished(() => server.stop());
  const client = new WatchingClient(server.ear.port);
  await client.accepted;
  client.feed.close('the test is over');
  expect(await client.ended).toMatchObject({ cause: 'done' });
  const heard = server.ear.heard[0]!;
  while (typeof heard.at(-1) !== 'string') await new Promise((resolve) => setImmediate(resolve));
  expect(heard.slice(-2)).toEqual([TlsRecord.ALERT, 'FIN']);
});
