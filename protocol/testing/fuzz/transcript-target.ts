import { formatExactly, formatMessage } from '../../transcript-message.ts';
import type { TranscriptEntry } from '../../transcript.ts';
import { formatEntry, parseTranscript } from '../../transcript.ts';
import { hexOf } from '../../wire/text.ts';
import type { Material } from './material.ts';
import { mutant } from './mutator.ts';
import { octetsTrial } from './octets-trial.ts';
import type { Random } from './random.ts';
import { mutantText, textTrial } from './text-trial.ts';
import type { FuzzTarget } from './trial.ts';
import { Finding, must } from './trial.ts';

/** Any octets have a line, and the line leads back to them, or to others of the same meaning. */
export const transcriptTarget: FuzzTarget = {
  name: 'transcript',
  summary: 'any octets have a line of a transcript, and it leads back to them',
  batch: 4096,
  trial: (random, material) => {
    const octets = random.pick(material.all);
    return octetsTrial(random.oneIn(16) ? octets : mutant(octets, random, material.all), checkOctets);
  },
};

/** Any text is a transcript, or is told to be none with the place of what is wrong. */
export const transcriptTextTarget: FuzzTarget = {
  name: 'transcript-text',
  summary: 'any text is read as a transcript, or refused with line and column',
  batch: 4096,
  trial: (random, material) => textTrial(anyTranscript(random, material), checkText),
};

function checkOctets(bytes: Uint8Array): void {
  const line = formatEntry({ kind: 'message', side: 'S', bytes });
  must(!/\p{Cc}/u.test(line), 'a line holds a control character');
  const again = onlyEntry(line);
  must(again.kind === 'message', `a message came back as ${again.kind}`);
  const second = formatEntry(again);
  must(withoutComment(second) === withoutComment(line), () => `${line} came back as ${second}`);
  const exact = onlyEntry(`C: ${formatExactly(bytes)}`);
  must(
    exact.kind === 'message' && hexOf(exact.bytes) === hexOf(bytes),
    'its exact line leads to other octets',
  );
  const stream = onlyEntry(formatEntry({ kind: 'stream', side: 'C', bytes }));
  must(
    stream.kind === 'stream' && hexOf(stream.bytes) === hexOf(bytes),
    'a stream came back as other octets',
  );
}

function withoutComment(line: string): string {
  return line.startsWith('S: BYTES') ? line.replace(/ # .*/, '') : line;
}

function onlyEntry(line: string): TranscriptEntry {
  const parsed = parseTranscript(line);
  if (!parsed.ok) throw new Finding(`${line}: ${parsed.message}`);
  const [entry, ...more] = parsed.entries;
  must(entry !== undefined && more.length === 0, `${line} is not one entry`);
  return entry;
}

function anyTranscript(random: Random, material: Material): string {
  const lines = random.times(1 + random.below(3), (at): string => {
    if (random.oneIn(8))
      return random.pick(['+15000', 'S: CLOSE', 'C: ABORT', 'S: STREAM 00ff', '# a comment']);
    return `${at % 2 === 0 ? 'C' : 'S'}: ${formatMessage(random.pick(material.all))}`;
  });
  return mutantText(lines.join(random.oneIn(4) ? '\r\n' : '\n'), random);
}

function checkText(text: string): void {
  const parsed = parseTranscript(text);
  if (!parsed.ok) {
    const { code, message, line, column } = parsed;
    must(code === 'bad-transcript' && message.length > 0, 'a refusal says nothing');
    const lines = text.split(/\r?\n/);
    must(line >= 1 && line <= lines.length, `line ${line} of ${lines.length} is wrong`);
    must(column >= 1 && column <= [...lines[line - 1]!].length + 2, `column ${column} is behind the line`);
    return;
  }
  for (const entry of parsed.entries) {
    if (entry.kind === 'message') checkOctets(entry.bytes);
    const line = formatEntry(entry);
    const again = formatEntry(onlyEntry(line));
    must(
      withoutComment(again.replace(/^C/, 'S')) === withoutComment(line.replace(/^C/, 'S')),
      () => `${line} came back as ${again}`,
    );
  }
}
