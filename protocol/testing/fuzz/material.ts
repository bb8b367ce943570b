import fc from 'fast-check';
import { writeMessage } from '../../wire/message.ts';
import { arbitraryDnsMessage, arbitraryDsoMessage } from '../arbitraries.ts';
import { loadVectors } from '../hex.ts';

/** How many messages of each kind are made for one batch of inputs. */
const SAMPLES = 96;

/** What inputs are made of: messages without their lengths. */
export interface Material {
  /** The vectors, and DSO messages whose every part parses. */
  readonly dso: readonly Uint8Array[];
  /** Ordinary messages. */
  readonly dns: readonly Uint8Array[];
  readonly all: readonly Uint8Array[];
}

const VECTORS = loadVectors().map(({ message }) => message);

/** The material of one batch, the same for the same seed. */
export function materialOf(seed: number): Material {
  const dso = [...VECTORS, ...fc.sample(arbitraryDsoMessage, { seed, numRuns: SAMPLES })];
  const dns = fc.sample(arbitraryDnsMessage, { seed, numRuns: SAMPLES }).map((parts) => writeMessage(parts));
  return { dso, dns, all: [...dso, ...dns] };
}
