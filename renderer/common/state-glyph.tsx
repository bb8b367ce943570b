import type { DomainState } from '../../main/contract/api.ts';

/** The shapes of the states, on a square of 12: each is told from the others without its colour. */
const SHAPE: Readonly<Record<DomainState, React.ReactNode>> = {
  live: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  discovering: (
    <>
      <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 6V1.75A4.25 4.25 0 0 1 10.25 6Z" fill="currentColor" />
    </>
  ),
  polling: (
    <>
      <path
        d="M10.1 6.9A4.25 4.25 0 1 1 9.3 3.3"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
      />
      <path d="M10.9 1.2v3.6H7.3Z" fill="currentColor" />
    </>
  ),
  paused: <path d="M3 2h2v8H3ZM7 2h2v8H7Z" fill="currentColor" />,
  elsewhere: (
    <path
      d="M3 9l6-6M4.25 2.75h5v5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  failed: (
    <path
      d="M2.5 2.5l7 7M9.5 2.5l-7 7"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
    />
  ),
};

/** The glyph of a domain's state; the word stands beside it, so it is hidden from assistive technology. */
export function StateGlyph({ state }: { readonly state: DomainState }) {
  return (
    <svg className="state-glyph" data-state={state} viewBox="0 0 12 12" aria-hidden="true">
      {SHAPE[state]}
    </svg>
  );
}
