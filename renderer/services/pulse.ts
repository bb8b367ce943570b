/** For how long a line that came or changed is tinted, in milliseconds. */
const PULSE_MS = 2_000;

/** Tints a line that changed `ageMs` ago, fading; nothing moves for people who asked for less motion. */
export function pulse(element: HTMLElement, ageMs: number): void {
  if (ageMs > PULSE_MS || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  // The variable is resolved when the frame is made; to look its value up here would lay the page out twice.
  element.animate([{ backgroundColor: 'var(--pulse)' }, { backgroundColor: 'transparent' }], {
    duration: PULSE_MS,
    easing: 'ease-out',
  });
}
