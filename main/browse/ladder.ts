import type { Evidence, LadderStep, Step } from '../contract/ladder.ts';
import type { Clock } from '../net/clock.ts';
import { splitAdvice } from './advice.ts';
import type { Publisher } from './publisher.ts';

/** What happens to a step on the way up. */
export type StepNews =
  | { readonly kind: 'started'; readonly step: Step }
  | {
      readonly kind: 'passed';
      readonly step: Step;
      /** What happened and what it means. */
      readonly text: string;
      readonly evidence: readonly Evidence[];
    };

/** The steps in order, by what people call them. */
const TITLES: Readonly<Record<Step, string>> = {
  zone: 'Zone',
  srv: 'Push server',
  address: 'Address',
  tcp: 'TCP connection',
  tls: 'TLS',
  identity: 'Identity',
  dso: 'DSO session',
  subscribe: 'Subscription',
  data: 'First data',
  session: 'Staying up',
};
const STEPS = Object.keys(TITLES) as readonly Step[];
/** What is tried anew with each server of a zone. */
const SERVER_STEPS = STEPS.slice(STEPS.indexOf('address'));
/** A domain with many dead servers, or a session that is lost again and again, leaves much evidence: the latest counts. */
const MAX_EVIDENCE = 8;
/** What the ends of earlier sessions stand under. */
const ENDED = 'Session';
/** What was done at the steps that ask no resolver. */
const DEEDS: Partial<Readonly<Record<Step, string>>> = {
  tcp: 'TCP',
  tls: 'TLS',
  identity: 'Certificate',
  dso: 'KEEPALIVE',
  subscribe: 'SUBSCRIBE',
};
/** What to do about a failure whose reason does not say. */
const WAIT = 'Herald tries again by itself.';

/** The ladder of one domain: takes the news of each attempt and keeps the domain's row in the table `ladders`. */
export class Ladder {
  readonly #id: string;
  readonly #clock: Clock;
  readonly #publisher: Publisher;
  readonly #steps = new Map<Step, LadderStep>();

  /** `id` is that of the domain's row. */
  constructor(id: string, { clock, publisher }: { readonly clock: Clock; readonly publisher: Publisher }) {
    this.#id = id;
    this.#clock = clock;
    this.#publisher = publisher;
    for (const step of STEPS) this.#reset(step, []);
  }

  /** An attempt begins: nothing is tried yet. How earlier sessions ended stays. */
  begin(): void {
    const ends = this.#get('session').evidence.filter(({ query }) => query === ENDED);
    for (const step of STEPS) this.#reset(step, step === 'session' ? ends : []);
    this.#show();
  }

  /** A server failed at a step and the zone's next one is tried; what was wrong with `server` stays as evidence. */
  nextServer(step: Step, reason: string, server: string): void {
    this.fail(step, reason, server);
    const { text, evidence } = this.#get(step);
    const failure = { query: `Another server, ${server}`, server: null, tookMs: null, answer: text ?? '' };
    for (const other of SERVER_STEPS) {
      this.#reset(other, other === step ? [...evidence, failure] : this.#get(other).evidence);
    }
    this.#show();
  }

  /** Takes news; evidence that a step had before comes first. */
  take(news: StepNews): void {
    const { step } = news;
    // Without the resolver, which was no use, the zone's server has yet to be found.
    if (news.kind === 'started' && step === 'zone') this.#reset('srv', this.#get('srv').evidence);
    if (news.kind === 'started') this.#put(step, { verdict: 'under-way' });
    else {
      const evidence = [...this.#get(step).evidence, ...news.evidence];
      this.#put(step, { verdict: 'passed', text: news.text, next: null, evidence });
    }
    this.#show();
  }

  /** The server took the subscription that the domain begins with, `asked`: the domain is live. */
  subscribed(asked: string, server: string | null): void {
    if (this.hasPassed('subscribe')) return;
    const evidence = {
      query: `SUBSCRIBE ${asked}`,
      server,
      tookMs: this.#tookMs('subscribe'),
      answer: 'NOERROR',
    };
    const text = `From here on the server tells of every change of ${asked}.`;
    this.take({ kind: 'passed', step: 'subscribe', text, evidence: [evidence] });
    this.take({ kind: 'started', step: 'data' });
    const stands = 'The session stands; should it be lost, it is renewed at once.';
    this.take({ kind: 'passed', step: 'session', text: stands, evidence: [] });
  }

  /** The server told of what is there, in so many changes. */
  firstData(changes: number, server: string | null): void {
    const answer = changes === 1 ? '1 change' : `${changes} changes`;
    const evidence = { query: 'PUSH', server, tookMs: this.#tookMs('data'), answer };
    const text = 'What the domain lists has begun to arrive.';
    this.take({ kind: 'passed', step: 'data', text, evidence: [evidence] });
  }

  /** Keeps evidence for the step that is under way; it is shown with the verdict. */
  note(evidence: Evidence): void {
    const step = STEPS.find((one) => this.#get(one).verdict === 'under-way');
    if (step !== undefined) this.#put(step, { evidence: [...this.#get(step).evidence, evidence] });
  }

  /** Whether a step was passed in this attempt. */
  hasPassed(step: Step): boolean {
    return this.#get(step).verdict === 'passed';
  }

  /**
   * A step failed at `server`, for a reason that ends in what to do; what was under way beside it is as good as not tried.
   */
  fail(step: Step, reason: string, server: string | null): void {
    const { verdict, evidence } = this.#get(step);
    if (verdict === 'failed') return;
    // Who somebody is comes to light when the handshake is complete.
    if (step === 'identity' && this.#get('tls').verdict === 'under-way') {
      this.take({ kind: 'passed', step: 'tls', text: 'The TLS handshake was completed.', evidence: [] });
    }
    const deed = DEEDS[step];
    const tookMs = this.#tookMs(step);
    const { text, next } = splitAdvice(reason);
    for (const other of STEPS) {
      if (this.#get(other).verdict === 'under-way') this.#reset(other, this.#get(other).evidence);
    }
    const failure = deed === undefined ? [] : [{ query: deed, server, tookMs, answer: 'failed' }];
    this.#put(step, { verdict: 'failed', text, next: next ?? WAIT, evidence: [...evidence, ...failure] });
    if (step === 'session' && verdict === 'passed') this.#rememberEnd(text);
    this.#show();
  }

  /** The domain is not watched any more. */
  close(): void {
    this.#publisher.drop('ladders', this.#id);
  }

  #rememberEnd(text: string): void {
    const { evidence } = this.#get('session');
    const { atMs } = this.#get('subscribe');
    const tookMs = atMs === null ? null : this.#clock.wallMs() - atMs;
    this.#put('session', { evidence: [...evidence, { query: ENDED, server: null, tookMs, answer: text }] });
  }

  /** How long a step has been under way, in milliseconds; null when it is not. */
  #tookMs(step: Step): number | null {
    const { verdict, atMs } = this.#get(step);
    return verdict === 'under-way' && atMs !== null ? this.#clock.wallMs() - atMs : null;
  }

  #get(step: Step): LadderStep {
    return this.#steps.get(step)!;
  }

  #put(step: Step, fields: Partial<LadderStep>): void {
    const before = this.#get(step);
    const evidence = (fields.evidence ?? before.evidence).slice(-MAX_EVIDENCE);
    this.#steps.set(step, { ...before, ...fields, evidence, atMs: this.#clock.wallMs() });
  }

  #reset(step: Step, evidence: readonly Evidence[]): void {
    const title = TITLES[step];
    this.#steps.set(step, {
      step,
      title,
      verdict: 'not-tried',
      text: null,
      next: null,
      evidence,
      atMs: null,
    });
  }

  #show(): void {
    this.#publisher.put('ladders', { id: this.#id, steps: [...this.#steps.values()] });
  }
}
