import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;

/** The oldest runtime that the tests run on: Electron 33.2.1 has Node 20.18 and Chromium 130. */
const NODE_TARGET = 'node20.18';
const CHROME_TARGET = 'chrome130';

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: NODE_TARGET,
      externalizeDeps: true,
      sourcemap: true,
      rolldownOptions: {
        input: { index: path.join(root, 'main/desktop/main.ts') },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  // A sandboxed preload is one CommonJS file that may require only 'electron': everything else is bundled,
  // and each entry is built by itself so that no chunk is shared.
  preload: {
    build: {
      outDir: 'out/preload',
      target: NODE_TARGET,
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: {
          browser: path.join(root, 'main/desktop/preload.ts'),
          settings: path.join(root, 'main/desktop/settings-preload.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: path.join(root, 'renderer'),
    base: './',
    plugins: [react()],
    build: {
      outDir: path.join(root, 'out/renderer'),
      emptyOutDir: true,
      target: CHROME_TARGET,
      minify: true,
      // The content security policy allows no data: and no inline script.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: {
          index: path.join(root, 'renderer/index.html'),
          settings: path.join(root, 'renderer/settings.html'),
        },
      },
    },
  },
});
