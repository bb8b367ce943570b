import type { ServiceCategory } from '../../main/contract/api.ts';

/** Outlines on a square of 16, drawn with a line of 1.25; all our own. */
const OUTLINE = {
  printer: 'M4.5 5.5v-3h7v3M4.5 11.5h-2v-6h11v6h-2M4.5 9.5h7v4h-7ZM11 7.5h.5',
  scanner: 'M2.5 8.5h11v4h-11ZM3 8.5l9.5-5M5 10.5h4M11 10.5h.5',
  web: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11ZM2.5 8h11M8 2.5c-3.2 3-3.2 8 0 11M8 2.5c3.2 3 3.2 8 0 11',
  file: 'M2.5 12.5v-9h4l1.5 2h5.5v7Z',
  remote: 'M2.5 3.5h11v9h-11ZM5 6.5L6.75 8L5 9.5M8.5 10h2.5',
  media: 'M2.5 3.5h11v7h-11ZM5.5 13.5h5M7 5.5v3L9.5 7Z',
  home: 'M2.5 8L8 3l5.5 5M4 7v6h8V7M6.75 13V9.5h2.5V13',
  developer: 'M5.5 4.5L2.5 8l3 3.5M10.5 4.5l3 3.5l-3 3.5M9 3.5l-2 9',
  other: 'M8 2.5l4.75 2.75v5.5L8 13.5l-4.75-2.75v-5.5ZM3.5 5.5L8 8l4.5-2.5M8 8v5.25',
  all: 'M2.5 4.5h1M6 4.5h7.5M2.5 8h1M6 8h7.5M2.5 11.5h1M6 11.5h7.5',
  add: 'M8 3.5v9M3.5 8h9',
  close: 'M4.25 4.25l7.5 7.5M11.75 4.25l-7.5 7.5',
  search: 'M7 2.75a4.25 4.25 0 1 0 0 8.5a4.25 4.25 0 1 0 0-8.5ZM10.25 10.25l3.25 3.25',
  settings:
    'M2.5 5h5.25M11.25 5h2.25M2.5 11h2.25M8.25 11h5.25M11.25 5a1.75 1.75 0 1 0-3.5 0a1.75 1.75 0 1 0 3.5 0ZM8.25 11a1.75 1.75 0 1 0-3.5 0a1.75 1.75 0 1 0 3.5 0Z',
  star: 'M8 2.25l1.75 3.7l4 .5l-2.95 2.8l.75 4L8 11.3l-3.55 1.95l.75-4L2.25 6.45l4-.5Z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  resume: 'M5 3.25l7.5 4.75L5 12.75Z',
  lock: 'M3.75 7.25h8.5v6.25h-8.5ZM5.5 7.25V5a2.5 2.5 0 0 1 5 0v2.25M8 9.75v1.25',
  retry: 'M13 8a5 5 0 1 1-1.5-3.5M13.25 2v3h-3',
} as const satisfies Record<ServiceCategory, string> & Record<string, string>;

/** The name of a drawing. */
export type IconName = keyof typeof OUTLINE;

/** A small drawing beside a word that says the same, so it is hidden from assistive technology. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={OUTLINE[name]} />
    </svg>
  );
}
