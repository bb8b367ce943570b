import type { PauseCause } from '../contract/activity.ts';
import { unreachable } from '../../protocol/errors.ts';

/** What tells whether somebody looks. A window is named by a number of the caller's. */
export type AttentionInput =
  | { readonly kind: 'window'; readonly id: number; readonly state: WindowState | 'closed' }
  /** What the window's page says of itself. */
  | { readonly kind: 'page'; readonly id: number; readonly visibility: PageVisibility }
  | { readonly kind: 'suspend' | 'resume' | 'lock' | 'unlock' }
  /** Nobody has used the computer for as long as the settings say, whatever is on its screen; somebody does again. */
  | { readonly kind: 'idle' | 'active' }
  /** Somebody pressed a key or a button in a window: the computer is awake, whatever it said last. */
  | { readonly kind: 'person' }
  /** The user's own Pause, and its end. */
  | { readonly kind: 'user'; readonly wish: 'pause' | 'watch' };

/** How a window stands, by the window system's word. */
export type WindowState = 'shown' | 'hidden' | 'minimised';

/** What a page says of itself; `unknown` while there is none that could say anything. */
export type PageVisibility = 'visible' | 'hidden' | 'unknown';

/** What is to count as nobody looking. */
export interface AttentionSettings {
  /** A window that is not seen. */
  readonly pauseOnHide: boolean;
  /** A computer that nobody uses. */
  readonly pauseOnIdle: boolean;
}

/** What is wanted: to watch; to leave off, since nobody looks, soon or at once; to stop now. */
export type Wish =
  | { readonly kind: 'watch' }
  | { readonly kind: 'leave'; readonly cause: PauseCause; readonly when: 'soon' | 'now' }
  | { readonly kind: 'stop'; readonly cause: 'user' | 'asleep' };

interface WindowFacts {
  readonly state: WindowState;
  readonly page: PageVisibility;
}

/** The last word of every source, and what follows from all of them together, whatever came before. */
export class Attention {
  readonly #windows = new Map<number, WindowFacts>();
  #isAsleep = false;
  #isLocked = false;
  #isIdle = false;
  #isUserPaused = false;

  get isAsleep(): boolean {
    return this.#isAsleep;
  }

  /** Takes a source's word. */
  note(input: AttentionInput): void {
    switch (input.kind) {
      case 'window':
        this.#noteWindow(input.id, input.state);
        break;
      case 'page': {
        const window = this.#windows.get(input.id);
        if (window !== undefined) this.#windows.set(input.id, { ...window, page: input.visibility });
        break;
      }
      case 'suspend':
        this.#isAsleep = true;
        break;
      case 'resume':
        this.#isAsleep = false;
        break;
      case 'lock':
        this.#isLocked = true;
        break;
      case 'unlock':
        this.#isLocked = false;
        break;
      case 'idle':
        this.#isIdle = true;
        break;
      case 'active':
        this.#isIdle = false;
        break;
      case 'user':
        this.#isUserPaused = input.wish === 'pause';
        this.#somebodyIsThere();
        break;
      case 'person':
        this.#somebodyIsThere();
        break;
      default:
        unreachable(input);
    }
  }

  /**
   * Sleep comes first, then the user's own Pause; whether windows are seen and the computer is used is asked last, if the user
   * wants it asked. Who comes back to a window within a moment is waited for; the time without input was wait enough.
   */
  wish({ pauseOnHide, pauseOnIdle }: AttentionSettings): Wish {
    if (this.#isAsleep) return { kind: 'stop', cause: 'asleep' };
    if (this.#isUserPaused) return { kind: 'stop', cause: 'user' };
    const unseen = pauseOnHide ? this.#unseenCause() : null;
    if (pauseOnIdle && this.#isIdle) return { kind: 'leave', cause: unseen ?? 'idle', when: 'now' };
    return unseen === null ? { kind: 'watch' } : { kind: 'leave', cause: unseen, when: 'soon' };
  }

  #noteWindow(id: number, state: WindowState | 'closed'): void {
    if (state === 'closed') this.#windows.delete(id);
    else this.#windows.set(id, { page: 'unknown', ...this.#windows.get(id), state });
  }

  #somebodyIsThere(): void {
    this.#isAsleep = false;
    this.#isLocked = false;
    this.#isIdle = false;
  }

  /** Why nobody sees any window; null when somebody may. */
  #unseenCause(): PauseCause | null {
    if (this.#isLocked) return 'locked';
    const causes = new Set(Array.from(this.#windows.values(), unseenCause));
    if (causes.has(null)) return null;
    const [cause] = causes;
    if (cause === undefined || cause === null) return 'closed';
    return causes.size === 1 ? cause : 'hidden';
  }
}

/** Why nobody sees a window; null when somebody may. A page that is hidden in a window that is shown is covered. */
function unseenCause({ state, page }: WindowFacts): PauseCause | null {
  if (state !== 'shown') return state;
  return page === 'hidden' ? 'covered' : null;
}
