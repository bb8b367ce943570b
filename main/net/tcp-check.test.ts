import { once } from 'node:events';
import { Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { checkTcp } from './tcp-check.ts';
import { deadPort, startTcp } from './testing/fake-tls.ts';
import { VirtualClock } from './virtual-clock.ts';

afterEach(() => void vi.restoreAllMocks());

const patient = new AbortController().signal;

/** Connecting does this instead: no test can rely on a network that stays silent or has no route. */
function connectingDoes(behave: (socket: Socket) => void): void {
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket) {
    behave(this);
    return this;
  });
}

test('what takes the connection is there; nothing is said to it, and the connection is over at once', async () => {
  const clock = new VirtualClock();
  const heard: string[] = [];
  let accept: (socket: Socket) => void;
  const accepted = new Promise<Socket>((resolve) => (accept = resolve));
  const port = await startTcp((socket) => {
    socket.on('data', (chunk) => heard.push(chunk.toString('latin1')));
    accept(socket);
  });

  expect(await checkTcp(clock)({ addresses: ['127.0.0.1'], port }, patient)).toEqual({
    kind: 'connected',
    text: `127.0.0.1 port ${port} took the connection.`,
  });
  const socket = await accepted;
  if (!socket.closed) await once(socket, 'close');
  expect([heard, clock.waiting]).toEqual([[], 0]);
});

test('a refusal is a failure', async () => {
  const clock = new VirtualClock();
  const port = await deadPort();

  expect(await checkTcp(clock)({ addresses: ['127.0.0.1'], port }, patient)).toEqual({
    kind: 'failed',
    text: `Nothing listens at 127.0.0.1 port ${port}.`,
  });
  expect(clock.waiting).toBe(0);
});

test('silence is a failure after five seconds, and not before', async () => {
  connectingDoes(() => undefined);
  const clock = new VirtualClock();
  let isOver = false;
  const check = checkTcp(clock)({ addresses: ['192.0.2.1'], port: 631 }, patient);
  void check.then(() => (isOver = true));

  clock.advance(4_999);
  await Promise.resolve();
  expect(isOver).toBe(false);
  clock.advance(1);
  expect(await check).toEqual({
    kind: 'failed',
    text: '192.0.2.1 port 631 did not answer within 5 seconds.',
  });
  expect(clock.waiting).toBe(0);
});

const failing = (code: string) => (socket: Socket) =>
  queueMicrotask(() => void socket.emit('error', Object.assign(new Error(code), { code })));

test.each(['ENETUNREACH', 'ENETDOWN', 'EACCES', 'EADDRNOTAVAIL'])(
  '%s is a fault of this machine, and says nothing of the other end',
  async (code) => {
    connectingDoes(failing(code));
    const check = await checkTcp(new VirtualClock())(
      { addresses: ['192.0.2.1', '2001:db8::1'], port: 1 },
      patient,
    );
    expect(check.kind).toBe('untried');
  },
);

test.each(['ECONNREFUSED', 'EHOSTUNREACH', 'ETIMEDOUT', 'ECONNRESET'])(
  '%s is a failure, even if another address could not be tried',
  async (code) => {
    const codes = ['ENETUNREACH', code];
    connectingDoes((socket) => failing(codes.shift()!)(socket));
    const check = await checkTcp(new VirtualClock())(
      { addresses: ['2001:db8::1', '192.0.2.1'], port: 1 },
      patient,
    );
    expect(check.kind).toBe('failed');
  },
);

test('a check that is given up leaves nothing behind', async () => {
  connectingDoes(() => undefined);
  const clock = new VirtualClock();
  const abort = new AbortController();
  const check = checkTcp(clock)({ addresses: ['192.0.2.1'], port: 631 }, abort.signal);
  abort.abort();

  expect((await check).kind).toBe('untried');
  expect(clock.waiting).toBe(0);
});
