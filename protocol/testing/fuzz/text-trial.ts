import type { Random } from './random.ts';
import type { Trial } from './trial.ts';
import { shortened } from './trial.ts';

/** What means something to one reader of text or another. */
const ODD_TEXTS: readonly string[] = [
  ...'" \\ \\. \\# # | + ( ) ; @ $ . .. = 0 255 256 65535 65536 #65536 4294967295 99999999999 -1 1h'.split(
    ' ',
  ),
  ...'\\000 \\255 \\256 \\1 TYPE TYPE65535 TYPE0 CLASS255 ANY IN $ORIGIN $TTL 1.2.3.4 :: ::1.2.3.4'.split(
    ' ',
  ),
  ...'fe80::1%1 __proto__ é 😀 \0 \u007f \u0085 \u00a0 \u2028 \u202e \ufeff \ufffd \ud800 \udfff'.split(' '),
  ...[' ', '\t', '\n', '\r\n', '\r', '\n ', ' # ', ' | ', ' + ', '\\# 0', '\\# 1 00', 'BYTES 00'],
  ...[64, 256, 300].map((length) => 'a'.repeat(length)),
];
const MAX_CHARACTERS = 4000;

/** A text with a few characters changed, lost, added or moved. */
export function mutantText(text: string, random: Random): string {
  let result = text;
  do {
    const at = random.below(result.length + 1);
    const size = random.oneIn(4) ? random.below(40) : 1 + random.below(3);
    const more = [
      '',
      random.pick(ODD_TEXTS),
      random.pick(ODD_TEXTS),
      String.fromCharCode(random.below(random.oneIn(4) ? 0x10000 : 0x80)),
      result.slice(at, at + size).repeat(2),
      result.slice(random.below(result.length + 1)).slice(0, size),
    ];
    result = result.slice(0, at) + random.pick(more) + result.slice(at + (random.oneIn(2) ? size : 0));
  } while (!random.oneIn(3));
  return result.slice(0, MAX_CHARACTERS);
}

/** A trial whose input is a text. */
export function textTrial(text: string, check: (text: string) => void): Trial {
  return {
    check: () => check(text),
    *smaller() {
      for (const lines of shortened(text.split('\n'))) yield textTrial(lines.join('\n'), check);
      for (const characters of shortened([...text])) yield textTrial(characters.join(''), check);
    },
    show: () => [`text: ${JSON.stringify(text)}`],
  };
}
