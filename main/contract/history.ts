/** The history of services: what appeared, changed and left, as it is kept on disk and told on the command line. */
import { z } from 'zod';

const ENTRY = z.object({
  /** When it was noticed: milliseconds since the epoch. */
  atMs: z.number(),
  /**
   * It happened at some time since then, while nothing was watched: milliseconds since the epoch. Null when it was told as it
   * happened.
   */
  sinceMs: z.number().nullable(),
  event: z.enum(['appeared', 'changed', 'left']),
  /** The domain as shown, without the root's dot. */
  domain: z.string(),
  /** The service type as published: `_ipp._tcp`. */
  type: z.string(),
  /** The instance label, decoded; octets that are not UTF-8 stand as `\DDD`. */
  instance: z.string(),
  host: z.string().nullable(),
  port: z.number().nullable(),
  /** What changed, in words for people: `host`, `TXT ty`; empty unless it is a change. */
  changed: z.array(z.string()),
});

/** One thing that happened to a service. */
export type HistoryEntry = z.infer<typeof ENTRY>;

/** Reads a line of the history; undefined when it is none. */
export function parseHistoryEntry(line: string): HistoryEntry | undefined {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = ENTRY.safeParse(json);
  return parsed.success ? parsed.data : undefined;
}
