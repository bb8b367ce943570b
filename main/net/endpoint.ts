/** Where something listens. */
export interface Endpoint {
  /** An IP address, an IPv6 one without brackets; a host name where the user gave one. */
  readonly host: string;
  readonly port: number;
}

/** `HOST`, `HOST:PORT`, or `[IPv6]:PORT` in brackets, as people write it. */
const WRITTEN =
  /^(?:\[([0-9a-fA-F:.]+)\]|([^:]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*?))(?::(\d{1,5}))?$/;

/** Reads an endpoint as people write it, with this port where it has none; undefined when it is none. */
export function parseEndpoint(text: string, defaultPort = 53): Endpoint | undefined {
  const [, bracketed, plain, port = defaultPort] = WRITTEN.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) return undefined;
  return { host, port: Number(port) };
}

/** An endpoint as `parseEndpoint` reads it. */
export function writtenEndpoint({ host, port }: Endpoint): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** An endpoint as sentences have it: `127.0.0.1 port 53`. */
export function spokenEndpoint({ host, port }: Endpoint): string {
  return `${host} port ${port}`;
}

/** What the operating system's error says of an endpoint, as a clause: `nothing listens at 127.0.0.1 port 53`. */
export function spokenError(error: Error, endpoint: Endpoint): string {
  const place = spokenEndpoint(endpoint);
  const code = (error as NodeJS.ErrnoException).code ?? error.message;
  switch (code) {
    case 'ECONNREFUSED':
      return `nothing listens at ${place}`;
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'ENETDOWN':
    case 'EHOSTDOWN':
    case 'EADDRNOTAVAIL':
      return `this machine has no route to ${place}`;
    case 'ETIMEDOUT':
      return `${place} does not answer`;
    case 'ECONNRESET':
    case 'ECONNABORTED':
    case 'EPIPE':
      return `${place} cut the connection`;
    case 'EACCES':
    case 'EPERM':
      return `this machine forbids connections to ${place}`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the host name ${endpoint.host} has no address`;
    default:
      return `${place} cannot be reached (${code})`;
  }
}

/** Errors of a connection that say nothing of the other end, because nothing got that far. */
const LOCAL_FAULTS: ReadonlySet<string | undefined> = new Set([
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EACCES',
  'EPERM',
  'EINVAL',
  'EMFILE',
  'ENFILE',
]);

/** Whether a connection failed by this machine or its network alone; a host without a route may be one that is gone. */
export function isLocalFault(error: Error): boolean {
  return LOCAL_FAULTS.has((error as NodeJS.ErrnoException).code);
}

/** A clause as the beginning of a sentence; a host's name in front keeps its letters. */
export function capitalised(clause: string): string {
  if (/^[a-z]\S*\.\S/i.test(clause)) return `The server ${clause}`;
  return clause.charAt(0).toUpperCase() + clause.slice(1);
}
