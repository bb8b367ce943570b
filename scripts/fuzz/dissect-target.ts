import { readInput } from '../../main/cli/dissect-input.ts';
import { jsonLine, textLines } from '../../main/cli/dissect-lines.ts';
import { faultOf } from '../../main/cli/dissect-message.ts';
import { dissected } from '../../main/cli/dissect-stream.ts';
import { readInitiated } from '../../protocol/dso/initiated.ts';
import { readDsoMessage } from '../../protocol/dso/message.ts';
import type { Role } from '../../protocol/dso/tlv.ts';
import { PUSH_TLV_RULES } from '../../protocol/push/tlvs.ts';
import { readOrRefused } from '../../protocol/testing/fuzz/message-target.ts';
import { mutant } from '../../protocol/testing/fuzz/mutator.ts';
import { messagesTrial, octetsTrial } from '../../protocol/testing/fuzz/octets-trial.ts';
import type { FuzzTarget } from '../../protocol/testing/fuzz/trial.ts';
import { joined, must } from '../../protocol/testing/fuzz/trial.ts';
import { parseTranscript } from '../../protocol/transcript.ts';
import { opcodeOf } from '../../protocol/wire/message.ts';
import { Opcode } from '../../protocol/wire/registry.ts';

const ROLES: readonly Role[] = ['client', 'server'];

/** Any octets are dissected, and what an end refuses is found to be wrong. */
export const dissectTarget: FuzzTarget = {
  name: 'dissect',
  summary: 'any octets are dissected into lines of a transcript, and what an end refuses is found wrong',
  batch: 4096,
  trial: (random, material) => {
    const messages = random.times(1 + random.below(3), () => {
      const message = random.pick(material.all);
      return random.oneIn(4) ? message : mutant(message, random, material.all);
    });
    if (random.oneIn(4)) return octetsTrial(mutant(joined(...messages), random, material.all), checkStream);
    return messagesTrial(messages, (all) => {
      for (const message of all) checkVerdict(message);
      checkStream(joined(...all.map(framed)));
    });
  },
};

function checkStream(stream: Uint8Array): void {
  readInput(stream, undefined);
  for (const from of [undefined, ...ROLES]) {
    const messages = [...dissected(stream, from)];
    const parsed = parseTranscript(messages.map(textLines).join(''));
    must(
      parsed.ok && parsed.entries.length === messages.length,
      'its lines are no transcript of its messages',
    );
    let end = 0;
    for (const message of messages) {
      const { offset, length, fault } = message;
      must(offset === end + 2, `a message starts at ${offset} behind one that ends at ${end}`);
      end = offset + length;
      must(
        fault === undefined || (fault.offset >= 0 && fault.offset <= length),
        'a fault lies outside its message',
      );
      JSON.parse(jsonLine(message));
    }
    must(end >= stream.length, `octets behind ${end} are left out`);
  }
}

/** The tool is no milder than the ends that it speaks for. */
function checkVerdict(bytes: Uint8Array): void {
  if (bytes.length >= 12 && opcodeOf(bytes) !== Opcode.DSO) return;
  for (const sender of ROLES) {
    const isFine = readOrRefused(bytes, () => {
      const message = readDsoMessage(bytes, PUSH_TLV_RULES);
      if (!message.isResponse) readInitiated(message, sender, PUSH_TLV_RULES);
      return message.records === 0;
    });
    must(isFine === true || faultOf(bytes, [sender]) !== undefined, `an end refuses what the ${sender} sent`);
  }
}

function framed(message: Uint8Array): Uint8Array {
  return joined(Uint8Array.of(message.length >>> 8, message.length), message);
}
