import type { Socket } from 'node:net';

/** The parts of a ClientHello that tests look at (RFC 9846 §4.1.2). */
export interface ClientHello {
  readonly compression: readonly number[];
  /** By type. */
  readonly extensions: ReadonlyMap<number, Buffer>;
}

/** The numbers of extensions (RFC 9846 §4.2). */
export const Extension = {
  SERVER_NAME: 0,
  SIGNATURE_ALGORITHMS: 13,
  ALPN: 16,
  PRE_SHARED_KEY: 41,
  EARLY_DATA: 42,
  VERSIONS: 43,
} as const;

/** Reads the first record of a connection; it must be a ClientHello. */
export function readClientHello(record: Buffer): ClientHello {
  if (record[0] !== 22 || record[5] !== 1) throw new TypeError('no ClientHello');
  const hello = record.subarray(9);
  let at = 2 + 32;
  at += 1 + hello[at]!; // session ID
  at += 2 + hello.readUInt16BE(at); // cipher suites
  const compression = [...hello.subarray(at + 1, at + 1 + hello[at]!)];
  at += 1 + hello[at]! + 2;
  const extensions = new Map<number, Buffer>();
  while (at < hello.length) {
    const length = hello.readUInt16BE(at + 2);
    extensions.set(hello.readUInt16BE(at), hello.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return { compression, extensions };
}

/** The host name that is asked for, in SNI (RFC 6066 §3). */
export function serverNameOf({ extensions }: ClientHello): string | undefined {
  return extensions.get(Extension.SERVER_NAME)?.subarray(5).toString();
}

/** Reads the ClientHello that comes over a connection. */
export function helloOver(socket: Socket): Promise<ClientHello> {
  return new Promise((resolve) => {
    socket.once('data', (record: Buffer) => resolve(readClientHello(record)));
  });
}
