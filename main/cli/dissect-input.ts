import { octetsOfHex } from '../../protocol/wire/text.ts';

/** How octets are written down: as hexadecimal digits with white space and `#` comments, or as they are. */
export type InputForm = 'hex' | 'binary';

/** The octets of an input, or why it holds none. */
export type ReadInput =
  | { readonly ok: true; readonly octets: Uint8Array }
  | { readonly ok: false; readonly code: 'bad-hex'; readonly message: string };

/** Text has none of these; DNS messages are full of them. */
const CONTROLS = /[^\P{Cc}\s]/u;
/** What may stand in a text of digits, comments taken out. */
const NO_DIGIT = /[^\da-f\s]/giu;
/** A text with more than one odd character to so many digits was not meant as digits. */
const DIGITS_PER_SLIP = 4;

/**
 * The octets that an input stands for. Where its form is not given it is told by its characters: a text of digits has no
 * control characters and little else than digits, and messages of DNS are not like that.
 */
export function readInput(input: Uint8Array, form: InputForm | undefined): ReadInput {
  const text = form === 'binary' ? '' : decoded(input);
  const isHex = form === undefined ? isMeantAsHex(text) : form === 'hex';
  return isHex ? readHexText(withoutComments(text)) : { ok: true, octets: input };
}

function isMeantAsHex(text: string): boolean {
  if (CONTROLS.test(text)) return false;
  const characters = withoutComments(text).replace(/\s/g, '').length;
  const slips = withoutComments(text).match(NO_DIGIT)?.length ?? 0;
  return slips * (1 + DIGITS_PER_SLIP) <= characters;
}

function readHexText(text: string): ReadInput {
  for (const [at, line] of text.split('\n').entries()) {
    NO_DIGIT.lastIndex = 0;
    const slip = NO_DIGIT.exec(line);
    if (slip !== null) {
      const place = `line ${at + 1}, column ${slip.index + 1}`;
      return badHex(`${place}: "${slip[0]}" is no hexadecimal digit. Correct it, or say --as binary.`);
    }
  }
  const octets = octetsOfHex(text.replace(/\s/g, ''));
  return octets === undefined
    ? badHex('the number of digits is odd, so half an octet is missing or too much.')
    : { ok: true, octets };
}

function badHex(message: string): ReadInput {
  return { ok: false, code: 'bad-hex', message };
}

/** Comments are blanked out, so that columns stay true. */
function withoutComments(text: string): string {
  return text.replace(/#.*$/gm, (comment) => ' '.repeat(comment.length));
}

/** The text of UTF-16 with a byte order mark, as some shells write it, else of UTF-8. */
function decoded(input: Uint8Array): string {
  const [first, second] = input;
  const isLittle = first === 0xff && second === 0xfe;
  const isBig = first === 0xfe && second === 0xff;
  const encoding = isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(input).replace(/\r\n?/g, '\n');
}
