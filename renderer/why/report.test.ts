import { expect, test } from 'vitest';
import type { LadderStep } from '../../main/contract/ladder.ts';
import { domain } from '../testing/rows.ts';
import { evidenceText, reportOf, spokenMs } from './report.ts';

const ZONE: LadderStep = {
  step: 'zone',
  title: 'Zone',
  verdict: 'passed',
  text: 'example.org is a zone of its own.',
  next: null,
  evidence: [
    { query: 'SOA example.org', server: '192.0.2.53 port 53', tookMs: 2, answer: 'NOERROR, SOA example.org' },
  ],
  atMs: 0,
};
const SRV: LadderStep = {
  ...ZONE,
  step: 'srv',
  title: 'Push server',
  verdict: 'failed',
  text: 'It names *none*.',
  next: 'Ask who runs it.',
  evidence: [],
};
const TCP: LadderStep = {
  ...SRV,
  step: 'tcp',
  title: 'TCP connection',
  verdict: 'not-tried',
  text: null,
  next: null,
};

test('the report is Markdown with the headline, every step, its evidence and what to do', () => {
  const failed = domain('example.org', { state: 'failed', step: 'srv', server: null });

  expect(reportOf(failed, { id: 'example.org', steps: [ZONE, SRV, TCP] }, 0)).toBe(
    [
      '# example.org has no push service',
      '',
      'As of 1970-01-01T00:00:00.000Z.',
      '',
      '1. ✓ **Zone**: example.org is a zone of its own.',
      '   - SOA example.org: 192.0.2.53 port 53, 2 ms: NOERROR, SOA example.org',
      '2. ✗ **Push server**: It names \\*none\\*.',
      '   - → Ask who runs it.',
      '3. – **TCP connection**: not tried',
      '',
    ].join('\n'),
  );
});

test('nothing from the network is markup or invisible in the report', () => {
  const step = { ...ZONE, text: '<img src=x> [a](b) `c` \u202e' };
  const report = reportOf(domain('x'), { id: 'x', steps: [step] }, 0);

  expect(report).toContain('\\<img src=x\\> \\[a\\](b) \\`c\\` ⟨U+202E⟩');
});

test('evidence from memory names neither a server nor a time', () => {
  const evidence = { query: 'SOA x', server: null, tookMs: null, answer: 'remembered: NOERROR' };
  expect(evidenceText(evidence)).toBe('SOA x: remembered: NOERROR');
});

test('times are said as short as they can be', () => {
  expect([0, 12.4, 1_449, 10_000, 60_000, 3_600_000].map(spokenMs)).toEqual([
    'under 1 ms',
    '12 ms',
    '1.4 s',
    '10 s',
    '60 s',
    '60 min',
  ]);
});
