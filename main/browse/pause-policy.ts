/**
 * When Herald stops watching because nobody looks, and when it goes on. Nothing is to stay subscribed for a view that is
 * closed, hidden or asleep (RFC 8765 §3), and a window that is moved over ours is no reason to churn subscriptions.
 *
 * Pure: what happened and the time come in, what to do goes out. Where it stands follows from the last word of each source,
 * since systems repeat what they say, reorder it, and leave things out.
 */
import type { ActivityRow, Gap, PauseCause } from '../contract/activity.ts';
import { unreachable } from '../../protocol/errors.ts';
import type { AttentionInput, AttentionSettings, Wish } from './attention.ts';
import { Attention } from './attention.ts';
import { pauseReason } from './pause-reason.ts';
import type { Moment } from './sleep-trace.ts';
import { SleepTrace } from './sleep-trace.ts';

/** What the user may choose. */
export interface PauseSettings extends AttentionSettings {
  /** How long nobody may see a window before that is a pause, in seconds. */
  readonly graceSeconds: number;
  /** After how many minutes without input nobody is taken to use the computer: others count them, and it is said here. */
  readonly idleMinutes: number;
}

/** What happened. */
export type PauseInput =
  | AttentionInput
  /** The network is another one, or there is none. */
  | { readonly kind: 'network'; readonly isUp: boolean }
  | { readonly kind: 'settings'; readonly settings: PauseSettings };

/** What to do. A pause and a resume take turns, the pause first; a pause may come again with another reason. */
export type PauseOutput =
  /** Ask nothing more and close now; the reason is for people. */
  | { readonly kind: 'pause'; readonly reason: string }
  /** Find and follow everything again. */
  | { readonly kind: 'resume' }
  /** Connections may be dead without our knowing: find out. */
  | { readonly kind: 'suspect' };

/** A window that is restored says visible, hidden, visible within a moment: no grace is shorter than this. */
const FLAP_MS = 250;
/** How long to wait after waking up, at least, and how much longer at most: not everybody is to connect in one moment. */
const WAKE_MS = 250;
const WAKE_JITTER_MS = 2_000;
/** How long to wait for a network, at most; then the domains say themselves what is wrong. */
const NETWORK_WAIT_MS = 20_000;
/** Whatever makes connections suspect within this time does so once. */
const SUSPECT_AFTER_MS = 500;

/** Where it stands: everything is watched, the second time without anybody looking, or nothing is. */
type Phase =
  | { readonly kind: 'active' }
  | { readonly kind: 'grace'; readonly cause: PauseCause; readonly sinceMs: number }
  | Resting;

/** Where nothing is watched. */
type Resting =
  | { readonly kind: 'paused'; readonly cause: PauseCause }
  /** `awaitsNetwork`: there was one when the computer went to sleep, so there will be one again. */
  | { readonly kind: 'suspended'; readonly awaitsNetwork: boolean }
  /** `readyMs` is Infinity while the network is awaited. */
  | {
      readonly kind: 'waking';
      readonly awaitsNetwork: boolean;
      readonly readyMs: number;
      readonly latestMs: number;
    };

/** What holds at the start. */
export interface PauseStart {
  readonly settings: PauseSettings;
  readonly isNetworkUp: boolean;
}

/** The pause policy of one application with all its windows. It begins active: a window is about to open. */
export class PausePolicy {
  readonly #random: () => number;
  readonly #attention = new Attention();
  readonly #trace: SleepTrace;
  #settings: PauseSettings;
  #isNetworkUp: boolean;
  #phase: Phase = { kind: 'active' };
  #sinceWallMs: number;
  /** The time in which nothing is watched, until Infinity, or last was. */
  #gap: Gap | null = null;
  #suspectMs = Infinity;

  /** `random` is from 0 up to but not including 1. */
  constructor({ settings, isNetworkUp }: PauseStart, random: () => number, now: Moment) {
    this.#settings = settings;
    this.#isNetworkUp = isNetworkUp;
    this.#random = random;
    this.#trace = new SleepTrace(now);
    this.#sinceWallMs = now.wallMs;
  }

  /** When to call `tick` next, on the clock that never goes back; `Infinity` when time changes nothing. */
  get deadlineMs(): number {
    switch (this.#phase.kind) {
      case 'active':
        return Math.min(this.#trace.dueMs, this.#suspectMs);
      case 'grace':
        return Math.min(this.#trace.dueMs, this.#suspectMs, this.#phase.sinceMs + this.#graceMs);
      case 'paused':
        return Infinity;
      case 'suspended':
        return this.#trace.dueMs;
      case 'waking':
        return Math.min(this.#phase.readyMs, this.#phase.latestMs);
      default:
        return unreachable(this.#phase);
    }
  }

  /** How it stands, for windows to show. */
  get activity(): ActivityRow {
    const phase = this.#phase;
    const { idleMinutes } = this.#settings;
    const row = { id: 'herald', idleMinutes, sinceMs: this.#sinceWallMs, gap: this.#endedGap } as const;
    if (phase.kind === 'active') return { ...row, state: 'active', cause: null, reason: null };
    const cause = causeOf(phase);
    return {
      ...row,
      state: phase.kind,
      cause,
      reason: pauseReason(phase.kind, cause, this.#settings),
    };
  }

  /** Takes what happened. */
  take(input: PauseInput, now: Moment): readonly PauseOutput[] {
    this.#lookForSleep(now);
    this.#note(input, now.nowMs);
    return this.#settle(now);
  }

  /** Takes the time; to be called when `deadlineMs` has come. */
  tick(now: Moment): readonly PauseOutput[] {
    this.#lookForSleep(now);
    return this.#settle(now);
  }

  get #endedGap(): Gap | null {
    return this.#gap?.untilMs === Infinity ? null : this.#gap;
  }

  get #graceMs(): number {
    return Math.max(FLAP_MS, this.#settings.graceSeconds * 1000);
  }

  #lookForSleep(now: Moment): void {
    const trace = this.#trace.look(now);
    if (trace === 'woken') this.#attention.note({ kind: 'resume' });
    if (trace !== 'nothing') this.#suspect(now.nowMs);
  }

  #note(input: PauseInput, nowMs: number): void {
    if (input.kind === 'settings') {
      this.#settings = input.settings;
      return;
    }
    // A resume without a suspend closed nothing before it, and nobody knows what still stands.
    if (input.kind === 'network' || input.kind === 'resume') this.#suspect(nowMs);
    if (input.kind === 'network') this.#isNetworkUp = input.isUp;
    else this.#attention.note(input);
  }

  #suspect(nowMs: number): void {
    if (!isResting(this.#phase)) this.#suspectMs = Math.min(this.#suspectMs, nowMs + SUSPECT_AFTER_MS);
  }

  /** Goes where the wish of now leads. */
  #settle({ nowMs, wallMs }: Moment): readonly PauseOutput[] {
    const before = this.#phase;
    const reasonBefore = this.activity.reason;
    const phase = this.#next(nowMs);
    this.#phase = phase;
    if (phase.kind !== before.kind) this.#sinceWallMs = wallMs;
    if (!isResting(phase)) return isResting(before) ? [this.#resume(wallMs)] : this.#suspicions(nowMs);
    if (!isResting(before)) this.#pause(causeOf(phase), wallMs);
    const { reason } = this.activity;
    return reason === null || reason === reasonBefore ? [] : [{ kind: 'pause', reason }];
  }

  #suspicions(nowMs: number): readonly PauseOutput[] {
    if (this.#suspectMs > nowMs) return [];
    this.#suspectMs = Infinity;
    return [{ kind: 'suspect' }];
  }

  #pause(cause: PauseCause, wallMs: number): void {
    this.#suspectMs = Infinity; // nothing is left that could be dead
    this.#gap = { fromMs: wallMs, untilMs: Infinity, cause };
  }

  #resume(wallMs: number): PauseOutput {
    if (this.#gap !== null) this.#gap = { ...this.#gap, untilMs: wallMs };
    return { kind: 'resume' };
  }

  #next(nowMs: number): Phase {
    const wish = this.#attention.wish(this.#settings);
    switch (wish.kind) {
      case 'watch':
        return this.#watching(nowMs);
      case 'leave':
        return this.#leaving(wish, nowMs);
      case 'stop':
        return wish.cause === 'user' ? { kind: 'paused', cause: 'user' } : this.#sleeping();
      default:
        return unreachable(wish);
    }
  }

  #sleeping(): Phase {
    const phase = this.#phase;
    if (phase.kind === 'suspended') return phase;
    return {
      kind: 'suspended',
      awaitsNetwork: phase.kind === 'waking' ? phase.awaitsNetwork : this.#isNetworkUp,
    };
  }

  #watching(nowMs: number): Phase {
    const phase = this.#phase;
    if (phase.kind !== 'suspended' && phase.kind !== 'waking') return { kind: 'active' };
    const { awaitsNetwork } = phase;
    const latestMs = phase.kind === 'waking' ? phase.latestMs : nowMs + NETWORK_WAIT_MS;
    const readyMs = phase.kind === 'waking' ? phase.readyMs : Infinity;
    if (nowMs >= Math.min(readyMs, latestMs)) return { kind: 'active' };
    if (awaitsNetwork && !this.#isNetworkUp)
      return { kind: 'waking', awaitsNetwork, readyMs: Infinity, latestMs };
    if (phase.kind === 'waking' && readyMs !== Infinity) return phase;
    const delayMs = WAKE_MS + this.#random() * WAKE_JITTER_MS;
    return { kind: 'waking', awaitsNetwork, readyMs: nowMs + delayMs, latestMs };
  }

  /** After a sleep there is no grace: nothing is connected that could be kept. */
  #leaving({ cause, when }: Extract<Wish, { kind: 'leave' }>, nowMs: number): Phase {
    if (isResting(this.#phase) || when === 'now') return { kind: 'paused', cause };
    const sinceMs = this.#phase.kind === 'grace' ? this.#phase.sinceMs : nowMs;
    return nowMs < sinceMs + this.#graceMs ? { kind: 'grace', cause, sinceMs } : { kind: 'paused', cause };
  }
}

/** Whether nothing is watched. */
function isResting(phase: Phase): phase is Resting {
  return phase.kind !== 'active' && phase.kind !== 'grace';
}

function causeOf(phase: Exclude<Phase, { readonly kind: 'active' }>): PauseCause {
  return phase.kind === 'grace' || phase.kind === 'paused' ? phase.cause : 'asleep';
}
