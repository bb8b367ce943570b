import type { Misbehaviour } from './misbehaviour.ts';

const CLEAR = { at: 'handshake', isInstead: true, isMuteAfter: true, clientEnd: 'failed' } as const;

/** What a server does wrong that is asked for TLS. */
export const HANDSHAKE_BREACHES: readonly Misbehaviour[] = [
  {
    name: 'plain-text',
    breach: 'greets in the clear instead of speaking TLS',
    section: 'RFC 8765 §5',
    row: 'SEC-01',
    ...CLEAR,
    // `220 push ready`
    script: 'S: STREAM 3232302070757368207265616479 0d0a',
  },
  {
    name: 'broken-tls',
    breach: 'answers the handshake with a record that is none',
    section: 'RFC 8765 §5',
    row: 'SEC-01',
    ...CLEAR,
    script: 'S: STREAM 1603030004ffffffff',
  },
];

/** In place of the answer to the client's first message, and silence behind it. */
const OPENER = { at: /^KEEPALIVE #/, isInstead: true, isMuteAfter: true } as const;

const TIMEOUTS = 'inactivity=15000 keepalive=3600000';

/** What a server does wrong that is asked for a DSO session. */
export const OPENER_BREACHES: readonly Misbehaviour[] = [
  ...['FORMERR', 'SERVFAIL', 'NOTIMP', 'REFUSED'].map((rcode): Misbehaviour => ({
    name: `opener-${rcode.toLowerCase()}`,
    breach: `answers the opener with ${rcode}`,
    section: 'RFC 8490 §5.1.1',
    row: 'EST-03',
    ...OPENER,
    clientEnd: 'graceful',
    script: `S: RESPONSE #ID ${rcode}`,
  })),
  {
    name: 'opener-silence',
    breach: 'does not answer the opener',
    section: 'RFC 8490 §5.1.1',
    row: 'EST-04',
    ...OPENER,
    clientEnd: 'abort',
    script: '',
  },
  {
    name: 'opener-reset',
    breach: 'cuts the connection at the opener',
    section: 'RFC 8490 §5.1.1',
    row: 'EST-05',
    ...OPENER,
    clientEnd: 'dropped',
    script: 'S: ABORT',
  },
  {
    name: 'opener-close',
    breach: 'closes the connection at the opener',
    section: 'RFC 8490 §5.1.1',
    row: 'END-09',
    ...OPENER,
    clientEnd: 'dropped',
    script: 'S: CLOSE',
  },
  {
    name: 'early-push',
    breach: 'pushes before it has answered the opener',
    section: 'RFC 8490 §5.1',
    row: 'EST-06',
    ...OPENER,
    clientEnd: 'abort',
    script: 'S: PUSH add early.example. 120 IN A 192.0.2.1',
  },
  {
    name: 'early-request',
    breach: 'makes a request before it has answered the opener',
    section: 'RFC 8490 §5.1',
    row: 'EST-06',
    ...OPENER,
    clientEnd: 'abort',
    script: 'S: TYPE63488 #7',
  },
  {
    name: 'keepalive-missing',
    breach: 'grants the opener without a Keepalive TLV',
    section: 'RFC 8490 §7.1',
    row: 'KA-09',
    ...OPENER,
    clientEnd: 'abort',
    script: 'S: RESPONSE #ID NOERROR',
  },
  {
    name: 'keepalive-twice',
    breach: 'grants the opener with two Keepalive TLVs',
    section: 'RFC 8490 §7.1',
    row: 'KA-09',
    ...OPENER,
    clientEnd: 'abort',
    script: `S: RESPONSE #ID NOERROR KEEPALIVE ${TIMEOUTS} + KEEPALIVE ${TIMEOUTS}`,
  },
  {
    name: 'keepalive-7-octets',
    breach: 'grants the opener with a Keepalive TLV of 7 octets',
    section: 'RFC 8490 §7.1',
    row: 'KA-09',
    ...OPENER,
    clientEnd: 'abort',
    script: 'S: RESPONSE #ID NOERROR TYPE1 00003a980036ee',
  },
  {
    name: 'keepalive-9-octets',
    breach: 'grants the opener with a Keepalive TLV of 9 octets',
    section: 'RFC 8490 §7.1',
    row: 'KA-09',
    ...OPENER,
    clientEnd: 'abort',
    script: 'S: RESPONSE #ID NOERROR TYPE1 00003a980036ee8000',
  },
  {
    name: 'keepalive-too-often',
    breach: 'grants the opener with a keepalive interval of 9999 ms',
    section: 'RFC 8490 §6.5.2',
    row: 'KA-06',
    ...OPENER,
    clientEnd: 'abort',
    script: 'S: RESPONSE #ID NOERROR KEEPALIVE inactivity=15000 keepalive=9999',
  },
];
