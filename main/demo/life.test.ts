import { expect, test } from 'vitest';
import { VirtualClock } from '../net/virtual-clock.ts';
import { startLife } from './life.ts';
import { lines, zones } from './testing/zone-fixture.ts';
import type { Zones } from './zones.ts';

const MINUTE_MS = 60_000;

function store(): Zones {
  return zones({
    'office.test.': 'One._ipp._tcp TXT "txtvers=1" "note=Hall"\n_ipp._tcp PTR One._ipp._tcp',
    'lab.test.': '',
  });
}

/** When something changed within `ms`, and what, the serial left out. */
function lived(
  seed: number,
  ms: number,
): readonly { readonly atMs: number; readonly lines: readonly string[] }[] {
  const [all, clock] = [store(), new VirtualClock()];
  const events: { atMs: number; lines: readonly string[] }[] = [];
  all.onChange((changes) =>
    events.push({ atMs: clock.nowMs(), lines: lines(changes).filter((line) => !line.includes('SOA')) }),
  );
  const stop = startLife(all, clock, seed);
  clock.advance(ms);
  stop();
  expect(clock.waiting).toBe(0);
  return events;
}

test('a change comes after two to five seconds, or a little later where the one that was due had nothing to change', () => {
  const times = lived(1, 10 * MINUTE_MS).map(({ atMs }) => atMs);
  expect(times[0]).toBeGreaterThanOrEqual(2000);
  const gaps = times.slice(1).map((atMs, at) => atMs - times[at]!);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2000);
  expect(gaps.filter((gap) => gap > 5000).length).toBeLessThan(gaps.length / 4);
});

test('the same seed makes the same life, another one another', () => {
  expect(lived(7, MINUTE_MS)).toEqual(lived(7, MINUTE_MS));
  expect(lived(7, MINUTE_MS)).not.toEqual(lived(8, MINUTE_MS));
});

test('within ten minutes printers and computers come and go in both zones, and a note changes', () => {
  const told = lived(8765, 10 * MINUTE_MS)
    .flatMap((event) => event.lines)
    .join('\n');
  for (const sign of ['+', '-'].map((character) => `^\\${character} `)) {
    expect(told).toMatch(new RegExp(`${sign}_ipp\\._tcp\\.office\\.test\\. .* PTR EcoTank`, 'm'));
    expect(told).toMatch(new RegExp(`${sign}_ssh\\._tcp\\.lab\\.test\\. .* PTR raspberrypi-7`, 'm'));
    expect(told).toMatch(
      new RegExp(`${sign}One\\._ipp\\._tcp\\.office\\.test\\. .* TXT .*"note=Hall – `, 'm'),
    );
  }
});

test('nothing changes any more after the end', () => {
  const [all, clock] = [store(), new VirtualClock()];
  const stop = startLife(all, clock, 1);
  clock.advance(MINUTE_MS);
  stop();
  all.onChange(() => expect.unreachable());
  clock.advance(MINUTE_MS);
  expect(clock.waiting).toBe(0);
});
