import { createRequire } from 'node:module';
import { expect } from 'playwright/test';
import { DNSSEC_VECTORS } from '../../main/net/testing/dnssec-vectors.ts';
import { test } from '../testing/test.ts';

test('the signatures of every algorithm that is known verify in Electron, whose cryptography is BoringSSL', async ({
  start,
}) => {
  // Run as Node it is the runtime of the main process, without a window.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const executable = createRequire(import.meta.url)('electron') as string;
  const ended = await start(executable, ['--import', 'tsx', 'e2e/testing/dnssec-vectors.ts'], { env }).ended;

  expect(ended.stderr).toBe('');
  const report = JSON.parse(ended.stdout.join('\n')) as {
    readonly electron: string | undefined;
    readonly checks: unknown;
  };
  expect(report.electron).toMatch(/^\d+\./);
  expect(report.checks).toEqual(
    DNSSEC_VECTORS.map(({ source }) => ({ source, isRight: true, isWrongAfterChange: true })),
  );
});
