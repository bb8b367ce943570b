import { capitalised } from './endpoint.ts';

/** What a server is there for: the words of its problems follow from it. */
export type ServerRole = 'push server' | 'resolver';

const NOTHING_SENT = 'so nothing was sent.';

/** What to do about a port at which something else listens, by what should listen there. */
const WRONG_PORT: Readonly<Record<ServerRole, string>> = {
  'push server': 'Who runs the domain has to correct the port in its SRV record.',
  resolver: 'Check the address and the port of the resolver.',
};

/** What a failed TLS handshake means, as a sentence for people. `place` is `push.office.test port 853`. */
export function handshakeProblem(error: Error, place: string, role: ServerRole): string {
  const wish = certificateWish(error, place);
  if (wish !== undefined) return wish;
  const code = (error as NodeJS.ErrnoException).code ?? error.message;
  switch (code) {
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
    case 'ERR_SSL_HTTP_REQUEST':
    case 'ERR_SSL_RECORD_LAYER_FAILURE':
    case 'ERR_SSL_UNEXPECTED_MESSAGE':
      return (
        `What answers at ${place} does not speak TLS: it is no ${role}, ${NOTHING_SENT} ` + WRONG_PORT[role]
      );
    case 'ERR_SSL_UNSUPPORTED_PROTOCOL':
    case 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION':
      return (
        `The server at ${place} speaks only versions of TLS that are not safe any more, ${NOTHING_SENT} ` +
        'Who runs it has to switch on TLS 1.3, or 1.2.'
      );
    case 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL':
      return (
        `The server at ${place} refuses DNS over TLS (ALPN "dot"): another service listens there, ${NOTHING_SENT} ` +
        WRONG_PORT[role]
      );
    case 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE':
      return (
        `The server at ${place} and Herald have no way of TLS in common, or it wants a certificate of yours, ${NOTHING_SENT} ` +
        'Ask who runs it; a certificate can be chosen for this domain in the settings.'
      );
    case 'ERR_SSL_KEY_USAGE_BIT_INCORRECT':
      return (
        `The certificate of ${place} says that its key is not for signing handshakes, ${NOTHING_SENT} ` +
        'Who runs the server has to install one whose key usage has digitalSignature.'
      );
    case 'ECONNRESET':
    case 'EPIPE':
      return (
        `The server at ${place} cut the connection before it was secure, ${NOTHING_SENT} ` +
        `It is no ${role}, or is overloaded. Try again later, or ask who runs it.`
      );
    default:
      return `TLS with ${place} failed (${code}), ${NOTHING_SENT} Try again later, or ask who runs the server.`;
  }
}

/** What it means that no address of a server can be connected to. `problems` is a clause: `nothing listens at …`. */
export function unreachableServer(serverName: string, problems: string, role: ServerRole): string {
  return (
    `${capitalised(problems)}: the ${role} ${serverName} is down, or a firewall is in the way. ` +
    'Check the network; it is tried again later.'
  );
}

/** What it means that a server takes a connection and then says nothing. */
export function silentHandshake(place: string, seconds: number, role: ServerRole): string {
  return (
    `The server at ${place} took the connection but did not complete TLS within ${seconds} seconds, ${NOTHING_SENT} ` +
    `It is no ${role}, or is overloaded. Try again later, or ask who runs it.`
  );
}

/** What it means that a server shows no certificate at all. */
export function noCertificate(place: string): string {
  return `The server at ${place} showed no certificate: it may be anybody, ${NOTHING_SENT} Ask who runs it.`;
}

/** What it means that the name of a server cannot stand in a certificate. */
export function unprovableName(serverName: string): string {
  return (
    `"${serverName}" is no host name that a certificate could have, so the server can never show who it is, ` +
    `${NOTHING_SENT} Who runs the domain has to correct its SRV record.`
  );
}

/**
 * What it means that a server wants a certificate of ours, or another one; undefined for other errors. With TLS 1.3 a server
 * says so only when the handshake is complete for us (RFC 9846 §6.2). The codes are those of OpenSSL and BoringSSL.
 */
export function certificateWish(error: Error, place: string): string | undefined {
  const { code = '' } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED':
    case 'ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED':
      return (
        `The server at ${place} wants to see a certificate of yours, and none is chosen for this domain. ` +
        'Choose one in the settings (on the command line: --cert and --key); who runs the domain gives it out.'
      );
    case 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE':
    case 'ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE':
    case 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED':
    case 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED':
    case 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN':
    case 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA':
    case 'ERR_SSL_TLSV1_ALERT_ACCESS_DENIED':
      return (
        `The server at ${place} does not accept the certificate that is shown to it for this domain. ` +
        'Choose another one in the settings, or ask who runs the domain.'
      );
    default:
      return undefined;
  }
}

/** What it means that a certificate of our own cannot be used. */
export function brokenIdentity(error: unknown): string {
  const code =
    error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
  return (
    `The certificate to show for this domain cannot be used (${code}): it is damaged, or its key is another's, ` +
    `${NOTHING_SENT} Choose another one in the settings.`
  );
}

/** What an error on a secure connection means. */
export function connectionProblem(error: Error, place: string): string {
  const code = (error as NodeJS.ErrnoException).code ?? error.message;
  switch (code) {
    case 'ECONNRESET':
    case 'EPIPE':
      return `${place} cut the connection: the server was restarted, or something on the way gave it up.`;
    case 'ETIMEDOUT':
      return `${place} does not answer any more: the server or the network on the way to it is down.`;
    default:
      return `The connection to ${place} broke (${code}).`;
  }
}

/** Whether an error says that the connection is gone, rather than that somebody broke TLS. */
export function isLoss(error: Error): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return [
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'ECONNABORTED',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENETDOWN',
  ].includes(code);
}
