/** The other end of `ingest`, in a process of its own: a push server whose streams of changes are made beforehand. */
import { once } from 'node:events';
import { createServer } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { ServerCertificate } from '../main/demo/certificate.ts';
import { throwAwayCertificate } from '../main/demo/certificate.ts';
import { DnsServer } from '../main/demo/dns-server.ts';
import { announcePush } from '../main/demo/push-announcement.ts';
import { Responder } from '../main/demo/responder.ts';
import { Zones } from '../main/demo/zones.ts';
import { systemClock } from '../main/net/clock.ts';
import { DEFAULT_SERVER_OPTIONS, PushServerSession } from '../protocol/push/server.ts';
import type { ChangeStream } from './change-stream.ts';
import { changeStream, recordStream } from './change-stream.ts';
import { generatedZone, SERVER } from './generated-zone.ts';
import type {
  StreamName,
  StreamRequest,
  StreamServerOptions,
  StreamServerReady,
  StreamSize,
} from './stream-protocol.ts';

const options = JSON.parse(process.argv[2] ?? '') as StreamServerOptions;
const zones = new Zones([generatedZone(options.services)]);
const streams: Readonly<Record<StreamName, ChangeStream>> = {
  there: changeStream(options.services, options.versions),
  back: changeStream(options.services, options.versions.toReversed()),
  zone: recordStream(zones.all.flatMap((zone) => zone.records)),
};
const certificate = throwAwayCertificate([String(SERVER).slice(0, -1)], [], Date.now());

const push = await listen(certificate, (socket) => {
  const session = new PushServerSession(zonesToPush(), DEFAULT_SERVER_OPTIONS, systemClock.nowMs());
  socket.on('data', (chunk) => {
    socket.cork();
    for (const output of session.receive(chunk, systemClock.nowMs())) {
      if (output.kind === 'send') socket.write(output.bytes);
      else socket.end();
    }
    socket.uncork();
  });
});
const plain = await listen(certificate, () => undefined);
announcePush(zones, SERVER, push.port);
const responder = new Responder(zones, [], systemClock);
const dns = await DnsServer.listen(responder, 0, systemClock);

process.on('message', ({ form, stream }: StreamRequest) => {
  for (const socket of (form === 'push' ? push : plain).sockets) socket.write(streams[stream][form]);
});
process.on('disconnect', () => process.exit());
process.send?.({
  dnsPort: dns.port,
  plainPort: plain.port,
  caPem: certificate.caPem,
  streams: { there: sizeOf(streams.there), back: sizeOf(streams.back), zone: sizeOf(streams.zone) },
} satisfies StreamServerReady);

function sizeOf({ records, push, plain }: ChangeStream): StreamSize {
  return { records, pushOctets: push.length, plainOctets: plain.length };
}

function zonesToPush(): ConstructorParameters<typeof PushServerSession>[0] {
  return {
    isAuthoritative: (name) => zones.isAuthoritative(name),
    matching: (question) => zones.matching(question),
    answer: (query) => responder.respond(query, true),
  };
}

interface Listening {
  readonly port: number;
  readonly sockets: ReadonlySet<TLSSocket>;
}

/** Listens with TLS 1.3 on a free port of loopback. */
async function listen(
  { keyPem, certPem }: ServerCertificate,
  onSocket: (socket: TLSSocket) => void,
): Promise<Listening> {
  const sockets = new Set<TLSSocket>();
  const server = createServer({ key: keyPem, cert: certPem, minVersion: 'TLSv1.3' }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined); // 'close' follows
    socket.on('close', () => sockets.delete(socket));
    onSocket(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return { port: address.port, sockets };
}
