import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'playwright/test';
import { test } from '../testing/test.ts';
import { findPrograms } from './servers/programs.ts';

test('where programs are missing, the one command that brings them is told', async ({ scratch }) => {
  for (const name of ['dig', 'delv', 'dnssec-keygen', 'dnssec-signzone', 'dnssec-dsfromkey', 'named']) {
    await symlink('/bin/true', path.join(scratch, name));
  }

  await expect(findPrograms(path.join(scratch, 'bin'), ['', scratch])).rejects.toThrow(
    `The DNS lab cannot start: unbound, unbound-host, knotd, keymgr not found. On Debian, this installs what is missing:
  sudo apt-get update && sudo apt-get install -y --no-install-recommends unbound unbound-host knot`,
  );
});
