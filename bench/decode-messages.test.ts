import dnsPacket from 'dns-packet';
import { expect, test } from 'vitest';
import { readMessage } from '../protocol/wire/message.ts';
import { decodeMessages } from './decode-messages.ts';

test('the messages have the sizes and numbers of records that the goal is set for', () => {
  expect(decodeMessages().map(({ name }) => name)).toEqual([
    '5 RR in 512 B',
    '351 RR in 15.1 kB',
    '102 RR in 15.0 kB',
  ]);
});

test('both decoders read all records of each message', () => {
  for (const { records, response } of decodeMessages()) {
    expect(readMessage(response).answers).toHaveLength(records);
    expect(dnsPacket.decode(Buffer.from(response)).answers).toHaveLength(records);
  }
});
