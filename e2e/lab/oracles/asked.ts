import type { Expected, LabZone } from '../zones/lab-zone.ts';
import { nameIn } from '../zones/lab-zone.ts';

/** A question about a name of the lab, in the words of master files. */
export interface Asked {
  /** Absolute. */
  readonly name: string;
  readonly type: string;
}

/** A question and what becomes of it. */
export interface Judged extends Asked {
  readonly verdict: Expected;
  /** Whether `delv` may say secure where it is insecure. */
  readonly isOptOut: boolean;
}

/** Every question that a zone of the lab has an expectation of. */
export function expectations({ origin, expected }: LabZone): readonly Judged[] {
  return Object.entries(expected).map(([asked, expectation]) => {
    const at = asked.lastIndexOf(' ');
    const isOptOut = expectation === 'opt-out';
    return {
      name: nameIn(asked.slice(0, at), origin),
      type: asked.slice(at + 1),
      verdict: isOptOut ? 'insecure' : expectation,
      isOptOut,
    };
  });
}
