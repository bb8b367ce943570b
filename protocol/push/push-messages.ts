import { writeDsoHeader } from '../dso/message.ts';
import { ByteWriter } from '../wire/writer.ts';
import type { Change } from './change.ts';
import { writeChange } from './change.ts';
import { MAX_PUSH_OCTETS, PushType } from './tlvs.ts';

const PUSH_HEADER = { id: 0, isResponse: false, rcode: 0 };

/**
 * Packs changes, in their order, into as few PUSH messages as hold them, none over 16,382 octets (RFC 8765 §6.3.1). A
 * record that is larger than that by itself cannot be pushed and is left out.
 */
export function pushMessages(changes: readonly Change[]): readonly Uint8Array[] {
  const messages: Uint8Array[] = [];
  let push = new PushWriter();
  for (const change of changes) {
    if (push.add(change)) continue;
    if (!push.isEmpty) messages.push(push.finish());
    push = new PushWriter();
    push.add(change);
  }
  if (!push.isEmpty) messages.push(push.finish());
  return messages;
}

/** One PUSH message under way. */
class PushWriter {
  readonly #writer = new ByteWriter(2048);
  readonly #dataAt: number;

  constructor() {
    writeDsoHeader(this.#writer, PUSH_HEADER);
    this.#writer.u16(PushType.PUSH);
    this.#writer.u16(0);
    this.#dataAt = this.#writer.length;
  }

  get isEmpty(): boolean {
    return this.#writer.length === this.#dataAt;
  }

  /** Whether the change still fitted. */
  add(change: Change): boolean {
    const before = this.#writer.length;
    writeChange(this.#writer, change);
    if (this.#writer.length <= MAX_PUSH_OCTETS) return true;
    this.#writer.truncate(before);
    return false;
  }

  finish(): Uint8Array {
    this.#writer.patchU16(this.#dataAt - 2, this.#writer.length - this.#dataAt);
    return this.#writer.finish();
  }
}
