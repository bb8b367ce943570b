/** The rules of the house that no linter knows: file names, and comments that would silence the checks. Node built-ins only. */
import fs from 'node:fs';
import path from 'node:path';

const SOURCE = /\.(ts|tsx|mts|cts|js|mjs|cjs|css|html)$/;
const LEFT_OUT = new Set(['node_modules', 'out', 'dist', '.git']);

/** Written in two halves, so that this file does not break its own rule. */
const SILENCERS = new RegExp(
  ['(ox|es)lint-' + 'disable', '@ts-' + '(ignore|nocheck)', 'prettier-' + 'ignore'].join('|'),
);

/** Names that say nothing about what is inside. */
const VAGUE = /^(utils?|helpers?|common|types|misc|index)\.(ts|tsx|mjs)$/;

/**
 * @param {string} name the file's name without its folder
 * @param {string} text
 * @returns {readonly string[]} what is wrong, as `line: sentence` or a sentence
 */
export function violations(name, text) {
  const found = [];
  if (VAGUE.test(name))
    found.push('the name says nothing about what is inside: use the noun of the one idea in it');
  for (const [index, line] of text.split('\n').entries()) {
    if (SILENCERS.test(line)) found.push(`${index + 1}: a comment silences a check: mend the code instead`);
  }
  return found;
}

/**
 * @param {string} root
 * @returns {readonly string[]} every violation in the checkout, with its file
 */
export function houseRules(root) {
  const found = [];
  for (const file of sources(root)) {
    for (const violation of violations(path.basename(file), fs.readFileSync(file, 'utf8'))) {
      found.push(`${path.relative(root, file)}: ${violation}`);
    }
  }
  for (const lockfile of ['package-lock.json', 'scripts/electron-fallback/package-lock.json']) {
    const text = fs.readFileSync(path.join(root, lockfile), 'utf8');
    if (/"resolved": "http/.test(text))
      found.push(`${lockfile}: it names a registry: npm must omit it (.npmrc)`);
  }
  return found;
}

/**
 * @param {string} folder
 * @returns {Generator<string>}
 */
function* sources(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) yield* sources(place);
    else if (entry.isFile() && SOURCE.test(entry.name)) yield place;
  }
}
