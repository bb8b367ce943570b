import { Socket } from 'node:net';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { DialEnd } from './dial.ts';
import { Dial } from './dial.ts';
import { deadPort, startTcp } from './testing/fake-tls.ts';
import { VirtualClock } from './virtual-clock.ts';

interface Options {
  readonly host: string;
  readonly port: number;
}

/** Addresses at which packets get lost: connecting to them goes nowhere. */
const lost = new Set(['192.0.2.1', '192.0.2.2', '2001:db8::1']);
const tried: string[] = [];

beforeEach(() => {
  tried.length = 0;
  const { connect } = Socket.prototype as { readonly connect: (this: Socket, options: Options) => Socket };
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (
    this: Socket,
    ...given: readonly unknown[]
  ) {
    const options = given[0] as Options;
    tried.push(options.host);
    return lost.has(options.host) ? this : connect.call(this, options);
  });
});
afterEach(() => void vi.restoreAllMocks());

function dial(port: number, addresses: readonly string[]) {
  const clock = new VirtualClock();
  let dialling: Dial | undefined;
  const end = new Promise<DialEnd>((resolve) => {
    dialling = new Dial({ addresses, port, clock }, resolve);
  });
  onTestFinished(() => void dialling?.cancel());
  return { clock, end, cancel: () => dialling!.cancel() };
}

test('an address that stays silent for 250 ms does not hold up the next', async () => {
  const port = await startTcp(() => undefined);
  const { clock, end } = dial(port, ['2001:db8::1', '192.0.2.1', '127.0.0.1']);
  clock.advance(249);
  expect(tried).toEqual(['2001:db8::1']);
  clock.advance(1);
  expect(tried).toEqual(['2001:db8::1', '192.0.2.1']);
  clock.advance(250);

  const connected = await end;
  expect(connected).toMatchObject({ kind: 'connected', address: '127.0.0.1' });
  expect(clock.waiting).toBe(0);
  if (connected.kind === 'connected') connected.socket.destroy();
});

test('the first that answers wins, the others are left', async () => {
  const port = await startTcp(() => undefined);
  const { clock, end } = dial(port, ['127.0.0.1', '192.0.2.1']);
  const connected = await end;

  expect(connected).toMatchObject({ kind: 'connected', address: '127.0.0.1' });
  expect(tried).toEqual(['127.0.0.1']);
  expect(clock.waiting).toBe(0);
  if (connected.kind === 'connected') connected.socket.destroy();
});

test('silence beside a refusal is no failure yet', async () => {
  const { clock, cancel } = dial(await deadPort(), ['192.0.2.1', '127.0.0.1']);
  clock.advance(250);
  await vi.waitFor(() => expect(tried).toHaveLength(2));

  expect(cancel()).toEqual(
    expect.arrayContaining([expect.stringMatching(/^192\.0\.2\.1 port \d+ did not answer$/)]),
  );
});

test('the same address given twice is tried once', async () => {
  const { end } = dial(await deadPort(), ['127.0.0.1', '127.0.0.1']);

  expect((await end).kind).toBe('failed');
  expect(tried).toEqual(['127.0.0.1']);
});
