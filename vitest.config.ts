import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{protocol,main,renderer,bench,scripts}/**/*.test.{ts,tsx}'],
    environment: 'node',
    passWithNoTests: true,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    testTimeout: 20_000,
  },
});
