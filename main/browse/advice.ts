/** A reason, taken apart. */
export interface Advised {
  /** What happened and what it means. */
  readonly text: string;
  /** What to do; null where the reason does not say. */
  readonly next: string | null;
}

/** The words that advice begins with: what to do oneself, or who has to do something. */
const ADVICE = /^(.*?[.:]) ((?:Ask|Check|Choose|Try|Who runs|Its services can|Herald comes back)\b.*)$/su;

/**
 * Takes a reason apart. Reasons say what happened and what it means, and end in what to do, as sentences of their own;
 * names in them hold no space, for a space in a label is written `\032`.
 */
export function splitAdvice(reason: string): Advised {
  const [, text = reason, next = null] = ADVICE.exec(reason) ?? [];
  return { text, next };
}
