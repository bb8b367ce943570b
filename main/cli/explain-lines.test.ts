import { expect, test } from 'vitest';
import type { DomainRow } from '../contract/api.ts';
import { domainRow } from '../contract/testing/rows.ts';
import type { LadderStep } from '../contract/ladder.ts';
import { explanationJson, explanationText } from './explain-lines.ts';
import { Explanation } from './explanation.ts';

const LIVE = domainRow('office.test', { server: 'push.office.test:853', services: 1 });
const FAILED: DomainRow = { ...LIVE, state: 'failed', step: 'srv', reason: 'None.', server: null };

function step(fields: Partial<LadderStep>): LadderStep {
  return {
    step: 'zone',
    title: 'Zone',
    verdict: 'passed',
    text: 'It is a zone.',
    next: null,
    evidence: [],
    atMs: 0,
    ...fields,
  };
}

const NO_SRV = step({
  step: 'srv',
  title: 'Push server',
  verdict: 'failed',
  text: 'There is none.',
  next: 'Ask who runs it.',
  evidence: [{ query: 'SRV x', server: '127.0.0.1 port 53', tookMs: 2, answer: 'NXDOMAIN' }],
});
const UNTRIED = step({ step: 'tcp', title: 'TCP connection', verdict: 'not-tried', text: null, atMs: null });

function update(domain: DomainRow, steps: readonly LadderStep[]) {
  return {
    revision: 1,
    tables: {
      domains: { put: [domain], drop: [] },
      ladders: { put: [{ id: domain.id, steps }], drop: [] },
    },
  };
}

test('a failed domain has its first failing step for a headline, evidence and advice below the step', () => {
  const explanation = new Explanation();
  explanation.take(update(FAILED, [step({}), NO_SRV, UNTRIED]));

  expect(explanationText(explanation.explained)).toBe(
    [
      'office.test is not live: it failed at step 2, Push server.',
      ' 1  ✓ Zone             It is a zone.',
      ' 2  ✗ Push server      There is none.',
      '      SRV x: 127.0.0.1 port 53, 2 ms: NXDOMAIN',
      '      → Ask who runs it.',
      ' 3  – TCP connection   not tried',
      '',
    ].join('\n'),
  );
});

test('text from the network cannot steer the terminal', () => {
  const explanation = new Explanation();
  explanation.take(update(LIVE, [step({ text: 'a\u001b[31mb\u202ec' })]));

  expect(explanationText(explanation.explained)).toContain('a\\u{1b}[31mb\\u{202e}c');
});

test('as JSON it is one object with every domain, its state, the step that failed and all steps', () => {
  const explanation = new Explanation();
  explanation.take(update(FAILED, [step({}), NO_SRV]));

  expect(JSON.parse(explanationJson(explanation.explained))).toEqual({
    domains: [
      {
        domain: 'office.test',
        state: 'failed',
        server: null,
        trust: null,
        failed: 'srv',
        steps: [step({}), NO_SRV],
      },
    ],
  });
});

test('it is decided when every domain is live or has failed, and complete when the first data has come', () => {
  const explanation = new Explanation();
  explanation.take(update({ ...LIVE, state: 'discovering' }, [step({ verdict: 'under-way' })]));
  expect(explanation.progress).toBe('climbing');
  explanation.take(update(LIVE, [step({ step: 'data', verdict: 'under-way' })]));
  expect(explanation.progress).toBe('decided');
  explanation.take(update(LIVE, [step({ step: 'data' })]));
  expect(explanation.progress).toBe('complete');
  expect(explanation.isAllLive).toBe(true);
});

test('the first failure of a domain is what is told, whatever a later attempt brings', () => {
  const explanation = new Explanation();
  explanation.take(update(FAILED, [NO_SRV]));
  explanation.take(update(LIVE, [step({})]));

  expect(explanation.explained).toMatchObject([{ domain: { state: 'failed' }, ladder: { steps: [NO_SRV] } }]);
  expect(explanation.isAllLive).toBe(false);
});
