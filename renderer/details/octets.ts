import { counted } from '../text.ts';

/** How many octets a hex text stands for, in words: `4 octets`. */
export function octetsOf(hex: string): string {
  return counted(hex.length / 2, 'octet');
}
