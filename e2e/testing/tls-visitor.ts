/**
 * Visits TLS servers one after the other, with settings and tickets that the visits share, and prints what became of each as
 * one JSON array. Run by plain Node and by Electron's own, whose TLS are OpenSSL's and BoringSSL's: `tls-visitor.ts VISITS`.
 */
import { connect } from 'node:net';
import { createSecureContext, connect as connectSecurely } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { readTlsa } from '../../protocol/discovery/tlsa.ts';
import { systemClock } from '../../main/net/clock.ts';
import { SecureContexts } from '../../main/net/secure-contexts.ts';
import type { SecurePeer } from '../../main/net/tls-opening.ts';
import { connectTls } from '../../main/net/tls-transport.ts';
import type { Fact, Visit, Visited } from './tls-visit.ts';

const contexts = new SecureContexts();
const visits = JSON.parse(process.argv[2] ?? '[]') as readonly Visit[];
const visited: (Visited | Fact)[] = [];
for (const visit of visits)
  visited.push(visit.isRaw === true ? await facts(visit) : await visitServer(visit));
process.stdout.write(`${JSON.stringify(visited)}\n`);

/** As Herald connects, until the server has sent an octet, behind its tickets, or it is over. */
function visitServer({ port, serverName, ca, dane, pkcs12 }: Visit): Promise<Visited> {
  const records = dane?.flatMap((rdata) => readTlsa(Buffer.from(rdata, 'hex')) ?? []);
  const client =
    pkcs12 === undefined
      ? undefined
      : ({
          kind: 'pkcs12',
          file: Buffer.from(pkcs12.file, 'base64'),
          passphrase: pkcs12.passphrase,
        } as const);
  return new Promise((resolve) => {
    let peer: SecurePeer | undefined;
    const transport = connectTls(
      { serverName, port, addresses: ['127.0.0.1'], ca, dane: records, client, clock: systemClock, contexts },
      {
        onPhase: () => undefined,
        onSecure: (secure) => (peer = secure),
        // BoringSSL tells of tickets only behind the data that came with them.
        onData: () => void setImmediate(() => transport.close()),
        onEnd: ({ kind, step, reason }) => {
          const told = peer === undefined ? {} : { protocol: peer.protocol, isResumed: peer.isResumed };
          resolve(
            kind === 'closed' ? { kind: 'secure', ...told } : { kind: 'failed', step, reason, ...told },
          );
        },
      },
    );
  });
}

/** What the runtime itself does where others trust it: a visit, and one that resumes it with authorities it should not trust. */
async function facts({ port, serverName, ca }: Visit): Promise<Fact> {
  const first = await secured(port, serverName, ca);
  const isGivenTwice =
    first.socket.getPeerX509Certificate() !== undefined &&
    first.socket.getPeerX509Certificate() !== undefined;
  const session = await first.session;
  first.socket.destroy();
  const second = await secured(port, serverName, undefined, session);
  const fact = {
    isGivenTwice,
    isReused: second.socket.isSessionReused(),
    isAuthorized: second.socket.authorized,
    isShown: second.socket.getPeerX509Certificate() !== undefined,
  };
  second.socket.destroy();
  return fact;
}

async function secured(
  port: number,
  servername: string,
  ca: string | undefined,
  session?: Buffer,
): Promise<{ readonly socket: TLSSocket; readonly session: Promise<Buffer> }> {
  const socket = connectSecurely({
    socket: connect(port, '127.0.0.1'),
    servername,
    secureContext: createSecureContext(ca === undefined ? {} : { ca }),
    rejectUnauthorized: false,
    ...(session === undefined ? {} : { session }),
  });
  const given = new Promise<Buffer>((resolve) => socket.once('session', resolve));
  await new Promise((resolve, reject) => {
    socket.once('secureConnect', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => undefined); // it goes when the fact is known
  return { socket, session: given };
}
