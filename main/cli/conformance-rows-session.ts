import type { ConformanceRow } from './conformance-row.ts';
import { FENCE, OPEN } from './conformance-row.ts';

const SUBSCRIBED = `
  C: SUBSCRIBE #2 herald-conformance.ZONE IN TYPE65400
  S: RESPONSE #2 NOERROR
`;
const NEEDS_STOP = 'the server would have to be stopped while it is observed';

/** What a DSO session asks of a server: establishment, messages, timers, the end. */
export const SESSION_ROWS: readonly ConformanceRow[] = [
  {
    id: 'SRV-03',
    requirement: 'A Keepalive request is answered NOERROR with exactly one Keepalive TLV',
    section: 'RFC 8490 §7.1',
    scripts: [OPEN],
  },
  {
    id: 'SRV-04',
    requirement: 'The keepalive interval that is granted is 10 s or more',
    section: 'RFC 8490 §6.5.2',
    scripts: [
      `C: KEEPALIVE #1 inactivity=15000 keepalive=1
       S: RESPONSE #1 NOERROR KEEPALIVE inactivity=* keepalive=*`,
    ],
    judge: (lines) => {
      const ms = Number(/ keepalive=(\d+)/.exec(lines[0] ?? '')?.[1]);
      return ms >= 10_000 ? undefined : `keepalive=10000 or more`;
    },
  },
  {
    id: 'SRV-05',
    requirement: 'A keepalive interval of an hour is granted to who asks for it',
    section: 'RFC 8490 §6.5.2',
    scripts: [
      `C: KEEPALIVE #1 inactivity=15000 keepalive=3600000
       S: RESPONSE #1 NOERROR KEEPALIVE inactivity=* keepalive=3600000`,
    ],
  },
  {
    id: 'SRV-06',
    requirement: 'A Keepalive with MESSAGE ID 0 from a client ends the session at once',
    section: 'RFC 8490 §7.1',
    hostile: [`${OPEN} C: KEEPALIVE inactivity=15000 keepalive=3600000\nS: ABORT`],
  },
  {
    id: 'SRV-07',
    requirement: 'The server starts nothing before the session is established',
    section: 'RFC 8490 §5.1',
    scripts: ['S: nothing'],
  },
  {
    id: 'SRV-08',
    requirement:
      'A request of an unknown type is answered DSOTYPENI without its TLV, a unidirectional message ends the session',
    section: 'RFC 8490 §5.4.5',
    scripts: [`${OPEN} C: TYPE63488 #7 01020304\nS: RESPONSE #7 DSOTYPENI\n${FENCE}`],
    hostile: [`${OPEN} C: TYPE63488 01020304\nS: ABORT`],
  },
  {
    id: 'SRV-09',
    requirement: 'A DSO request that counts records is answered FORMERR',
    section: 'RFC 8490 §5.4',
    scripts: [
      `${OPEN} C: KEEPALIVE #7 counts=1,0,0,0 inactivity=15000 keepalive=3600000\nS: RESPONSE #7 FORMERR`,
    ],
  },
  {
    id: 'SRV-10',
    requirement: 'A request without a MESSAGE ID, or a unidirectional message with one, ends the session',
    section: 'RFC 8490 §5.4.1',
    hostile: [
      `${OPEN} C: SUBSCRIBE herald-conformance.ZONE IN TYPE65400\nS: ABORT`,
      `${OPEN} C: UNSUBSCRIBE #5 2\nS: ABORT`,
    ],
  },
  {
    id: 'SRV-11',
    requirement: 'Retry Delay, PUSH and a response from a client end the session',
    section: 'RFC 8490 §7.2.1, RFC 8765 §6.2, §6.3',
    hostile: [
      `${OPEN} C: RETRY-DELAY 0\nS: ABORT`,
      `${OPEN} C: PUSH add herald-conformance.ZONE 120 IN A 192.0.2.1\nS: ABORT`,
      `${OPEN} ${SUBSCRIBED} C: RESPONSE #2 NOERROR\nS: ABORT`,
    ],
  },
  {
    id: 'SRV-12',
    requirement: 'A padded request gets a padded response',
    section: 'RFC 8490 §7.3',
    scripts: [
      `C: KEEPALIVE #1 inactivity=15000 keepalive=3600000 + PADDING 100
       S: RESPONSE #1 NOERROR KEEPALIVE inactivity=* keepalive=* + PADDING …
       C: SUBSCRIBE #2 herald-conformance.ZONE IN TYPE65400 + PADDING 7
       S: RESPONSE #2 NOERROR PADDING …`,
    ],
  },
  {
    id: 'SRV-13',
    requirement: 'edns-tcp-keepalive on a session ends it',
    section: 'RFC 8490 §5.4.6',
    hostile: [
      `${OPEN} C: DNS #7 QUERY rd | ask ZONE IN SOA | additional . 0 CLASS1232 OPT \\# 4 000b0000\nS: ABORT`,
    ],
  },
  {
    id: 'SRV-14',
    requirement:
      'A client that stays idle twice as long as it may, and 5 s at least, is cut off, and not before',
    section: 'RFC 8490 §6.4.1',
    hostile: [
      `C: KEEPALIVE #1 inactivity=1000 keepalive=3600000
       S? RESPONSE #1 NOERROR KEEPALIVE inactivity=1000 keepalive=*
       +4700
       S: ABORT ~4000`,
    ],
  },
  {
    id: 'SRV-15',
    requirement: 'A client that is silent for two keepalive intervals is cut off, and not before',
    section: 'RFC 8490 §6.5.1',
    hostile: [
      `C: KEEPALIVE #1 inactivity=15000 keepalive=10000
       S? RESPONSE #1 NOERROR KEEPALIVE inactivity=* keepalive=10000
       ${SUBSCRIBED}
       +19500
       S: ABORT ~5000`,
    ],
  },
  {
    id: 'SRV-16',
    requirement: 'A live subscription suspends the inactivity timer, Keepalives do not',
    section: 'RFC 8490 §6.3',
    scripts: [
      `C: KEEPALIVE #1 inactivity=1000 keepalive=3600000
       S? RESPONSE #1 NOERROR KEEPALIVE inactivity=1000 keepalive=*
       ${SUBSCRIBED}
       +6500
       ${FENCE}`,
    ],
    hostile: [
      `C: KEEPALIVE #1 inactivity=1000 keepalive=3600000
       S? RESPONSE #1 NOERROR KEEPALIVE inactivity=1000 keepalive=*
       +2500
       C: KEEPALIVE #2 inactivity=1000 keepalive=3600000
       S: RESPONSE #2 NOERROR KEEPALIVE inactivity=* keepalive=*
       S: ABORT ~4500`,
    ],
  },
  {
    id: 'SRV-17',
    requirement: 'A client whose inactivity timeout is shortened is left 5 s to learn of it',
    section: 'RFC 8490 §7.1.1',
    scripts: [
      `C: KEEPALIVE #1 inactivity=20000 keepalive=3600000
       S? RESPONSE #1 NOERROR KEEPALIVE inactivity=20000 keepalive=*
       +6000
       C: KEEPALIVE #2 inactivity=1000 keepalive=3600000
       S? RESPONSE #2 NOERROR KEEPALIVE inactivity=1000 keepalive=*
       +4500
       ${FENCE}`,
    ],
  },
  {
    id: 'SRV-18',
    requirement: 'A server that stops sends Retry Delay, then nothing more, and aborts after 5 s',
    section: 'RFC 8490 §6.6.1',
    whyNot: NEEDS_STOP,
  },
  {
    id: 'SRV-19',
    requirement: 'Requests that arrive after its Retry Delay are not answered',
    section: 'RFC 8490 §6.6.1.1',
    whyNot: NEEDS_STOP,
  },
];
