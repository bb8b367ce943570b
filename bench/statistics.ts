/** Samples boiled down to what a figure shows. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Median, least and greatest of the samples; no samples are a `RangeError`. */
export function spreadOf(samples: readonly number[]): Spread {
  return { median: quantile(samples, 0.5), min: quantile(samples, 0), max: quantile(samples, 1) };
}

/**
 * The value below which `share` of the samples lie, 0 to 1, interpolated between the two nearest: 0.5 is the median, 0.99
 * the 99th percentile. No samples are a `RangeError`.
 */
export function quantile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new RangeError('no samples, no quantile');
  const sorted = samples.toSorted((one, other) => one - other);
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)]!;
  const above = sorted[Math.ceil(at)]!;
  return below + (above - below) * (at - Math.floor(at));
}
