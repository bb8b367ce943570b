import { createHmac } from 'node:crypto';

/** What goes into a TSIG that a test makes by hand; what is left out is as it should be. */
export interface Signature {
  /** The key's name and the algorithm's, as wire octets in hexadecimal digits. */
  readonly keyName: string;
  readonly algorithm: string;
  readonly secret: Uint8Array;
  readonly timeSigned: number;
  readonly fudgeSeconds?: number;
  /** What the digest has in front: the length and the MAC of the request, for a response. */
  readonly prefix?: Buffer;
  readonly originalId?: number;
  readonly macOctets?: number;
  readonly error?: number;
  readonly other?: Buffer;
}

/** `herald-demo.` and `hmac-sha256.` as wire octets, typed by hand. */
export const KEY_NAME = '0b686572616c642d64656d6f00';
export const HMAC_SHA256 = '0b686d61632d73686132353600';

/**
 * Signs a message after the layout of RFC 8945 §4.3.3, with nothing of the code under test: appends a TSIG record and
 * raises ARCOUNT.
 */
export function signedByHand(message: Uint8Array, signature: Signature): Buffer {
  const { keyName, algorithm, secret, timeSigned, fudgeSeconds = 300, error = 0, macOctets = 32 } = signature;
  const other = signature.other ?? Buffer.alloc(0);
  const originalId = signature.originalId ?? Buffer.from(message).readUInt16BE(0);
  const key = Buffer.from(keyName, 'hex');
  const algorithmName = Buffer.from(algorithm, 'hex');
  const time = Buffer.alloc(8);
  time.writeUIntBE(timeSigned, 0, 6);
  time.writeUInt16BE(fudgeSeconds, 6);

  const original = Buffer.from(message);
  original.writeUInt16BE(originalId, 0);
  const tail = Buffer.concat([u16(error), u16(other.length), other]);
  const variables = Buffer.concat([key, Buffer.from('00ff00000000', 'hex'), algorithmName, time, tail]);
  const digest = createHmac('sha256', secret)
    .update(Buffer.concat([signature.prefix ?? Buffer.alloc(0), original, variables]))
    .digest();
  // More octets than the digest has are made up: only a broken sender has them.
  const mac = Buffer.concat([digest, Buffer.alloc(8)]).subarray(0, macOctets);
  const rdata = Buffer.concat([algorithmName, time, u16(mac.length), mac, u16(originalId), tail]);
  const record = Buffer.concat([key, Buffer.from('00fa00ff00000000', 'hex'), u16(rdata.length), rdata]);
  const signed = Buffer.concat([Buffer.from(message), record]);
  signed.writeUInt16BE(signed.readUInt16BE(10) + 1, 10);
  return signed;
}

function u16(value: number): Buffer {
  const octets = Buffer.alloc(2);
  octets.writeUInt16BE(value);
  return octets;
}
