/**
 * `npm test`: every check and every test, in one order, with one counted line at the end. A step that fails does not keep the later
 * ones from running, except that without a build there are no end-to-end tests. `--check` leaves out what needs Electron; `--lab` runs
 * nothing but the end-to-end tests against the DNS lab, which need none.
 */
import fs from 'node:fs';
import path from 'node:path';
import { run } from './child.mjs';
import { countChaos } from './chaos-report.mjs';
import { startDisplay } from './display.mjs';
import { countFuzz } from './fuzz-report.mjs';
import { houseRules } from './house-rules.mjs';
import { negativeChecks } from './negative-checks.mjs';
import { countPlaywright, countVitest, readReport, sum } from './reports.mjs';
import { electronExecutable, electronVersions } from './setup/electron.mjs';

const root = path.dirname(import.meta.dirname);
const reports = path.join(root, 'out/reports');
const STEP_LIMIT_MS = 10 * 60_000;
const JOURNEYS_LIMIT_MS = 30 * 60_000;

/** @typedef {import('./reports.mjs').Count} Count */

process.exitCode = await test(process.argv.slice(2));

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
async function test(args) {
  const [option, ...rest] = args;
  if ((option !== undefined && option !== '--check' && option !== '--lab') || rest.length > 0) {
    console.error('usage: node scripts/test.mjs [--check|--lab]');
    return 2;
  }
  fs.rmSync(reports, { recursive: true, force: true });
  fs.mkdirSync(reports, { recursive: true });
  const counts = [];
  if (option === '--lab') {
    heading('tests against the DNS lab');
    counts.push(await playwright(['e2e/lab'], process.env));
  } else if (option === '--check') {
    counts.push(...(await staticChecks()), await unitTests());
  } else {
    counts.push(...(await staticChecks()));
    counts.push(...(await negatives()), await unitTests());
    if (process.env['CI'] === 'true') {
      counts.push(await campaign('fuzzing', 'fuzz.ts', 1, countFuzz));
      counts.push(await campaign('chaos', 'chaos.ts', 2, countChaos));
    }
    const built = await command('build', 'electron-vite/bin/electron-vite.js', ['build']);
    counts.push(built, ...(built.failed === 0 ? await journeys() : []));
  }
  const { passed, failed, skipped } = sum(counts);
  if (skipped > 0) console.log(`\n${skipped} skipped`);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** @returns {Promise<readonly Count[]>} */
async function staticChecks() {
  const tsc = 'typescript/bin/tsc';
  return [
    await command('format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
    await command('lint', 'oxlint/bin/oxlint', ['--type-aware']),
    verdict('house rules', houseRules(root).join('\n')),
    await command('types of the sources', tsc, ['-b', '--pretty', 'false']),
    await command('types of the tests', tsc, ['-p', 'tsconfig.test.json', '--pretty', 'false']),
    await command('types against the oldest Electron', tsc, [
      '-p',
      'tsconfig.floor.json',
      '--pretty',
      'false',
    ]),
  ];
}

/** @returns {Promise<readonly Count[]>} */
async function negatives() {
  const results = await negativeChecks(path.join(root, 'out/negative-checks'));
  return results.map(({ title, passed, detail }) =>
    verdict(`must not compile: ${title}`, passed ? '' : detail),
  );
}

/** @returns {Promise<Count>} */
async function unitTests() {
  heading('unit tests');
  const file = path.join(reports, 'vitest.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { status } = await node('vitest/vitest.mjs', args, STEP_LIMIT_MS, process.env, 'show');
  return agree(countVitest(readReport(file)), status);
}

/**
 * Something that was never tried before; the seed that it prints has it again.
 * @param {string} title
 * @param {string} script
 * @param {number} minutes
 * @param {(report: unknown) => Count} count
 * @returns {Promise<Count>}
 */
async function campaign(title, script, minutes, count) {
  heading(title);
  const file = path.join(reports, `${title}.json`);
  const source = path.join(root, 'scripts', script);
  const args = ['--import', 'tsx', source, '--minutes', String(minutes), '--report', file];
  const { status } = await run(process.execPath, args, {
    cwd: root,
    timeoutMs: STEP_LIMIT_MS,
    output: 'show',
  });
  return agree(count(readReport(file)), status);
}

/** @returns {Promise<readonly Count[]>} the end-to-end tests, none when there are none yet */
async function journeys() {
  heading('end-to-end tests');
  const folder = path.join(root, 'e2e');
  const isTest = (/** @type {string} */ name) => /\.(spec|test)\.ts$/.test(name);
  if (!fs.existsSync(folder) || !fs.readdirSync(folder, { encoding: 'utf8', recursive: true }).some(isTest)) {
    console.log('There are none yet.');
    return [];
  }
  const executable = electronExecutable(root);
  if (executable === undefined)
    return [verdict('Electron', 'It is missing: node scripts/setup.mjs --for test')];
  const pinned = JSON.parse(
    fs.readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8'),
  ).version;
  const display = process.platform === 'linux' ? await startDisplay() : undefined;
  try {
    const { electron, chrome, node: inside } = electronVersions(executable);
    console.log(
      `On Electron ${electron} (Chromium ${chrome}, Node ${inside}); pinned is ${pinned}. Node ${process.version}.`,
    );
    return [await playwright([], { ...process.env, ...(display && { DISPLAY: display.display }) })];
  } finally {
    await display?.end();
  }
}

/**
 * @param {readonly string[]} places what to run, all of `e2e/` if nothing is named
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Count>}
 */
async function playwright(places, env) {
  const file = path.join(reports, 'playwright.json');
  const args = ['test', '--reporter=list,json', ...places];
  const reporting = { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const { status } = await node('playwright/cli.js', args, JOURNEYS_LIMIT_MS, reporting, 'show');
  return agree(countPlaywright(readReport(file)), status);
}

/**
 * A runner that ends badly although its report knows of no failure has still failed.
 * @param {Count} count
 * @param {number} status
 * @returns {Count}
 */
function agree(count, status) {
  return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/**
 * A check that passes or fails as a whole; its words are shown only when it fails.
 * @param {string} title
 * @param {string} script inside node_modules
 * @param {readonly string[]} args
 * @returns {Promise<Count>}
 */
async function command(title, script, args) {
  const { status, output } = await node(
    script,
    args,
    STEP_LIMIT_MS,
    { ...process.env, NO_COLOR: '1' },
    'collect',
  );
  return verdict(title, status === 0 ? '' : output.trim() || `status ${status}`);
}

/**
 * @param {string} script
 * @param {readonly string[]} args
 * @param {number} timeoutMs
 * @param {NodeJS.ProcessEnv} env
 * @param {'show' | 'collect'} output
 */
function node(script, args, timeoutMs, env, output) {
  const file = path.join(root, 'node_modules', script);
  return run(process.execPath, [file, ...args], { cwd: root, env, timeoutMs, output });
}

/**
 * @param {string} title
 * @param {string} complaint empty when it passed
 * @returns {Count}
 */
function verdict(title, complaint) {
  console.log(`${complaint === '' ? 'ok  ' : 'FAIL'} ${title}`);
  if (complaint !== '') console.log(`${complaint}\n`);
  return complaint === '' ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** @param {string} title */
function heading(title) {
  console.log(`\n${title}`);
}
