import { expect, test, vi } from 'vitest';
import { OctetMeter } from './octet-meter.ts';

test('a measurement begins with the first octet, ends with the last, and finishes before it is over', async () => {
  const meter = new OctetMeter();
  const steps: string[] = [];
  const taken = meter.measure(
    30,
    () => steps.push('requested'),
    () => steps.push('finished'),
  );

  meter.pass(10, () => steps.push('first'));
  meter.pass(20, () => steps.push('last'));
  meter.pass(5, () => steps.push('no more of it'));

  expect((await taken).tookMs).toBeGreaterThanOrEqual(0);
  expect(steps).toEqual(['requested', 'first', 'last', 'finished', 'no more of it']);
});

test('octets that nobody measures are worked off all the same', () => {
  const work = vi.fn();

  new OctetMeter().pass(10, work);

  expect(work).toHaveBeenCalledOnce();
});
