import { expect } from 'playwright/test';
import type { LadderStep } from '../../main/contract/ladder.ts';
import { test } from '../testing/test.ts';

test('--explain tells every step of the way to a live domain and ends with 0', async ({ browse, demo }) => {
  const { status, stdout, stderr } = await browse('--explain', ...demo.options, 'office.test').ended;

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout[0]).toBe(`office.test is live, by push.office.test:${demo.network.pushPort}.`);
  expect(stdout.filter((line) => /^ ?\d+ {2}✓ /.test(line))).toHaveLength(10);
  expect(stdout.join('\n')).toMatch(
    /SOA _services\._dns-sd\._udp\.office\.test: 127\.0\.0\.1 port \d+, \d+ ms: /,
  );
});

test('--explain ends with 1 where a domain is not live, each with its own ladder, as one JSON object', async ({
  browse,
  demo,
}) => {
  const { status, stdout } = await browse(
    '--explain',
    '--json',
    ...demo.options,
    'nope.office.test',
    'lab.test',
  ).ended;
  const { domains } = JSON.parse(stdout.join('\n')) as {
    readonly domains: readonly { readonly failed: string | null; readonly steps: readonly LadderStep[] }[];
  };

  expect(status).toBe(1);
  expect(domains).toMatchObject([
    { domain: 'nope.office.test', state: 'failed', failed: 'zone' },
    { domain: 'lab.test', state: 'live', failed: null },
  ]);
  expect(domains[0]?.steps.map(({ verdict }) => verdict)).toEqual([
    'failed',
    ...Array<string>(9).fill('not-tried'),
  ]);
  expect(domains[0]?.steps[0]?.next).toBe('Check its spelling, or choose the resolver that knows it.');
});
