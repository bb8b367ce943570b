/** How long ago something was, in words that stay true for a while, so that a still window needs no clock tick. */
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const JUST_NOW_MS = 5 * SECOND_MS;
const TENS_MS = 10 * SECOND_MS;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** An age in words: `just now`, `20 seconds ago`, `3 minutes ago`. */
export function ageText(ageMs: number): string {
  if (ageMs < JUST_NOW_MS) return 'just now';
  if (ageMs < TENS_MS) return relative.format(-JUST_NOW_MS / SECOND_MS, 'second');
  if (ageMs < MINUTE_MS)
    return relative.format((-Math.floor(ageMs / TENS_MS) * TENS_MS) / SECOND_MS, 'second');
  if (ageMs < HOUR_MS) return relative.format(-Math.floor(ageMs / MINUTE_MS), 'minute');
  if (ageMs < DAY_MS) return relative.format(-Math.floor(ageMs / HOUR_MS), 'hour');
  return relative.format(-Math.floor(ageMs / DAY_MS), 'day');
}

/** How long something lasted, in words: `40 seconds`, `3 days`. */
export function lastedText(ms: number): string {
  const [count, unit] =
    ms < MINUTE_MS
      ? ([ms / SECOND_MS, 'second'] as const)
      : ms < HOUR_MS
        ? ([ms / MINUTE_MS, 'minute'] as const)
        : ms < DAY_MS
          ? ([ms / HOUR_MS, 'hour'] as const)
          : ([ms / DAY_MS, 'day'] as const);
  const whole = Math.max(1, Math.floor(count));
  return `${whole.toLocaleString('en')} ${unit}${whole === 1 ? '' : 's'}`;
}

/** For how long from that age on `ageText` stays the same, in milliseconds. */
export function ageHoldsMs(ageMs: number): number {
  if (ageMs < JUST_NOW_MS) return JUST_NOW_MS - Math.max(ageMs, 0);
  if (ageMs < MINUTE_MS) return TENS_MS - (ageMs % TENS_MS);
  if (ageMs < HOUR_MS) return MINUTE_MS - (ageMs % MINUTE_MS);
  if (ageMs < DAY_MS) return HOUR_MS - (ageMs % HOUR_MS);
  return DAY_MS - (ageMs % DAY_MS);
}
