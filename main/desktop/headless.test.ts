import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DomainRow, Snapshot } from '../contract/api.ts';
import { NO_ROWS, domainRow } from '../contract/testing/rows.ts';
import { Headless } from './headless.ts';
import type { HeadlessParts } from './headless.ts';
import { PictureFileError } from './picture-file.ts';
import type { PictureFile } from './picture-file.ts';
import { FakeCore } from './testing/fake-core.ts';

const domain = (name: string, fields: Partial<DomainRow> = {}): DomainRow =>
  domainRow(name, { services: 3, ...fields });
const tables = (...domains: DomainRow[]): Snapshot['tables'] => ({ ...NO_ROWS, domains });
const changed = (row: DomainRow) => ({ domains: { put: [row], drop: [] } });

let nowMs = 0;
/** Lets time pass in the steps of the headless run, with everything that it waits for. */
async function pass(ms: number): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += 100) {
    nowMs += 100;
    await vi.advanceTimersByTimeAsync(100);
  }
}

function start(core: FakeCore, parts: Partial<HeadlessParts> = {}) {
  const keep = vi.fn(() => Promise.resolve(true));
  const told = {
    lines: [] as string[],
    complaints: [] as string[],
    status: undefined as number | undefined,
    keep,
  };
  const headless = new Headless({
    core,
    file: { keep } as unknown as PictureFile,
    isOnce: false,
    capture: () => Promise.resolve({ pixels: new Uint8Array([1]), png: () => new Uint8Array() }),
    paintedRevision: () => Promise.resolve(99),
    print: (line) => told.lines.push(line),
    complain: (line) => told.complaints.push(line),
    quit: (status) => {
      told.status = status;
      headless.stop();
    },
    nowMs: () => nowMs,
    ...parts,
  });
  return { told, headless };
}

beforeEach(() => {
  nowMs = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => vi.useRealTimers());

test('every change is printed, and the picture is followed until it is at rest', async () => {
  const core = new FakeCore({ revision: 1, tables: tables(domain('a', { state: 'discovering' })) });
  const { told, headless } = start(core);
  await pass(4_000);
  const soFar = told.keep.mock.calls.length;
  expect(soFar).toBeGreaterThanOrEqual(5);
  expect(soFar).toBeLessThanOrEqual(8);
  await pass(3_000);
  expect(told.keep.mock.calls.length - soFar).toBeLessThanOrEqual(1);
  core.publish(changed(domain('a')));
  await pass(1_000);
  expect(told.lines).toEqual(['* a is live']);
  expect(told.status).toBeUndefined();
  headless.stop();
  expect(core.listeners).toBe(0);
});

test('--once ends with 0 when all domains are live, nothing moves, and the revision is painted', async () => {
  let painted = 1;
  const core = new FakeCore({
    revision: 1,
    tables: tables(domain('a'), domain('b', { state: 'discovering' })),
  });
  const { told } = start(core, { isOnce: true, paintedRevision: () => Promise.resolve(painted) });
  await pass(2_000);
  expect(told.status).toBeUndefined();
  core.publish(changed(domain('b')), tables(domain('a'), domain('b')));
  await pass(2_000);
  expect(told.status).toBeUndefined();
  painted = 2;
  await pass(1_000);
  expect(told.status).toBe(0);
  expect(told.keep).toHaveBeenCalled();
});

test('--once waits until nothing has come for a while', async () => {
  const core = new FakeCore({ revision: 1, tables: tables(domain('a')) });
  const { told } = start(core, { isOnce: true });
  for (let count = 0; count < 6; count += 1) {
    await pass(500);
    core.publish(changed(domain('a', { services: count })), tables(domain('a')));
  }
  expect(told.status).toBeUndefined();
  await pass(1_500);
  expect(told.status).toBe(0);
});

test('--once gives up after a while, with status 1 and the reason of each domain that is not there', async () => {
  const reason = 'Nothing listens at 127.0.0.1 port 53.';
  const core = new FakeCore({
    revision: 1,
    tables: tables(domain('a'), domain('b', { state: 'failed', reason }), domain('c', { services: 0 })),
  });
  const { told } = start(core, { isOnce: true });
  await pass(32_000);
  expect(told.status).toBe(1);
  expect(told.complaints).toEqual([
    `b was not shown in time: it is failed, ${reason}`,
    'c was not shown in time: it is live, and lists no services',
  ]);
});

test('a picture that cannot be written ends the run with status 1 and the reason', async () => {
  const keep = vi.fn(() => Promise.reject(new PictureFileError('The disk is full.')));
  const { told } = start(new FakeCore({ revision: 1, tables: tables() }), {
    file: { keep } as unknown as PictureFile,
  });
  await pass(500);
  expect(told).toMatchObject({ status: 1, complaints: ['The disk is full.'] });
});
