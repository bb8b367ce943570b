import type { SecurePeer } from '../tls-opening.ts';

/** A server that has shown that it is the one of this name, for connections that are made up. */
export function shownPeer(serverName: string, fields: Partial<SecurePeer> = {}): SecurePeer {
  return {
    address: '192.0.2.1',
    port: 853,
    protocol: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    alpn: undefined,
    isResumed: false,
    identity: {
      chain: [
        {
          subject: 'CN=Made up',
          issuer: 'CN=Authority',
          names: [serverName],
          fromMs: Date.UTC(2026, 0, 1),
          untilMs: Date.UTC(2027, 0, 1),
          sha256: 'AB:CD',
          pin: 'x3cY1Cp6Lgt1kmAn2DANEfi1kmAn2DANEfi1kmAn2DA=',
        },
      ],
      record: undefined,
      isNamed: (name) => name.toLowerCase() === serverName.toLowerCase(),
      goodUntilMs: Date.UTC(2027, 0, 1),
    },
    ...fields,
  };
}
