import type { Verdict } from '../../main/contract/ladder.ts';

/** The shapes of the verdicts, on a square of 16: each is told from the others without its colour. */
const SHAPE: Readonly<Record<Verdict, React.ReactNode>> = {
  passed: <path d="M4 8.25l2.75 2.75L12 5.5" />,
  failed: <path d="M4.5 4.5l7 7M11.5 4.5l-7 7" />,
  'under-way': <path d="M8 3.25a4.75 4.75 0 1 1-4.75 4.75" />,
  'not-tried': <path d="M5.5 8h5" />,
};

/** The word for each verdict, for those who do not see the glyph. */
export const VERDICT_WORD: Readonly<Record<Verdict, string>> = {
  passed: 'passed',
  failed: 'failed',
  'under-way': 'under way',
  'not-tried': 'not tried',
};

/** The glyph of a step's verdict; the word stands in its name, so it is hidden from assistive technology. */
export function VerdictGlyph({ verdict }: { readonly verdict: Verdict }) {
  return (
    <svg className="verdict" data-verdict={verdict} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPE[verdict]}
    </svg>
  );
}
