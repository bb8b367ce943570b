import { once } from 'node:events';
import { connect } from 'node:net';
import { framed, Framer } from '../../protocol/dso/framer.ts';
import type { Change } from '../../protocol/push/change.ts';
import { emptyMessage, readMessage, writeMessage } from '../../protocol/wire/message.ts';
import { Name } from '../../protocol/wire/name.ts';
import type { ResourceRecord } from '../../protocol/wire/record.ts';
import { Opcode, Rcode, rcodeName, RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { HMAC_SHA256, signedByHand } from '../../main/demo/testing/signing.ts';
import type { TsigKey } from '../../main/demo/tsig-key.ts';

/** Sends changes of a zone to its server at a port of loopback as one UPDATE (RFC 2136) over TCP, signed with a key (RFC 8945). */
export async function sendUpdate(
  port: number,
  zoneName: string,
  changes: readonly Change[],
  key: TsigKey,
): Promise<void> {
  const message = writeMessage({
    ...emptyMessage(Math.floor(Math.random() * 0x1_0000)),
    opcode: Opcode.UPDATE,
    questions: [{ name: Name.of(zoneName), type: RecordType.SOA, class: RecordClass.IN }],
    authorities: changes.map(updateRecord),
  });
  const signed = signedByHand(message, {
    keyName: Buffer.from(key.name.wire).toString('hex'),
    algorithm: HMAC_SHA256,
    secret: key.secret,
    timeSigned: Math.floor(Date.now() / 1000),
  });
  const rcode = await exchange(port, signed);
  if (rcode !== Rcode.NOERROR) throw new TypeError(`the server answers an update ${rcodeName(rcode)}`);
}

/** A change as it stands in the Update section (RFC 2136 §2.5). */
function updateRecord(change: Change): ResourceRecord {
  switch (change.kind) {
    case 'add':
      return change.record;
    case 'remove':
      return { ...change.record, class: RecordClass.NONE, ttlSeconds: 0 };
    case 'remove-rrset':
      return bare(change.name, change.type);
    case 'remove-class':
    case 'remove-name':
      return bare(change.name, RecordType.ANY);
  }
}

function bare(name: Name, type: number): ResourceRecord {
  return { name, type, class: RecordClass.ANY, ttlSeconds: 0, rdata: new Uint8Array() };
}

async function exchange(port: number, message: Uint8Array): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  const framer = new Framer();
  try {
    socket.write(framed(message));
    for (;;) {
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      for (const answer of framer.receive(chunk)) return readMessage(answer).rcode;
    }
  } finally {
    socket.destroy();
  }
}
