/** What a process holds at a moment. */
export interface Holding {
  /** Octets of the heap after what is not needed has been collected. */
  readonly heap: number;
  /** Objects of the kinds that records, rows and tables are made of. */
  readonly objects: number;
  /** What keeps the process going: sockets, timers, and the like. */
  readonly handles: number;
  /** Open file descriptors; undefined where the system does not say. */
  readonly descriptors: number | undefined;
}

/**
 * How much more of each may be there in the end. The runtime takes heap for code that it makes faster; objects swing with what the
 * moment's connections remember; a session may be in the middle of being renewed.
 */
export const MOST_GROWTH = { heap: 6_000_000, objects: 3_000, handles: 4, descriptors: 4 } as const;

/** What grew beyond its bound, as sentences; empty when nothing did. */
export function growth(first: Holding, last: Holding): readonly string[] {
  const kinds = ['heap', 'objects', 'handles', 'descriptors'] as const;
  return kinds.flatMap((kind) => {
    const [before, after] = [first[kind] ?? 0, last[kind] ?? 0];
    const more = after - before;
    return more > MOST_GROWTH[kind]
      ? [`${kind}: ${before} became ${after}, which is ${more} more; ${MOST_GROWTH[kind]} are allowed`]
      : [];
  });
}

/** A holding as one line. */
export function holdingText({ heap, objects, handles, descriptors }: Holding): string {
  const megabytes = (heap / 1e6).toFixed(1);
  return `heap ${megabytes} MB, ${objects} objects, ${handles} handles, ${descriptors ?? 'unknown'} file descriptors`;
}
