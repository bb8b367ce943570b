/** What the process that measures and the one that serves it say to each other. */

/** What `stream-server.ts` is started with, as its one argument in JSON. */
export interface StreamServerOptions {
  readonly services: number;
  /** The versions that the streams lead through: the first there, the second back. */
  readonly versions: readonly number[];
}

/** What the server says once it listens. */
export interface StreamServerReady {
  readonly dnsPort: number;
  /** Where only the plain streams are to be had. */
  readonly plainPort: number;
  readonly caPem: string;
  readonly streams: Readonly<Record<StreamName, StreamSize>>;
}

/** The streams: every service through the versions, the same back, and the whole zone as it stands first. */
export type StreamName = 'there' | 'back' | 'zone';

/** How much a stream is. */
export interface StreamSize {
  readonly records: number;
  readonly pushOctets: number;
  readonly plainOctets: number;
}

/** Asks for a stream, which goes to every client that is connected to the port of its form. */
export interface StreamRequest {
  readonly stream: StreamName;
  readonly form: 'push' | 'plain';
}
