import { printable } from '../browse/printable.ts';
import type { HistoryEntry } from '../contract/history.ts';

const SIGNS = { appeared: '+', changed: '~', left: '-' } as const;

/** An entry as one JSON object; times as ISO 8601 has them. */
export function historyJson({ atMs, sinceMs, ...rest }: HistoryEntry): string {
  const since = sinceMs === null ? null : new Date(sinceMs).toISOString();
  return JSON.stringify({ at: new Date(atMs).toISOString(), since, ...rest });
}

/** An entry as a line for people, times in this machine's own: `2026-11-26 09:02:03 + Laser | _ipp._tcp | office.test | …`. */
export function historyText(entry: HistoryEntry): string {
  const { atMs, sinceMs, event, domain, type, instance, host, port, changed } = entry;
  const place = host === null ? 'not resolved' : `${host}:${port}`;
  const details = changed.length === 0 ? '' : ` | changed: ${changed.join(', ')}`;
  const doubt = sinceMs === null ? '' : ` | some time after ${localTime(sinceMs)}`;
  return printable(
    `${localTime(atMs)} ${SIGNS[event]} ${instance} | ${type} | ${domain} | ${place}${details}${doubt}`,
  );
}

/** `2026-11-26 09:02:03` in the time of this machine. */
function localTime(ms: number): string {
  return new Date(ms).toLocaleString('sv-SE');
}
