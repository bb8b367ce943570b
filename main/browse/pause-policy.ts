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
import type { Phase, Watched } from './pause-phase.ts';
import { causeOf, isResting, watchedIn } from './pause-phase.ts';
import { pauseReason } from './pause-reason.ts';
import type { Moment } from './sleep-trace.ts';
import { SleepTrace } from './sleep-trace.ts';

/** What the user may choose. */
export interface PauseSettings extends AttentionSettings {
  /** How long nobody may see a window before that is a pause, in seconds. */
  readonly graceSeconds: number;
  /** After how many minutes without input nobody is taken to use the computer: others count them, and it is said here. */
  readonly idleMinutes: number;
  /** Whether favourites stay watched while nobody looks. */
  readonly keepFavourites: boolean;
}

/** What happened. */
export type PauseInput =
  | AttentionInput
  /** The network is another one, or there is none. */
  | { readonly kind: 'network'; readonly isUp: boolean }
  | { readonly kind: 'settings'; readonly settings: PauseSettings }
  /** How many favourites there are. */
  | { readonly kind: 'favourites'; readonly count: number };

/** What to do. Each but the last brings another state about than the one before, or has another reason for the same. */
export type PauseOutput =
  /** Ask nothing more and close now; the reason is for people. */
  | { readonly kind: 'pause'; readonly reason: string }
  /** Follow the favourites, and nothing else. */
  | { readonly kind: 'narrow'; readonly reason: string }
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
  #favourites = 0;
  #phase: Phase = { kind: 'active' };
  #sinceWallMs: number;
  /** The time in which nothing is watched, until Infinity, or last was. */
  #gap: Gap | null = null;
  #suspectMs = Infinity;
  /** The reason that was last given; null while everything is watched. No pause has the reason of what comes in its place. */
  #saidReason: string | null = null;

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
      case 'background':
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
    const { graceSeconds, idleMinutes } = this.#settings;
    const favourites = this.#favourites;
    const times = { sinceMs: this.#sinceWallMs, gap: this.#endedGap };
    const row = { id: 'herald', idleMinutes, favourites, ...times } as const;
    if (phase.kind === 'active') return { ...row, state: 'active', cause: null, reason: null };
    const cause = causeOf(phase);
    return {
      ...row,
      state: phase.kind,
      cause,
      reason: pauseReason(phase.kind, cause, { graceSeconds, idleMinutes, favourites }),
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
    // A resume without a suspend closed nothing before it, and nobody knows what still stands.
    if (input.kind === 'network' || input.kind === 'resume') this.#suspect(nowMs);
    if (input.kind === 'settings') this.#settings = input.settings;
    else if (input.kind === 'favourites') this.#favourites = input.count;
    else if (input.kind === 'network') this.#isNetworkUp = input.isUp;
    else this.#attention.note(input);
  }

  #suspect(nowMs: number): void {
    if (!isResting(this.#phase)) this.#suspectMs = Math.min(this.#suspectMs, nowMs + SUSPECT_AFTER_MS);
  }

  /** Goes where the wish of now leads. */
  #settle({ nowMs, wallMs }: Moment): readonly PauseOutput[] {
    const before = this.#phase;
    const phase = this.#next(nowMs);
    this.#phase = phase;
    if (phase.kind !== before.kind) this.#sinceWallMs = wallMs;
    if (isResting(phase) && !isResting(before)) this.#beginGap(causeOf(phase), wallMs);
    if (isResting(before) && !isResting(phase)) this.#endGap(wallMs);
    const turn = this.#turn(watchedIn(phase));
    return isResting(phase) ? turn : [...turn, ...this.#suspicions(nowMs)];
  }

  /** What is to be done where so much is to be watched from now on; nothing if that, and its reason, is as it was. */
  #turn(watched: Watched): readonly PauseOutput[] {
    const { reason } = this.activity;
    const said = watched === 'all' ? null : reason;
    if (said === this.#saidReason) return [];
    this.#saidReason = said;
    if (said === null) return [{ kind: 'resume' }];
    return [{ kind: watched === 'nothing' ? 'pause' : 'narrow', reason: said }];
  }

  #suspicions(nowMs: number): readonly PauseOutput[] {
    if (this.#suspectMs > nowMs) return [];
    this.#suspectMs = Infinity;
    return [{ kind: 'suspect' }];
  }

  #beginGap(cause: PauseCause, wallMs: number): void {
    this.#suspectMs = Infinity; // nothing is left that could be dead
    this.#gap = { fromMs: wallMs, untilMs: Infinity, cause };
  }

  #endGap(wallMs: number): void {
    if (this.#gap !== null) this.#gap = { ...this.#gap, untilMs: wallMs };
  }

  #next(nowMs: number): Phase {
    const wish = this.#attention.wish(this.#settings);
    switch (wish.kind) {
      case 'watch':
        return this.#awake({ kind: 'active' }, nowMs);
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

  /** Where something is to be watched: after a sleep it waits for the network, with some chance in it. */
  #awake(wanted: Phase, nowMs: number): Phase {
    const phase = this.#phase;
    if (phase.kind !== 'suspended' && phase.kind !== 'waking') return wanted;
    const { awaitsNetwork } = phase;
    const latestMs = phase.kind === 'waking' ? phase.latestMs : nowMs + NETWORK_WAIT_MS;
    const readyMs = phase.kind === 'waking' ? phase.readyMs : Infinity;
    if (nowMs >= Math.min(readyMs, latestMs)) return wanted;
    if (awaitsNetwork && !this.#isNetworkUp)
      return { kind: 'waking', awaitsNetwork, readyMs: Infinity, latestMs };
    if (phase.kind === 'waking' && readyMs !== Infinity) return phase;
    const delayMs = WAKE_MS + this.#random() * WAKE_JITTER_MS;
    return { kind: 'waking', awaitsNetwork, readyMs: nowMs + delayMs, latestMs };
  }

  /** There is no grace where nothing is connected that could be kept, nor where favourites alone are. */
  #leaving({ cause, when }: Extract<Wish, { kind: 'leave' }>, nowMs: number): Phase {
    const phase = this.#phase;
    if (watchedIn(phase) === 'all' && when === 'soon') {
      const sinceMs = phase.kind === 'grace' ? phase.sinceMs : nowMs;
      if (nowMs < sinceMs + this.#graceMs) return { kind: 'grace', cause, sinceMs };
    }
    const keeps = this.#settings.keepFavourites && this.#favourites > 0 && cause !== 'locked';
    return keeps ? this.#awake({ kind: 'background', cause }, nowMs) : { kind: 'paused', cause };
  }
}
