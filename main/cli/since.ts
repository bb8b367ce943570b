/** Milliseconds of the units that `--since` takes. */
const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads what `--since` says, as milliseconds since the epoch: a time back from now (`30m`, `12h`, `7d`), a day
 * (`2026-11-20`, from its start on this machine) or a time (`2026-11-20T09:00`). Undefined for anything else.
 */
export function parseSince(text: string, nowMs: number): number | undefined {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) return nowMs - Number(count) * UNITS[unit]!;
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z?)?$/.test(text)) return undefined;
  // A day alone would be read as one of UTC.
  const ms = Date.parse(text.includes('T') ? text : `${text}T00:00`);
  return Number.isNaN(ms) ? undefined : ms;
}
