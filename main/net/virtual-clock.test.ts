import { expect, test } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';

test('due callbacks run in the order of their deadlines, each at its own time', () => {
  const clock = new VirtualClock(100);
  const log: string[] = [];
  const note = (text: string) => () => void log.push(`${text} at ${clock.nowMs()}`);
  clock.at(300, note('late'));
  clock.at(200, note('first'));
  clock.at(200, note('second'));
  clock.at(301, note('never'));

  clock.advance(200);
  expect(log).toEqual(['first at 200', 'second at 200', 'late at 300']);
  expect([clock.nowMs(), clock.waiting, clock.nextDeadlineMs]).toEqual([300, 1, 301]);
});

test('what a callback asks for is called back too when it falls due meanwhile', () => {
  const clock = new VirtualClock();
  const log: number[] = [];
  const again = (): void => {
    log.push(clock.nowMs());
    clock.at(clock.nowMs() + 15_000, again);
  };
  clock.at(15_000, again);

  clock.advance(46_000);
  expect(log).toEqual([15_000, 30_000, 45_000]);
});

test('a callback called off by an earlier one does not run', () => {
  const clock = new VirtualClock();
  const log: string[] = [];
  const stop = clock.at(2, () => void log.push('called off'));
  clock.at(1, stop);

  clock.advance(5);
  expect(log).toEqual([]);
});

test('a loop that feeds itself is an error instead of a hang', () => {
  const clock = new VirtualClock();
  const again = (): void => void clock.at(clock.nowMs(), again);
  again();

  expect(() => clock.advance(1)).toThrow('callbacks fell due');
});

test('asleep, the wall clock goes on and the other stands still', () => {
  const clock = new VirtualClock(0, 1_000_000);
  clock.advance(5);
  clock.sleep(60_000);

  expect([clock.nowMs(), clock.wallMs()]).toEqual([5, 1_060_005]);
});
