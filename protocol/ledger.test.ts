import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const PROJECT = new URL('../', import.meta.url);
const README = new URL('README.md', import.meta.url);
const SOURCES = ['protocol/', 'main/', 'renderer/', 'e2e/', 'bench/', 'scripts/'];

/** How many rows the conformance checklist has of each group. */
const GROUPS = [
  ['DSO', 20],
  ['EST', 7],
  ['KA', 14],
  ['END', 11],
  ['DISC', 14],
  ['PUSH', 14],
  ['CHG', 22],
  ['LIFE', 3],
  ['POLL', 3],
  ['SEC', 14],
  ['SD', 10],
  ['PRN', 8],
  ['SRV', 40],
] as const;

const ROWS = GROUPS.flatMap(([group, count]) =>
  Array.from({ length: count }, (_, at) => `${group}-${String(at + 1).padStart(2, '0')}`),
);

/** A title that rows open: a string right behind a parenthesis, with ids and a colon in front. */
const TITLE = /\(\s*(['"`])([A-Z]+-\d+(?:,? [A-Z]+-\d+)*): (.+?)\1,/gs;

interface Entry {
  readonly id: string;
  readonly file: string;
  readonly rule: string;
}

test('the ledger lists the tests that show a row of the checklist, and the rows that none shows', async () => {
  const entries = allEntries();
  expect(entries.filter(({ id }) => !ROWS.includes(id))).toEqual([]);
  const readme = readFileSync(README, 'utf8');
  // After a change of titles: npx vitest run protocol/ledger.test.ts -u
  await expect(withLedger(readme, entries)).toMatchFileSnapshot(README.pathname);
});

test('the ledger finds titles however they are written', () => {
  const titles = `test('DSO-01: one', () => {});
    test.each(ROWS)("DSO-02, KA-03: two's %s", () => {});
    test.each([['x']])(
      \`END-04: three\`, () => {});
    test('DSO-06 KA-04: four', () => {});
    // test('a comment of DSO-05: no', ()
    test('no row', () => {});`;
  expect(entriesOf(titles, 'x')).toEqual([
    { id: 'DSO-01', file: 'x', rule: 'one' },
    { id: 'DSO-02', file: 'x', rule: "two's %s" },
    { id: 'KA-03', file: 'x', rule: "two's %s" },
    { id: 'END-04', file: 'x', rule: 'three' },
    { id: 'DSO-06', file: 'x', rule: 'four' },
    { id: 'KA-04', file: 'x', rule: 'four' },
  ]);
});

function allEntries(): readonly Entry[] {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(new URL(folder, PROJECT), { recursive: true, encoding: 'utf8' }).map((file) => folder + file),
  ).filter((file) => /\.(?:test|spec)\.tsx?$/.test(file) && file !== 'protocol/ledger.test.ts');
  const entries = files
    .toSorted()
    .flatMap((file) => entriesOf(readFileSync(new URL(file, PROJECT), 'utf8'), file));
  return entries.toSorted((one, other) => ROWS.indexOf(one.id) - ROWS.indexOf(other.id));
}

function entriesOf(source: string, file: string): readonly Entry[] {
  return [...source.matchAll(TITLE)].flatMap(([, , ids = '', rule = '']) =>
    ids.split(/,? /).map((id) => ({ id, file, rule: rule.replaceAll("\\'", "'").replace(/\s+/g, ' ') })),
  );
}

/** The README with its ledger made anew; all other text stays. */
function withLedger(readme: string, entries: readonly Entry[]): string {
  const shown = new Set(entries.map(({ id }) => id));
  const missing = ROWS.filter((row) => !shown.has(row));
  const table = entries.map(({ id, file, rule }) => `| ${id} | ${file} | ${rule.replaceAll('|', '\\|')} |`);
  const ledger = [
    `${shown.size} of ${ROWS.length} rows are shown by a test. Not shown yet: ${missing.join(', ')}.`,
    '',
    '| row | file | what the test shows |',
    '|---|---|---|',
    ...table,
  ].join('\n');
  const [before = '', after = ''] = readme.split(/<!-- ledger -->\n[^]*<!-- end of ledger -->/);
  return `${before}<!-- ledger -->\n${ledger}\n<!-- end of ledger -->${after}`;
}
