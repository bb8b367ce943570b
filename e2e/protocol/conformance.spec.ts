import { expect } from 'playwright/test';
import { test } from '../testing/test.ts';

/** A foreign server to examine instead of the demo network: `SUBJECT=HOST:PORT`, and what the command line would say of it. */
const { SUBJECT, SUBJECT_NAME, SUBJECT_CA, SUBJECT_ZONE = 'office.test', SUBJECT_HOSTILE } = process.env;

/** What is told of a row. */
interface Row {
  readonly id: string;
  readonly verdict: 'pass' | 'departs' | 'not-applicable';
}

test('a server that listens is examined row by row, and no row of it departs: the demo network, or SUBJECT=HOST:PORT', async ({
  demo,
  start,
}) => {
  const { pushPort, target, caPath } = demo.network;
  const name = SUBJECT === undefined ? target : SUBJECT_NAME;
  const ca = SUBJECT === undefined ? caPath : SUBJECT_CA;
  const isHostile = SUBJECT === undefined || SUBJECT_HOSTILE !== undefined;
  const ended = await start(process.execPath, [
    ...['--import', 'tsx', 'main/cli/conformance.ts', SUBJECT ?? `127.0.0.1:${pushPort}`],
    ...['--zone', SUBJECT_ZONE, '--json'],
    ...(name === undefined ? [] : ['--server-name', name]),
    ...(ca === undefined ? [] : ['--ca', ca]),
    ...(isHostile ? ['--hostile'] : []),
  ]).ended;

  expect(ended.stderr).toBe('');
  const report = JSON.parse(ended.stdout.join('\n')) as {
    readonly message?: string;
    readonly rows: readonly Row[];
  };
  expect(report.message).toBeUndefined();
  expect(report.rows.filter(({ verdict }) => verdict === 'departs')).toEqual([]);
  expect(report.rows.map(({ id }) => id)).toContain('SRV-37');
  expect(ended.status).toBe(0);
});

test('nothing that listens, or an untrusted server, is status 2 and a reason', async ({ demo, start }) => {
  const { pushPort, target } = demo.network;
  const command = [
    '--import',
    'tsx',
    'main/cli/conformance.ts',
    `127.0.0.1:${pushPort}`,
    '--zone',
    'office.test',
  ];
  const ended = await start(process.execPath, [...command, '--server-name', target]).ended;
  expect(ended).toMatchObject({ status: 2, stderr: '' });
  expect(ended.stdout.join('\n')).toMatch(/^127\.0\.0\.1 port \d+ could not be examined\. .*certificate/);
  const unnamed = await start(process.execPath, command).ended;
  expect(unnamed).toMatchObject({ status: 2, stdout: [] });
  expect(unnamed.stderr).toMatch(/^127\.0\.0\.1 is an address, .*\n\nUsage: /);
});
