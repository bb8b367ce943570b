/**
 * How text from the network is made fit to be shown. Anybody who may write to a zone chooses instance names and TXT
 * values, so nothing invisible may stay invisible and nothing may turn the line round.
 */

/** Control and format characters, line and paragraph separators, lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Joiners that ordinary words and emoji need; they change no direction and hide nothing. */
const JOINERS = new Set(['\u200c', '\u200d']);

/** The block of Unicode that draws U+0000 to U+001F as small letters. */
const CONTROL_PICTURES = 0x2400;
const DELETE_PICTURE = '\u2421';

/**
 * The same text with everything invisible made visible: `␊` for a newline, `⟨U+202E⟩` for a direction override, U+FFFD
 * for half a surrogate pair.
 */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    if (JOINERS.has(character)) return character;
    const codePoint = character.codePointAt(0) ?? 0;
    if (codePoint < 0x20) return String.fromCodePoint(CONTROL_PICTURES + codePoint);
    if (codePoint === 0x7f) return DELETE_PICTURE;
    if (codePoint >= 0xd800 && codePoint <= 0xdfff) return '\ufffd';
    return `⟨U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

/** At most `limit` UTF-16 units of the text and an ellipsis where it was cut, never through a surrogate pair. */
export function capped(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return `${text.slice(0, splitsPair ? limit - 1 : limit)}…`;
}

/** Octets in hex as people read them: `00ff10` becomes `00 ff 10`. */
export function spacedHex(hex: string): string {
  return hex.replace(/..(?=.)/gu, '$& ');
}

/** A count with its noun: `1 service`, `45 services`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
