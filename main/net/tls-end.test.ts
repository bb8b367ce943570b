import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { FakeTls, startTcp } from './testing/fake-tls.ts';
import type { Recorded } from './testing/recorded-transport.ts';
import { IDENTITY, open } from './testing/recorded-transport.ts';
import type { TransportEnd } from './tls-transport.ts';

async function established(server: FakeTls) {
  const client = open(server.port);
  await client.secure;
  const accepted = await server.next();
  // A server that is still writing its session tickets when RST comes takes it for an end.
  accepted.tls.write('hello');
  await vi.waitFor(() => expect(client.log).toContain('hello'));
  client.log.length = 0;
  return { ...client, accepted };
}

test('END-01: close delivers what was sent, then ends in good order', async () => {
  const server = await FakeTls.start(IDENTITY);
  const { transport, accepted, end, log } = await established(server);
  transport.send(Buffer.from('x'.repeat(100_000)));
  transport.close();
  transport.close();

  expect(await accepted.ending).toBe('end');
  expect(accepted.text()).toHaveLength(100_000);
  expect(await end).toMatchObject({ kind: 'closed', step: 'session' });
  expect(log).toEqual(['end']);
});

test('END-01: on the wire the last record is an alert, then comes FIN', async () => {
  const server = await FakeTls.start({ ...IDENTITY, maxVersion: 'TLSv1.2' });
  const types: number[] = [];
  const port = await startTcp((client) => {
    const upstream = connect(server.port, '127.0.0.1');
    upstream.pipe(client);
    let unread = Buffer.alloc(0);
    client.on('data', (chunk) => {
      unread = Buffer.concat([unread, chunk]);
      while (unread.length >= 5 && unread.length >= 5 + unread.readUInt16BE(3)) {
        types.push(unread[0]!);
        unread = unread.subarray(5 + unread.readUInt16BE(3));
      }
      upstream.write(chunk);
    });
    client.on('end', () => {
      types.push(0);
      upstream.end();
    });
  });
  const client = open(port);
  await client.secure;
  client.transport.send(Buffer.from('x'));
  client.transport.close();
  await client.end;

  // TLS 1.2 shows the types of its records: 22 handshake, 20 change of cipher, 23 data, 21 alert (RFC 5246 §6.2.1); 0 is FIN.
  expect(types.slice(-3)).toEqual([23, 21, 0]);
});

test('END-01: what comes after close is read and dropped, until the server closes its side', async () => {
  const server = await FakeTls.start({ ...IDENTITY, allowHalfOpen: true });
  const { transport, accepted, end, log } = await established(server);
  transport.close();
  await accepted.ending;
  await new Promise((resolve) => accepted.tls.write('late', resolve));
  expect(log).not.toContain('end');
  accepted.tls.end();

  expect((await end).kind).toBe('closed');
  expect(log).not.toContain('late');
});

test('END-01: a server that never closes its side is left after 5 seconds', async () => {
  const server = await FakeTls.start({ ...IDENTITY, allowHalfOpen: true });
  const { transport, accepted, clock, end, log } = await established(server);
  transport.close();
  await accepted.ending;
  clock.advance(4999);
  expect(log).not.toContain('end');
  clock.advance(1);

  expect((await end).kind).toBe('closed');
  expect(clock.waiting).toBe(0);
});

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'END-02: abort is RST under %s, whatever is under way',
  async (version) => {
    const server = await FakeTls.start({ ...IDENTITY, minVersion: version, maxVersion: version });
    const { transport, accepted, end, log } = await established(server);
    transport.abort();
    transport.abort();
    transport.send(Buffer.from('too late'));

    expect(await accepted.ending).toBe('ECONNRESET');
    expect(await end).toMatchObject({ kind: 'aborted', step: 'session' });
    expect(log.filter((entry) => entry === 'end')).toHaveLength(1);
    expect(accepted.text()).toBe('');
  },
);

test('END-02: abort after close is RST too while octets are under way', async () => {
  const server = await FakeTls.start({ ...IDENTITY, allowHalfOpen: true });
  const { transport, accepted, clock, end } = await established(server);
  accepted.raw.pause();
  transport.send(new Uint8Array(16_000_000));
  transport.close();
  transport.abort();

  expect(await end).toMatchObject({ kind: 'aborted' });
  accepted.raw.resume();
  expect(await accepted.ending).toBe('ECONNRESET');
  expect(clock.waiting).toBe(0);
});

test('abort while the FIN of close is on the way leaves nothing open', async () => {
  const server = await FakeTls.start({ ...IDENTITY, allowHalfOpen: true });
  const { transport, accepted, clock, end } = await established(server);
  transport.close();
  transport.abort();

  expect(await end).toMatchObject({ kind: 'aborted' });
  expect(await accepted.ending).toBe('end');
  expect(clock.waiting).toBe(0);
});

test('a server that closes in good order is told apart from one that cuts the connection', async () => {
  const server = await FakeTls.start(IDENTITY);
  const closed = await established(server);
  closed.accepted.tls.end();
  const cut = await established(server);
  cut.accepted.raw.resetAndDestroy();

  expect(await closed.end).toMatchObject({
    kind: 'eof',
    reason: expect.stringContaining('closed the connection'),
  });
  expect(await cut.end).toMatchObject({
    kind: 'reset',
    reason: expect.stringContaining('cut the connection'),
  });
});

test('a server that closes leaves nothing behind', async () => {
  const server = await FakeTls.start(IDENTITY);
  const { accepted, clock, end, transport } = await established(server);
  accepted.tls.end();
  await end;
  await once(accepted.raw, 'close');
  transport.close();
  transport.abort();

  expect(clock.waiting).toBeLessThanOrEqual(1);
  clock.advance(5000);
  expect(clock.waiting).toBe(0);
});

test.each(['close', 'abort'] as const)(
  '%s before there is a connection ends it, once and not within the call',
  async (how) => {
    const port = await startTcp(() => undefined);
    const endings: Promise<TransportEnd>[] = [];
    const giveUp = ({ transport, log, end, clock }: Recorded): void => {
      transport[how]();
      transport[how]();
      expect(log).not.toContain('end');
      expect(clock.waiting).toBe(0);
      endings.push(end);
    };
    giveUp(open(port));
    const connecting = open(port);
    await Promise.resolve();
    giveUp(connecting);
    const securing = open(port);
    await securing.securing;
    giveUp(securing);

    const kind = how === 'close' ? 'closed' : 'aborted';
    expect((await Promise.all(endings)).map((end) => end.kind)).toEqual([kind, kind, kind]);
    expect(connecting.log).toEqual(['connecting', 'end']);
  },
);

test('octets that break TLS end the connection as failed', async () => {
  const server = await FakeTls.start(IDENTITY);
  const port = await startTcp((client) => {
    const upstream = connect(server.port, '127.0.0.1');
    client.pipe(upstream).pipe(client);
    server.next().then(
      ({ tls }) => tls.once('data', () => client.write(Buffer.from('170303000500000000ff', 'hex'))),
      () => undefined,
    );
  });
  const client = open(port);
  await client.secure;
  client.transport.send(Buffer.from('x'));

  expect(await client.end).toMatchObject({
    kind: 'failed',
    step: 'session',
    reason: expect.stringContaining('broke'),
  });
});
