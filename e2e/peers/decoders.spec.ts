import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'playwright/test';
import { run } from '../../main/demo/testing/programs.ts';
import { Framer } from '../../protocol/dso/framer.ts';
import { PushType } from '../../protocol/push/tlvs.ts';
import type { Side } from '../../protocol/transcript.ts';
import { formatEntry, parseTranscript } from '../../protocol/transcript.ts';
import { opcodeOf } from '../../protocol/wire/message.ts';
import { ByteReader } from '../../protocol/wire/reader.ts';
import { readRecord } from '../../protocol/wire/record.ts';
import { Opcode } from '../../protocol/wire/registry.ts';
import { hexOf } from '../../protocol/wire/text.ts';
import type { Command } from '../testing/command.ts';
import type { Demo } from '../testing/demo.ts';
import { test } from '../testing/test.ts';
import { told } from '../testing/told.ts';
import { Capture } from './capture.ts';
import type { Start } from './name-servers.ts';

/** Where the TLVs begin, and where the data of the first one does. */
const TLVS_AT = 12;
const TLV_DATA_AT = 16;
const RESPONSE_FLAG = 0x80;

const INSTANCE = String.raw`Dr\.\032Who’s\032\226\130\172._ipp._tcp.office.test`;

/** A live session of `browse` with the demo network: a printer comes, changes and goes; all of it captured. */
async function captured(
  demo: Demo,
  scratch: string,
  start: Start,
  browse: (...args: readonly string[]) => Command,
): Promise<{ readonly capture: Capture; readonly keylog: string; readonly transcript: string }> {
  const [keylog, transcript] = [path.join(scratch, 'keylog'), path.join(scratch, 'transcript')];
  const capture = await Capture.start(start, path.join(scratch, 'capture.pcapng'), demo.network.pushPort);
  const browsing = browse(
    ...['--json', ...demo.options, '--keylog', keylog, '--transcript', transcript, 'office.test'],
  );
  await told(browsing, { event: 'domain', state: 'live' });
  await demo.update(
    'office.test',
    `update add _ipp._tcp.office.test 4500 PTR ${INSTANCE}`,
    `update add ${INSTANCE} 120 SRV 0 0 631 push.office.test`,
    `update add ${INSTANCE} 4500 TXT "txtvers=1" "note=Here"`,
  );
  await browsing.line((line) => (line.includes('Who’s') && line.includes('Here') ? line : undefined));
  await demo.update(
    'office.test',
    `update delete ${INSTANCE} TXT`,
    `update add ${INSTANCE} 4500 TXT "txtvers=1" "note=There"`,
  );
  await browsing.line((line) => (line.includes('There') ? line : undefined));
  await demo.update(
    'office.test',
    `update delete _ipp._tcp.office.test PTR ${INSTANCE}`,
    `update delete ${INSTANCE}`,
  );
  await browsing.line((line) => (line.includes('"removed"') ? line : undefined));
  browsing.signal('SIGINT');
  await browsing.ended;
  await capture.end();
  return { capture, keylog, transcript: await readFile(transcript, 'utf8') };
}

/** Every message that a side sent. */
function messagesOf(stream: Buffer): readonly Uint8Array[] {
  return [...new Framer().receive(stream)];
}

/** `TYPE LENGTH` of every TLV in DSO messages, by hand. */
function tlvsOf(messages: readonly Uint8Array[]): readonly string[] {
  return messages
    .filter((bytes) => opcodeOf(bytes) === Opcode.DSO)
    .flatMap((bytes) => {
      const view = Buffer.from(bytes);
      const tlvs: string[] = [];
      for (let at = TLVS_AT; at < view.length; at += 4 + view.readUInt16BE(at + 2)) {
        tlvs.push(`${view.readUInt16BE(at)} ${view.readUInt16BE(at + 2)}`);
      }
      return tlvs;
    });
}

/** The messages of a side in a transcript. */
function transcribed(transcript: string, side: Side): readonly Uint8Array[] {
  const parsed = parseTranscript(transcript);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.entries.flatMap((entry) =>
    entry.kind === 'message' && entry.side === side ? [entry.bytes] : [],
  );
}

test('what tshark decrypts and reads of a live session is what the transcript says: messages, TLV types, lengths', async ({
  demo,
  scratch,
  start,
  browse,
}) => {
  const { capture, keylog, transcript } = await captured(demo, scratch, start, browse);
  const streams = await capture.streams(keylog);
  const { pushPort } = demo.network;
  for (const side of ['C', 'S'] as const) {
    const sent = messagesOf(streams[side]);
    expect(sent.length).toBeGreaterThan(3);
    expect(sent.map((bytes) => formatEntry({ kind: 'message', side, bytes }))).toEqual(
      transcript.split('\n').filter((line) => line.startsWith(`${side}: `) && !line.endsWith('CLOSE')),
    );
    const direction = `tcp.${side === 'C' ? 'dst' : 'src'}port == ${pushPort} && dns.dso.tlv`;
    const fields = ['-e', 'dns.dso.tlv.type', '-e', 'dns.dso.tlv.length'];
    const lines = await capture.read(keylog, '-Y', direction, '-T', 'fields', ...fields);
    const seen = lines.flatMap((line) => {
      const [types, lengths] = line.split('\t').map((column) => column.split(','));
      return types!.map((type, at) => `${type} ${lengths![at]}`);
    });
    expect(seen).toEqual(tlvsOf(transcribed(transcript, side)));
  }
});

test('the records in the PUSHes of a live session are for dnspython what they are for Herald', async ({
  demo,
  scratch,
  start,
  browse,
}) => {
  const { capture, keylog } = await captured(demo, scratch, start, browse);
  const { S } = await capture.streams(keylog);
  const pushes = messagesOf(S).filter(
    (bytes) =>
      opcodeOf(bytes) === Opcode.DSO &&
      (bytes[2]! & RESPONSE_FLAG) === 0 &&
      Buffer.from(bytes).readUInt16BE(TLVS_AT) === PushType.PUSH,
  );
  const ours = pushes.flatMap((bytes) => {
    const reader = new ByteReader(bytes, TLV_DATA_AT);
    const records: string[] = [];
    while (!reader.atEnd) {
      const { name, ttlSeconds, class: recordClass, type, rdata } = readRecord(reader);
      records.push(`${hexOf(name.wire)} ${ttlSeconds} ${recordClass} ${type} ${hexOf(rdata)}`);
    }
    return records;
  });
  const script = path.join(import.meta.dirname, 'push-records.py');
  const input = pushes.map((bytes) => `${hexOf(bytes)}\n`).join('');
  const ended = await run('/usr/bin/python3', [script], input);

  expect(ended).toMatchObject({ status: 0, stderr: '' });
  const theirs = ended.stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd());
  expect(theirs.length).toBeGreaterThan(50);
  expect(ours.map((line) => line.trimEnd())).toEqual(theirs);
});
