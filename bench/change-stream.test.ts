import dnsPacket from 'dns-packet';
import { expect, test } from 'vitest';
import { Framer } from '../protocol/dso/framer.ts';
import { readDsoMessage } from '../protocol/dso/message.ts';
import { MAX_PUSH_OCTETS, PUSH_TLV_RULES } from '../protocol/push/tlvs.ts';
import { changeStream, versionOf } from './change-stream.ts';

const SERVICES = 120;

test('both forms of a stream carry the same records, as many a message', () => {
  const { records, push, plain } = changeStream(SERVICES, [0, 1, 2]);
  const inPush = [...new Framer().receive(push)].map((message) => {
    const value = readDsoMessage(message, PUSH_TLV_RULES).tlvs[0]?.value;
    return value?.kind === 'push' ? value.changes.length : 0;
  });
  const inPlain = [...new Framer().receive(plain)].map(
    (message) => dnsPacket.decode(Buffer.from(message)).answers?.length,
  );

  expect(inPush).toEqual(inPlain);
  expect(inPush.reduce((sum, count) => sum + count, 0)).toBe(records);
});

test('in every step each service has two records replaced: its TXT record and one other', () => {
  expect(changeStream(SERVICES, [0, 1]).records).toBe(SERVICES * 4);
  expect(changeStream(SERVICES, [0, 1, 2, 3]).records).toBe(SERVICES * 12);
});

test('no message of a stream is longer than a PUSH may be', () => {
  const messages = [...new Framer().receive(changeStream(SERVICES, [0, 1, 2, 3, 4]).push)];

  expect(Math.max(...messages.map(({ length }) => length))).toBeLessThanOrEqual(MAX_PUSH_OCTETS);
});

test('a version is told from its neighbours by the TXT record and one other', () => {
  for (let version = 0; version < 24; version++) {
    const [now, next] = [versionOf(7, version), versionOf(7, version + 1)];
    const changed = (['srv', 'txt', 'a'] as const).filter(
      (kind) => Buffer.compare(now[kind].rdata, next[kind].rdata) !== 0,
    );
    expect(changed).toContain('txt');
    expect(changed).toHaveLength(2);
  }
});
