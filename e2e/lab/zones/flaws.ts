import type { Flaw } from './lab-zone.ts';

/** One letter in the middle of the signatures over records of one type, at one name if it is given, is another. */
export function brokenSignatures(type: string, owner?: string): Flaw {
  return (line) => {
    const isMeant = line.covered === type && (owner === undefined || line.owner === owner);
    return isMeant ? withOtherLetter(line.text) : line.text;
  };
}

/** No record has a signature, though the keys are there. */
export const withoutSignatures: Flaw = (line) => (line.covered === undefined ? line.text : undefined);

function withOtherLetter(text: string): string {
  const at = text.length - 30; // well inside the Base64 of any signature, before its padding
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
}
