/**
 * Files that must not compile: each would break a border of the architecture. One is added to a layer, together with the layer's own
 * files, under the layer's own compiler options; it passes when the compiler refuses it with the error that is expected and no other.
 * A type leaking into a layer (a package that brings Node's types along, say) turns the check red.
 */
import fs from 'node:fs';
import path from 'node:path';
import { run } from './child.mjs';

const root = path.dirname(import.meta.dirname);
const LIMIT_MS = 5 * 60_000;

/** @typedef {{title: string, layer: string, source: string, code: string}} Check */

/** @type {readonly Check[]} */
export const CHECKS = [
  {
    title: 'protocol/ has no timer',
    layer: 'protocol/push',
    source: 'setTimeout(() => undefined, 1);',
    code: 'TS2304',
  },
  {
    title: 'protocol/ has no Node module',
    layer: 'protocol/dso',
    source: "import 'node:fs';",
    code: 'TS2882',
  },
  {
    title: 'main/ has no document',
    layer: 'main/browse',
    source: "document.title = '';",
    code: 'TS2584',
  },
  {
    title: 'main/net has no Electron',
    layer: 'main/net',
    source: "export { app } from 'electron';",
    code: 'TS2305',
  },
  {
    title: 'renderer/ takes nothing of main/browse',
    layer: 'renderer',
    source: "export type * from '@/main/browse/publisher.ts';",
    code: 'TS6307',
  },
];

/**
 * Compiles every check.
 * @param {string} folder where the files go, inside the checkout; emptied first
 * @param {readonly Check[]} [checks]
 * @returns {Promise<readonly {title: string, passed: boolean, detail: string}[]>}
 */
export async function negativeChecks(folder, checks = CHECKS) {
  fs.rmSync(folder, { recursive: true, force: true });
  const projects = checks.map((check, index) => writeProject(path.join(folder, String(index)), check));
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const args = [compiler, '-b', '--pretty', 'false', ...projects];
  const { output } = await run(process.execPath, args, { cwd: root, timeoutMs: LIMIT_MS });
  return checks.map((check, index) => {
    const place = path.relative(root, path.join(folder, String(index), 'must-not-compile.ts'));
    const lines = output.split('\n').filter((line) => line.replaceAll('\\', '/').startsWith(`${place}(`));
    const codes = new Set(lines.map((line) => /error (TS\d+)/.exec(line)?.[1]));
    const passed = codes.size === 1 && codes.has(check.code);
    const detail =
      lines.length === 0
        ? `no error in it; the compiler said: ${output.trim() || 'nothing'}`
        : lines.join('\n');
    return { title: check.title, passed, detail: `expected ${check.code}: ${detail}` };
  });
}

/**
 * A project with the layer's files and options, and one file more.
 * @param {string} folder
 * @param {Check} check
 * @returns {string} the project's file
 */
function writeProject(folder, { layer, source }) {
  fs.mkdirSync(folder, { recursive: true });
  const up = path.relative(folder, root);
  const file = path.join(root, layer, 'tsconfig.json');
  const project = JSON.parse(fs.readFileSync(file, 'utf8'));
  const moved = (/** @type {string} */ relative) => path.join(up, layer, relative);
  fs.writeFileSync(path.join(folder, 'must-not-compile.ts'), `${source.replace('@/', `${up}/`)}\n`);
  const config = {
    extends: moved('tsconfig.json'),
    compilerOptions: { outDir: path.join(folder, 'types'), rootDir: root },
    include: [...project.include.map(moved), 'must-not-compile.ts'],
    exclude: project.exclude.map((/** @type {string} */ pattern) => path.join(up, layer, pattern)),
    references: project.references.map((/** @type {{path: string}} */ to) => ({ path: moved(to.path) })),
  };
  const written = path.join(folder, 'tsconfig.json');
  fs.writeFileSync(written, JSON.stringify(config, undefined, 2));
  return written;
}
