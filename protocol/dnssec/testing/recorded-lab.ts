import { readFileSync } from 'node:fs';
import { ProtocolError } from '../../errors.ts';
import type { DnsMessage } from '../../wire/message.ts';
import { readMessage } from '../../wire/message.ts';
import type { Question } from '../../wire/record.ts';
import { questionKey } from '../../wire/record.ts';
import { octetsOfHex } from '../../wire/text.ts';
import { parseAnchors } from '../anchor-file.ts';
import type { TrustAnchor } from '../trust-anchor.ts';
import { asked, spoken } from './records.ts';

/** A tree of zones, signed, unsigned and broken, as BIND answered for it (scripts/record-dnssec.mjs). */
export class RecordedLab {
  /** The key of its root. */
  readonly anchors: readonly TrustAnchor[];
  /** Every question that was recorded, as `owner TYPE`. */
  readonly lines: readonly string[];
  readonly #answers = new Map<string, Uint8Array>();

  constructor() {
    const text = readFileSync(new URL('lab.hex', import.meta.url), 'utf8');
    const parsed = parseAnchors(/^#anchor (.*)$/m.exec(text)![1]!);
    if (!parsed.ok) throw new Error(parsed.message);
    this.anchors = parsed.anchors;
    const pairs = [...text.matchAll(/^#> (.*)\n([\da-f]+)$/gm)];
    this.lines = pairs.map(([, line]) => line!);
    for (const [, line, hex] of pairs) this.#answers.set(questionKey(asked(line!)), octetsOfHex(hex!)!);
  }

  has(question: Question): boolean {
    return this.#answers.has(questionKey(question));
  }

  /** The octets of the answer; a question that was not recorded is an error of the test. */
  octets(question: Question): Uint8Array {
    const octets = this.#answers.get(questionKey(question));
    if (octets === undefined) throw new Error(`nobody recorded an answer to ${spoken(question)}`);
    return octets;
  }

  answer(question: Question): DnsMessage {
    return readMessage(this.octets(question));
  }

  /** The answer with some bits of it turned; undefined when it is no message any more. */
  damaged(
    question: Question,
    bits: readonly (readonly [octet: number, bit: number])[],
  ): DnsMessage | undefined {
    const octets = this.octets(question).slice();
    for (const [octet, bit] of bits) octets[octet % octets.length]! ^= 1 << bit;
    try {
      return readMessage(octets);
    } catch (error) {
      if (error instanceof ProtocolError) return undefined;
      throw error;
    }
  }
}
