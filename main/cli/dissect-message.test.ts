import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readInitiated } from '../../protocol/dso/initiated.ts';
import { readDsoMessage } from '../../protocol/dso/message.ts';
import type { Role } from '../../protocol/dso/tlv.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { PUSH_TLV_RULES } from '../../protocol/push/tlvs.ts';
import { arbitraryDsoMessage, mutated } from '../../protocol/testing/arbitraries.ts';
import { loadVectors, readHex } from '../../protocol/testing/hex.ts';
import { opcodeOf } from '../../protocol/wire/message.ts';
import { Opcode } from '../../protocol/wire/registry.ts';
import { faultOf, senderOf } from './dissect-message.ts';

const BOTH: readonly Role[] = ['client', 'server'];
const COUNTS = '0000000000000000';
const NAME = '045f697070045f746370076578616d706c6503636f6d00';
const PTR = `${NAME}000c0001`;

/** A PUSH of one change, given from its TYPE on: `RFC 8765 §6.3.1`. */
function push(rest: string): string {
  const data = `${NAME}${rest.replaceAll(' ', '')}`;
  return `00003000${COUNTS}0041${(data.length / 2).toString(16).padStart(4, '0')}${data}`;
}

function judge(hex: string, senders = BOTH): string {
  const fault = faultOf(readHex(hex), senders);
  return fault === undefined ? 'right' : `${fault.section} at ${fault.offset}: ${fault.problem}`;
}

test.each([
  ['eleven octets', '00003000000000000000 00', 'RFC 8490 §5.4 at 11: a message of 11 octets'],
  ['nothing', '', 'RFC 8490 §5.4 at 0: a message of 0 octets'],
  ['a response with ID 0', `0000b000${COUNTS}`, 'RFC 8490 §5.4.1 at 0: a response has'],
  ['a Z bit that a query has as RD', `00013100${COUNTS}0001000800003a980036ee80`, 'RFC 8490 §5.4.1 at 2'],
  ['a Z bit that a query has as CD', `00013010${COUNTS}0001000800003a980036ee80`, 'RFC 8490 §5.4.1 at 3'],
  ['a request with an RCODE', `00013005${COUNTS}0001000800003a980036ee80`, 'RFC 8490 §5.4.1 at 3'],
  ['a QDCOUNT', `00013000000100000000 0000 ${PTR}`, 'RFC 8490 §5.4 at 4: QDCOUNT is 1'],
  ['an ARCOUNT', `00013000000000000000 0002`, 'RFC 8490 §5.4 at 10: ARCOUNT is 2'],
  ['no TLV', `00003000${COUNTS}`, 'RFC 8490 §5.4.2 at 12: a message has no TLV'],
  ['half a TLV header', `00013000${COUNTS}000100`, 'RFC 8490 §5.4.2 at 12: a TLV header is cut short'],
  ['a TLV that is too long', `00013000${COUNTS}000100080000`, 'RFC 8490 §5.4.2 at 12: a TLV runs past'],
  ['DSO-TYPE 0', `00013000${COUNTS}00000000`, 'RFC 8490 §10.3 at 12'],
  ['an unknown type, unidirectional', `00003000${COUNTS}f8000000`, 'RFC 8490 §5.4.5 at 12'],
  ['padding in front', `00013000${COUNTS}00030000`, 'RFC 8490 §8.2 at 12: neither end may begin'],
  ['SUBSCRIBE with ID 0', `00003000${COUNTS}0040001b${PTR}`, 'RFC 8490 §5.4.1 at 0: SUBSCRIBE is a request'],
  ['UNSUBSCRIBE with an ID', `00053000${COUNTS}004200020002`, 'RFC 8490 §5.4.1 at 0: UNSUBSCRIBE is a uni'],
  [
    'Retry Delay with an ID',
    `00033000${COUNTS}0002000400001388`,
    'RFC 8490 §5.4.1 at 0: RETRY-DELAY is a uni',
  ],
  [
    'Keepalive as a second TLV',
    `00003000${COUNTS}004200020002000100080000ea600036ee80`,
    'RFC 8490 §8.2 at 18',
  ],
  ['UNSUBSCRIBE as a second TLV', `00003000${COUNTS}004200020002004200020003`, 'RFC 8765 §6.6 at 18'],
  ['seven octets of Keepalive', `00013000${COUNTS}0001000700003a980036ee`, 'RFC 8490 §7.1 at 16'],
  ['a Keepalive below the floor', `00003000${COUNTS}0001000800003a980000270f`, 'RFC 8490 §6.5.2 at 20'],
  ['the same in a response', `0001b000${COUNTS}0001000800003a980000270f`, 'RFC 8490 §6.5.2 at 20'],
  [
    'two Keepalives in a response',
    `0001b000${COUNTS}0001000800003a980036ee800001000800003a980036ee80`,
    'RFC 8490 §7.1 at 24',
  ],
  ['SUBSCRIBE in a response', `0002b000${COUNTS}0040001b${PTR}`, 'RFC 8765 §6.6 at 12: SUBSCRIBE must not'],
  ['PUSH in a response', `0002b000${COUNTS}00410000`, 'RFC 8765 §6.6 at 12: PUSH must not stand in'],
  ['five octets of Retry Delay', `00003000${COUNTS}00020005000013880 0`, 'RFC 8490 §7.2 at 16'],
  [
    'SUBSCRIBE with octets behind',
    `00023000${COUNTS}0040001c${PTR}00`,
    'RFC 1035 §4.1 at 43: SUBSCRIBE has 1',
  ],
  ['SUBSCRIBE cut short', `00023000${COUNTS}0040001a${PTR.slice(0, -2)}`, 'RFC 1035 §4.1 at 41'],
  [
    'UNSUBSCRIBE in an old form',
    `00003000${COUNTS}0042001b${PTR}`,
    'RFC 1035 §4.1 at 18: UNSUBSCRIBE has 25',
  ],
  ['RECONFIRM of TYPE 255', `00003000${COUNTS}0043001b${NAME}00ff0001`, 'RFC 8765 §6.5.1 at 16'],
  ['a PUSH of nothing', `00003000${COUNTS}00410000`, 'RFC 8765 §6.3.1 at 16: PUSH carries no change'],
  ['an add of TYPE 255', push('00ff 0001 00000078 0000'), 'RFC 8765 §6.3.1 at 16'],
  ['a removal of one of CLASS 255', push('000c 00ff ffffffff 0000'), 'RFC 8765 §6.3.1 at 16'],
  ['a collective removal with RDATA', push('000c 0001 fffffffe 0001 00'), 'RFC 8765 §6.3.1 at 16'],
  ['a TTL without a meaning', push('000c 0001 80000000 0000'), 'RFC 8765 §6.3.1 at 43: a TTL of 0x80000000'],
  ['a removal of all classes of a TYPE', push('000c 00ff fffffffe 0000'), 'RFC 8765 §6.3.1 at 39'],
  ['RDATA that runs out of the TLV', push('000c 0001 00000078 0003 00'), 'RFC 1035 §4.1 at 49'],
  ['a pointer forwards', push('000c 0001 00000078 0002 c0ff'), 'RFC 1035 §4.1.4 at 49'],
  ['a pointer into the header', push('000c 0001 00000078 0002 c002'), 'RFC 1035 §4.1.4 at 49'],
  [
    'a query with octets behind',
    `00010100000100000000 0000 ${PTR}00`,
    'RFC 1035 §4.1 at 39: the message has 1',
  ],
])('%s is wrong, and where', (_, hex, verdict) => {
  expect(judge(hex)).toContain(verdict);
});

test('the first thing that is wrong is named, whatever follows', () => {
  const odd = `${NAME}000c00018000000000 00`;
  const fatal = `${NAME}00ff0001000000780000`;
  const both = (first: string, second: string): string => judge(`00003000${COUNTS}00410042${first}${second}`);
  expect(both(odd, fatal)).toContain('at 43: a TTL of 0x80000000 means nothing');
  expect(both(fatal, odd)).toContain('at 16: only a collective removal');
});

test.each([
  ['a PUSH', push('000c 0001 fffffffe 0000'), 'server', 'RFC 8765 §6.6 at 12: a client must not begin'],
  [
    'a SUBSCRIBE',
    `00023000${COUNTS}0040001b${PTR}`,
    'client',
    'RFC 8765 §6.6 at 12: a server must not begin',
  ],
  ['a Retry Delay', `00003005${COUNTS}0002000400001388`, 'server', 'RFC 8490 §8.2 at 12'],
  ['a Keepalive request', `00013000${COUNTS}0001000800003a980036ee80`, 'client', 'RFC 8490 §5.4.1 at 0'],
  ['a Keepalive in a response', `0001b000${COUNTS}0001000800003a980036ee80`, 'server', 'RFC 8490 §8.2 at 12'],
] as const)('%s is right from one end and wrong from the other', (_, hex, sender, verdict) => {
  expect(judge(hex)).toBe('right');
  expect(judge(hex, [sender])).toBe('right');
  expect(judge(hex, [sender === 'client' ? 'server' : 'client'])).toContain(verdict);
});

test('a client may wish for a keepalive below the floor, which a server grants at its own', () => {
  expect(judge(`00013000${COUNTS}0001000800003a9800000001`)).toBe('right');
});

test('CHG-08: 16,382 octets of PUSH are right, one more is wrong at the first that is too many', () => {
  const ofLength = (octets: number): string => {
    const rdata = octets - 16 - NAME.length / 2 - 10;
    const length = (rdata + NAME.length / 2 + 10).toString(16).padStart(4, '0');
    const count = rdata.toString(16).padStart(4, '0');
    return `00003000${COUNTS}0041${length}${NAME}ff00000100000078${count}${'00'.repeat(rdata)}`;
  };
  expect(judge(ofLength(16_382))).toBe('right');
  expect(judge(ofLength(16_383))).toContain('RFC 8765 §6.3.1 at 16382: a PUSH message has 16383 octets');
});

test('every vector comes from the end that its line says, as far as an octet of it tells', () => {
  const known = loadVectors().filter(({ line }) => !/TYPE\d|RESPONSE/.test(line));
  const sides = known.map(({ message }) => (senderOf(message, BOTH) === 'client' ? 'C' : 'S'));
  expect(sides).toEqual(known.map(({ line }) => line[0]));
});

/** Whether an end that reads a message refuses it, its state apart. */
function isRefused(bytes: Uint8Array, sender: Role): boolean {
  try {
    const message = readDsoMessage(bytes, PUSH_TLV_RULES);
    if (message.records > 0) return true;
    if (!message.isResponse) readInitiated(message, sender, PUSH_TLV_RULES);
    return message.isResponse && message.id === 0;
  } catch (error) {
    if (error instanceof ProtocolError) return true;
    throw error;
  }
}

test('whatever an end refuses is wrong, and what is wrong lies within the message', () => {
  fc.assert(
    fc.property(fc.oneof(arbitraryDsoMessage, mutated(arbitraryDsoMessage)), (bytes) => {
      fc.pre(bytes.length >= 12 && opcodeOf(bytes) === Opcode.DSO);
      const faults = BOTH.map((sender) => faultOf(bytes, [sender]));
      const unseen = BOTH.filter((sender, at) => isRefused(bytes, sender) && faults[at] === undefined);
      expect(unseen).toEqual([]);
      for (const { offset, section, problem } of faults.filter((fault) => fault !== undefined)) {
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThanOrEqual(bytes.length);
        expect(section).toMatch(/^RFC \d+ §[\d.]+$/);
        expect(problem).not.toContain('RFC');
      }
      // A message that either end may send is right while it is not known who did, and no other is.
      expect(faultOf(bytes, BOTH) === undefined).toBe(faults.includes(undefined));
    }),
    { numRuns: 2000 },
  );
});
