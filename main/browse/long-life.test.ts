import { expect, test } from 'vitest';
import { heapUse } from './testing/heap.ts';
import { LongLife } from './testing/long-life.ts';

const DAYS = 4;
const CHANGES = 400;
/** Some forty devices a day come and go for good, each with four names and a row: to keep one thing of each is more. */
const MAX_NEW_OBJECTS = 60;
/** It is work for the processor, which others may need as well. */
const TIMEOUT_MS = 60_000;
/** What the runtime takes for code that it makes faster. */
const MAX_NEW_OCTETS = 3_000_000;

test(
  'left open for days of changes, restarts and nights, the client shows the truth every evening and keeps nothing of what went',
  async () => {
    const life = new LongLife(1);
    const uses = [];
    for (let day = 1; day <= DAYS; day++) {
      const end = await life.day(CHANGES);
      expect(end.drift).toEqual([]);
      // The next Keepalive of each session is all that is waited for.
      expect(end).toMatchObject({ sessions: 2, timers: 2, services: 42 });
      uses.push(heapUse());
    }
    expect(await life.end()).toBe(0);
    const [, second] = uses;
    const last = uses.at(-1);
    expect(last!.objects - second!.objects).toBeLessThan(MAX_NEW_OBJECTS);
    expect(last!.octets - second!.octets).toBeLessThan(MAX_NEW_OCTETS);
  },
  TIMEOUT_MS,
);
