import type { Misbehaviour } from './misbehaviour.ts';

/** Behind the honest answer to a SUBSCRIBE. */
const PUSHED = { at: /^SUBSCRIBE #/, isInstead: false, isMuteAfter: false, clientEnd: 'abort' } as const;

/** What fits into a PUSH of 16,383 octets beside its header, the TLV's, a name of 13 octets and ten octets behind that. */
const OVERSIZE_RDATA_OCTETS = 16_383 - 12 - 4 - 13 - 10;

/** A PUSH header: ID 0, OPCODE 6, no records; then the TLV of these octets. */
const push = (data: string): string =>
  `S: BYTES 000030000000000000000000 0041 ${(data.length / 2).toString(16).padStart(4, '0')} ${data}`;

/** What a server does wrong in PUSH messages. */
export const CHANGE_BREACHES: readonly Misbehaviour[] = [
  {
    name: 'collective-rdata',
    breach: 'removes a set of records and gives RDATA',
    section: 'RFC 8765 §6.3.1',
    row: 'CHG-04',
    ...PUSHED,
    script: 'S: PUSH record NAME 4294967294 IN A 192.0.2.1',
  },
  {
    name: 'add-any-type',
    breach: 'adds a record of TYPE ANY',
    section: 'RFC 8765 §6.3.1',
    row: 'CHG-05',
    ...PUSHED,
    script: 'S: PUSH record NAME 120 IN ANY \\# 0',
  },
  {
    name: 'add-any-class',
    breach: 'adds a record of CLASS ANY',
    section: 'RFC 8765 §6.3.1',
    row: 'CHG-05',
    ...PUSHED,
    script: 'S: PUSH record NAME 120 ANY A 192.0.2.1',
  },
  {
    name: 'remove-any-type',
    breach: 'removes one record of TYPE ANY',
    section: 'RFC 8765 §6.3.1',
    row: 'CHG-05',
    ...PUSHED,
    script: 'S: PUSH record NAME 4294967295 IN ANY \\# 0',
  },
  {
    name: 'remove-any-class',
    breach: 'removes one record of CLASS ANY',
    section: 'RFC 8765 §6.3.1',
    row: 'CHG-05',
    ...PUSHED,
    script: 'S: PUSH record NAME 4294967295 ANY A 192.0.2.1',
  },
  {
    name: 'empty-push',
    breach: 'sends a PUSH without a change',
    section: 'RFC 8765 §6.3.1',
    row: 'CHG-07',
    ...PUSHED,
    script: 'S: PUSH',
  },
  {
    name: 'oversize-push',
    breach: 'sends a PUSH of 16,383 octets',
    section: 'RFC 8765 §6.3.1',
    row: 'CHG-08',
    ...PUSHED,
    script: push(
      `03626967076578616d706c6500ff00000100000078${OVERSIZE_RDATA_OCTETS.toString(16)}${'00'.repeat(OVERSIZE_RDATA_OCTETS)}`,
    ),
  },
  {
    name: 'push-with-id',
    breach: 'sends a PUSH with a MESSAGE ID',
    section: 'RFC 8490 §5.4.1',
    row: 'CHG-09',
    ...PUSHED,
    script: 'S: PUSH #7 add NAME 120 IN A 192.0.2.1',
  },
  {
    name: 'push-as-response',
    breach: 'sends a PUSH as a response',
    section: 'RFC 8490 §5.4.1',
    row: 'CHG-09',
    ...PUSHED,
    script: 'S: RESPONSE #0 NOERROR PUSH add NAME 120 IN A 192.0.2.1',
  },
  {
    name: 'pointer-loop',
    breach: 'pushes a name that points at itself',
    section: 'RFC 1035 §4.1.4',
    row: 'CHG-18',
    ...PUSHED,
    script: push('c01000010001000000780004c0000201'),
  },
  {
    name: 'pointer-forward',
    breach: 'pushes a name that points ahead',
    section: 'RFC 1035 §4.1.4',
    row: 'CHG-18',
    ...PUSHED,
    script: push('c01c00010001000000780004c0000201'),
  },
  {
    name: 'pointer-outside',
    breach: 'pushes a name that points past the end of the message',
    section: 'RFC 1035 §4.1.4',
    row: 'CHG-18',
    ...PUSHED,
    script: push('ffff00010001000000780004c0000201'),
  },
  {
    name: 'rdata-overrun',
    breach: 'pushes RDATA that runs past its TLV',
    section: 'RFC 1035',
    row: 'CHG-18',
    ...PUSHED,
    script: push('0000100001000000780020ff616263'),
  },
];
