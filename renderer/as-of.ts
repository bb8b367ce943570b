/** As of when something is known, for people: a clock's time, with its day when that is not today. */
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** The hour and minute of a moment (milliseconds since the epoch): `14:02`. */
export function clockMinute(atMs: number): string {
  return time.format(atMs);
}

/** A moment (milliseconds since the epoch) as of which something is known: `09:12 today`, `Tue 3 Nov, 09:12`. */
export function asOfText(atMs: number, nowMs: number = Date.now()): string {
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
  return isToday ? `${time.format(atMs)} today` : dayAndTime.format(atMs);
}
