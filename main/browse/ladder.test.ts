import { afterEach, expect, test } from 'vitest';
import type { LadderStep, Step } from '../contract/ladder.ts';
import { Browsing, OFFICE } from './testing/browsing.ts';

let browsing: Browsing;

afterEach(async () => {
  expect(await browsing.end(), 'timers left behind').toBe(0);
});

function step(name: Step, id = 'office.test'): LadderStep {
  const ladder = browsing.workspace.snapshot().tables.ladders.find((row) => row.id === id);
  return ladder!.steps.find((one) => one.step === name)!;
}

test('when the second server is reached, what was wrong with the first stays as evidence', async () => {
  browsing = new Browsing(
    OFFICE.replace('SRV 0 0 853 push', 'SRV 0 0 853 push\n_dns-push-tls._tcp SRV 1 0 8530 push'),
  );
  browsing.ether.deadPorts.add(853);
  await browsing.watch('office.test');

  expect(step('srv').text).toBe('office.test has 2 push servers; push.office.test port 853 is tried first.');
  expect(step('tcp')).toMatchObject({
    verdict: 'passed',
    evidence: [
      { query: 'TCP', server: 'push.office.test:853', answer: 'failed' },
      { query: 'Another server, push.office.test:853', answer: 'Nothing listens at port 853.' },
      { query: 'TCP', answer: 'connected' },
    ],
  });
});

test('a domain that joins a session under way shows the steps that led to it', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  await browsing.watch('_ipp._tcp.office.test');

  const first = ['tcp', 'tls', 'identity', 'dso'] as const;
  expect(first.map((name) => step(name, '_ipp._tcp.office.test'))).toMatchObject(
    first.map((name) => ({ ...step(name), atMs: expect.any(Number) })),
  );
  expect(step('data', '_ipp._tcp.office.test').verdict).toBe('passed');
});

test('a session that was lost and renewed remembers how long it stood and what ended it', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  await browsing.ether.pass(60_000);

  browsing.ether.link.cut();
  await browsing.ether.pass(0);

  expect(step('session')).toMatchObject({
    verdict: 'passed',
    evidence: [{ query: 'Session', tookMs: 60_000, answer: 'The connection was cut.' }],
  });
});

test('a server that sends its clients away fails the last step, and says when it is tried again', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  await browsing.ether.pass(60_000);
  browsing.ether.link.sendAway(100_000);
  await browsing.ether.pass(0);

  expect(step('session')).toMatchObject({
    verdict: 'failed',
    text: expect.stringContaining('stay away for 100000 ms'),
    next: 'Herald comes back when the time is up, or when you try again.',
  });
});

test('what comes for one domain of a session is no data of another', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  await browsing.watch('_ssh._tcp.office.test');
  browsing.change('add', 'Laser._ipp._tcp TXT "more=1"');
  await browsing.ether.flow();
  expect(step('data', '_ssh._tcp.office.test').verdict).toBe('under-way');

  browsing.change('add', '_ssh._tcp PTR Shell._ssh._tcp');
  await browsing.ether.flow();
  expect(step('data', '_ssh._tcp.office.test')).toMatchObject({
    verdict: 'passed',
    evidence: [{ query: 'PUSH', answer: '1 change' }],
  });
});

test('a domain that is no longer watched leaves no ladder', async () => {
  browsing = new Browsing(OFFICE);
  await browsing.watch('office.test');
  browsing.workspace.execute({ kind: 'remove-domain', id: 'office.test' });

  expect(browsing.workspace.snapshot().tables.ladders).toEqual([]);
});

test('while a domain that failed is tried again its row says where it failed, and the ladder how far it is', async () => {
  browsing = new Browsing(OFFICE);
  browsing.ether.deadPorts.add(853);
  await browsing.watch('office.test');
  browsing.ether.deadPorts.clear();
  browsing.ether.silentNames.add('_dns-push-tls._tcp.office.test.');
  await browsing.ether.pass(1_000);
  const told: (string | null)[] = [];
  browsing.workspace.onUpdate(({ tables }) => {
    told.push(...(tables.domains?.put ?? []).map((row) => row.step));
  });
  browsing.workspace.execute({ kind: 'retry-domain', id: 'office.test' });
  await browsing.ether.pass(50);

  expect(new Set(told)).toEqual(new Set(['srv']));
  expect(browsing.domain()).toMatchObject({ state: 'polling', step: 'srv' });
  expect(step('tcp')).toMatchObject({ verdict: 'not-tried', evidence: [] });
});
