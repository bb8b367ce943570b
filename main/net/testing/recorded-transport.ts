import { onTestFinished } from 'vitest';
import type { SecurePeer, TlsOptions } from '../tls-opening.ts';
import type { Transport, TransportEnd } from '../tls-transport.ts';
import { connectTls } from '../tls-transport.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { TestAuthority } from './certificates.ts';

/** The authority that the tests' connections trust. */
export const AUTHORITY = new TestAuthority();
export const SERVER_NAME = 'push.office.test';
/** What a server that is in order shows. */
export const IDENTITY = AUTHORITY.issue({ names: [SERVER_NAME] });

/** A connection and all it told. */
export interface Recorded {
  readonly transport: Transport;
  readonly clock: VirtualClock;
  /** `connecting`, `securing`, `secure`, the octets that came, `end`. */
  readonly log: string[];
  readonly securing: Promise<void>;
  readonly secure: Promise<SecurePeer>;
  /** The first octets came. */
  readonly data: Promise<void>;
  readonly end: Promise<TransportEnd>;
}

/** Connects to a port of loopback as to `push.office.test`, on a virtual clock, and ends with the test. */
export function open(
  port: number,
  options: Partial<TlsOptions> & { readonly clock?: VirtualClock } = {},
): Recorded {
  const { clock = new VirtualClock(0, Date.now()) } = options; // certificates are made for today
  const log: string[] = [];
  const securing = deferred<void>();
  const secure = deferred<SecurePeer>();
  const data = deferred<void>();
  const end = deferred<TransportEnd>();
  const target = { serverName: SERVER_NAME, port, addresses: ['127.0.0.1'], ca: AUTHORITY.ca, clock };
  const transport = connectTls(
    { ...target, ...options },
    {
      onPhase: (phase) => {
        log.push(phase);
        if (phase === 'securing') securing.resolve();
      },
      onSecure: (peer) => {
        log.push('secure');
        secure.resolve(peer);
      },
      onData: (chunk) => {
        log.push(Buffer.from(chunk).toString('latin1'));
        data.resolve();
      },
      onEnd: (told) => {
        log.push('end');
        end.resolve(told);
      },
    },
  );
  onTestFinished(() => transport.abort());
  return {
    transport,
    clock,
    log,
    securing: securing.promise,
    secure: secure.promise,
    data: data.promise,
    end: end.promise,
  };
}

function deferred<Value>(): { readonly promise: Promise<Value>; readonly resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => (resolve = settle));
  return { promise, resolve };
}
