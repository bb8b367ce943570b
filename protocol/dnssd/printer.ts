import { foldAscii } from '../wire/name.ts';

/** The ways to print that one printer may offer side by side (RFC 6763 §8, Bonjour Printing Specification). */
const PRINTER_TYPES: ReadonlySet<string> = new Set([
  '_ipps._tcp',
  '_ipp._tcp',
  '_pdl-datastream._tcp',
  '_printer._tcp',
]);

/** Whether services of a type, `_ipp._tcp`, are what a document can be sent to. */
export function isPrinterType(type: string): boolean {
  return PRINTER_TYPES.has(foldAscii(type));
}
