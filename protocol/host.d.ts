/**
 * All that `protocol/` needs of its host beyond ECMAScript: two pure converters. There is no timer, no socket, no clock
 * and no randomness in this list, and the compiler options name no other library, so none can be used by mistake.
 */
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}

declare class TextEncoder {
  encode(input?: string): Uint8Array;
}
