import { MAX_PUSH_OCTETS } from '../../protocol/push/tlvs.ts';
import { formatMessage, readMessageWords } from '../../protocol/transcript-message.ts';
import { readPhrase } from '../../protocol/transcript-words.ts';
import type { ConformanceRow } from './conformance-row.ts';
import { FENCE, OPEN } from './conformance-row.ts';

const NEEDS_CHANGE = 'the zone would have to change while it is observed';

/** What RFC 8765 asks of a server. */
export const PUSH_ROWS: readonly ConformanceRow[] = [
  {
    id: 'SRV-20',
    requirement: 'A SUBSCRIBE is answered once, under its MESSAGE ID and without a TLV',
    section: 'RFC 8765 §6.2.2',
    scripts: [`${OPEN} C: SUBSCRIBE #2 ZONE IN SOA\nS: RESPONSE #2 NOERROR\n${FENCE}`],
  },
  {
    id: 'SRV-21',
    requirement: 'A name that does not exist in the zone can be subscribed to',
    section: 'RFC 8765 §6.2.1',
    scripts: [`${OPEN} C: SUBSCRIBE #2 herald-conformance.ZONE IN TYPE65400\nS: RESPONSE #2 NOERROR`],
  },
  {
    id: 'SRV-22',
    requirement: 'A name outside the server’s zones is answered NOTAUTH, with a Retry Delay',
    section: 'RFC 8765 §6.2.2',
    scripts: [
      `${OPEN} C: SUBSCRIBE #2 herald-conformance.invalid. IN PTR\nS: RESPONSE #2 NOTAUTH RETRY-DELAY *\n${FENCE}`,
    ],
  },
  {
    id: 'SRV-23',
    requirement: 'A second subscription to the same, in letters of any case, ends the session',
    section: 'RFC 8765 §6.2.1',
    hostile: [
      `${OPEN} C: SUBSCRIBE #2 herald-conformance.ZONE IN TYPE65400
       S: RESPONSE #2 NOERROR
       C: SUBSCRIBE #3 HERALD-Conformance.ZONE IN TYPE65400
       S: ABORT`,
    ],
  },
  {
    id: 'SRV-24',
    requirement: 'What is there is pushed right after the response, and nothing where nothing is there',
    section: 'RFC 8765 §6.3',
    scripts: [
      `${OPEN} C: SUBSCRIBE #2 ZONE IN SOA\nS: RESPONSE #2 NOERROR\nS: PUSH add ZONE * IN SOA …`,
      `${OPEN} C: SUBSCRIBE #2 herald-conformance.ZONE IN TYPE65400\nS: RESPONSE #2 NOERROR\nS: nothing`,
    ],
  },
  {
    id: 'SRV-25',
    requirement: 'A subscription to TYPE or CLASS ANY is told of every type and class',
    section: 'RFC 8765 §6.2.1',
    scripts: [
      `${OPEN} C: SUBSCRIBE #2 ZONE IN ANY\nS: RESPONSE #2 NOERROR\nS: PUSH …\n${FENCE}`,
      `${OPEN} C: SUBSCRIBE #2 ZONE ANY ANY\nS: RESPONSE #2 NOERROR\nS: PUSH …\n${FENCE}`,
    ],
    judge: (lines) => {
      const pushed = lines.filter((line) => line.startsWith('PUSH')).join(' ');
      const missing = [' IN SOA ', ' IN NS '].filter((type) => !pushed.includes(type));
      return missing.length === 0 ? undefined : `PUSH with${missing.join('and')}records of the zone`;
    },
  },
  {
    id: 'SRV-26',
    requirement: 'A CNAME is told to subscriptions of any type',
    section: 'RFC 8765 §6.3.1',
    whyNot: 'the zone would have to have a CNAME that is known beforehand',
  },
  {
    id: 'SRV-27',
    requirement: 'A change that several subscriptions cover is pushed once',
    section: 'RFC 8765 §6.3.1',
    whyNot: NEEDS_CHANGE,
  },
  {
    id: 'SRV-28',
    requirement: 'Changes for several subscriptions leave in one PUSH',
    section: 'RFC 8765 §6.3.1',
    whyNot: NEEDS_CHANGE,
  },
  {
    id: 'SRV-29',
    requirement: 'No PUSH is longer than 16,382 octets',
    section: 'RFC 8765 §6.3.1',
    judgePush: (bytes) =>
      bytes.length <= MAX_PUSH_OCTETS ? undefined : `at most ${MAX_PUSH_OCTETS} octets, not ${bytes.length}`,
  },
  {
    id: 'SRV-30',
    requirement: 'Removals are as short as they can be without removing more',
    section: 'RFC 8765 §6.3.1',
    whyNot: NEEDS_CHANGE,
  },
  {
    id: 'SRV-31',
    requirement: 'Names in a PUSH are compressed',
    section: 'RFC 8765 §6.3.1',
    judgePush: (bytes) => {
      const shortest = readMessageWords(readPhrase(formatMessage(bytes), 1)).length;
      return bytes.length <= shortest ? undefined : `${shortest} octets, not ${bytes.length}`;
    },
  },
  {
    id: 'SRV-32',
    requirement: 'Nothing is added or removed singly with TYPE or CLASS ANY',
    section: 'RFC 8765 §6.3.1',
    // A change that is none of the known kinds is written as a plain record.
    judgePush: (bytes) =>
      /(?:PUSH|\|) record /.test(formatMessage(bytes)) ? 'add, remove or a collective removal' : undefined,
  },
  {
    id: 'SRV-33',
    requirement: 'An UNSUBSCRIBE is never answered, and one of an unknown MESSAGE ID is ignored',
    section: 'RFC 8765 §6.4.1',
    scripts: [
      `${OPEN} C: UNSUBSCRIBE 4242\n${FENCE}`,
      `${OPEN} C: SUBSCRIBE #2 ZONE IN SOA\nS: RESPONSE #2 NOERROR\nC: UNSUBSCRIBE 2\n${FENCE}`,
    ],
  },
  {
    id: 'SRV-34',
    requirement: 'An UNSUBSCRIBE that is not two octets long ends the session, or is ignored',
    section: 'RFC 8765 §6.4.1',
    hostile: [
      `${OPEN} C: TYPE66 000200
       C: KEEPALIVE #99 inactivity=15000 keepalive=3600000
       S: ABORT or RESPONSE #99 NOERROR KEEPALIVE inactivity=* keepalive=*`,
    ],
  },
  {
    id: 'SRV-35',
    requirement: 'A RECONFIRM is never answered',
    section: 'RFC 8765 §6.5',
    scripts: [`${OPEN} C: RECONFIRM herald-conformance.ZONE IN A 192.0.2.1\n${FENCE}`],
  },
  {
    id: 'SRV-36',
    requirement: 'Ordinary queries on the session are answered with authority',
    section: 'RFC 8765 §3',
    scripts: [
      `${OPEN} C: DNS #7 QUERY | ask ZONE IN SOA\nS: DNS #7 QUERY NOERROR qr aa … | answer ZONE * IN SOA …`,
      `${OPEN} C: DNS #7 QUERY | ask _dns-push-tls._tcp.ZONE IN SRV
       S: DNS #7 QUERY NOERROR qr aa … | answer _dns-push-tls._tcp.ZONE * IN SRV …`,
    ],
  },
  {
    id: 'SRV-37',
    requirement: 'An answer without records has the SOA of its zone',
    section: 'RFC 2308 §3, RFC 8765 §6.1',
    scripts: [
      `${OPEN} C: DNS #7 QUERY | ask herald-conformance.ZONE IN A\nS: DNS #7 QUERY * qr aa … | authority ZONE * IN SOA …`,
      `${OPEN} C: DNS #7 QUERY | ask ZONE IN TYPE65400\nS: DNS #7 QUERY * qr aa … | authority ZONE * IN SOA …`,
    ],
  },
];
