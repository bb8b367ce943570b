import type { Command, Ended } from './command.ts';

/** One line of `browse --json`. */
export type Told = Readonly<Record<string, unknown>>;

/** A line of `browse --json`, read. */
export function read(line: string): Told {
  return JSON.parse(line) as Told;
}

/** All lines of a run that has ended. */
export function allTold({ stdout }: Ended): readonly Told[] {
  return stdout.map(read);
}

/** The first event, there or to come, that has all these values. */
export function told(command: Command, wanted: Told): Promise<Told> {
  return command.line((line) => {
    const event = read(line);
    return matches(event, wanted) ? event : undefined;
  });
}

/** Whether an event has all these values. */
export function matches(event: Told, wanted: Told): boolean {
  return Object.entries(wanted).every(([key, value]) => JSON.stringify(event[key]) === JSON.stringify(value));
}

/** The services as they stood after the last of these events: what came, with its last change, less what left. */
export function standing(events: readonly Told[]): ReadonlyMap<string, Told> {
  const services = new Map<string, Told>();
  for (const event of events) {
    const key = `${String(event['domain'])} ${String(event['type'])} ${String(event['instance'])}`;
    if (event['event'] === 'removed') services.delete(key);
    else if (event['event'] === 'added' || event['event'] === 'changed') services.set(key, event);
  }
  return services;
}
