/** `npm run dissect`: framed messages as lines of a transcript, and what is wrong with them. */
import { readFile } from 'node:fs/promises';
import { readInput } from './dissect-input.ts';
import { jsonLine, textLines } from './dissect-lines.ts';
import type { DissectOptions } from './dissect-options.ts';
import { DISSECT_USAGE, parseDissectOptions } from './dissect-options.ts';
import { dissected } from './dissect-stream.ts';

process.stdout.on('error', () => process.exit()); // whoever reads the lines has gone

const parsed = parseDissectOptions(process.argv.slice(2));
switch (parsed.kind) {
  case 'help':
    process.stdout.write(DISSECT_USAGE);
    break;
  case 'wrong':
    process.stderr.write(`${parsed.message}\n\n${DISSECT_USAGE}`);
    process.exitCode = 2;
    break;
  case 'options':
    process.exitCode = await dissect(parsed.options);
}

/** Prints what the input holds; the exit status. */
async function dissect({ isJson, from, form, file }: DissectOptions): Promise<number> {
  const input = await read(file);
  if (input === undefined) return 2;
  const octets = readInput(input, form);
  if (!octets.ok) {
    process.stderr.write(`${file === '-' ? 'Standard input' : file}, ${octets.message}\n`);
    return 2;
  }
  let status = 0;
  for (const message of dissected(octets.octets, from)) {
    process.stdout.write(isJson ? jsonLine(message) : textLines(message));
    if (message.fault !== undefined) status = 1;
  }
  return status;
}

/** The octets of the input; undefined when it cannot be read, which was said. */
async function read(file: string): Promise<Uint8Array | undefined> {
  try {
    if (file !== '-') return await readFile(file);
    const chunks: Uint8Array[] = [];
    for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) chunks.push(chunk);
    return Buffer.concat(chunks);
  } catch (error) {
    const name = file === '-' ? 'Standard input' : file;
    process.stderr.write(`${name} cannot be read: ${(error as Error).message}. Give a file, or -.\n`);
    return undefined;
  }
}
