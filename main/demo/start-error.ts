/** What keeps the demo network from starting and a person can mend: a port that is taken, a zone file with a mistake. */
export class DemoStartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DemoStartError';
  }
}

/** The error of a listening socket in words; `use` says what the port is for. */
export function listenError(error: unknown, port: number, use: string): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new DemoStartError(
      `Port ${port} on 127.0.0.1 is taken, so ${use} cannot listen there. Choose another port, or none to have a free one picked.`,
    );
  }
  if (code === 'EACCES') {
    return new DemoStartError(
      `Port ${port} on 127.0.0.1 is not open to this user, so ${use} cannot listen there. Choose a port over 1023.`,
    );
  }
  return error instanceof Error ? error : new Error(String(error));
}
