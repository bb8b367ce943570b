import type { SessionRow, Step } from '../contract/api.ts';
import type { Clock } from '../net/clock.ts';
import type { Connect, Transport, TransportEnd } from '../net/tls-transport.ts';
import type { ConnectionEnd } from '../../protocol/dso/retry.ts';
import type { CloseOutput, EndCause } from '../../protocol/dso/session-output.ts';
import { unreachable } from '../../protocol/errors.ts';
import type { Change } from '../../protocol/push/change.ts';
import type { ClientOutput } from '../../protocol/push/client.ts';
import { PushClient } from '../../protocol/push/client.ts';
import type { RefusalMemory } from '../../protocol/push/refusal-memory.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import type { Name } from '../../protocol/wire/name.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import type { Interest } from './feed-interests.ts';
import { Interests } from './feed-interests.ts';
import { nameText } from './rows.ts';

/** A push server as discovery found it: the host and port of its SRV record, and the host's addresses. */
export interface PushServerTarget {
  readonly host: Name;
  readonly port: number;
  readonly addresses: readonly string[];
  /** Certificates to trust instead of the system's, as PEM. */
  readonly caPem: string | undefined;
}

/** Who watches a domain through a feed. A feed tells it about its own questions, and of all changes. */
export interface FeedUser {
  /** The zone that its questions lie in. */
  readonly zone: Name;
  /** The server accepted a question: from here on its changes are told, beginning with what is there. */
  accepted(question: Question): void;
  /** The server will not, or no longer, tell of a question; null when there were too many already. */
  refused(question: Question, refusal: Refusal | null): void;
  /** Changes of one PUSH, those of other users' questions among them. */
  changed(changes: readonly Change[]): void;
  /** What is known of a question that this user was told was accepted. */
  known(question: Question): readonly ResourceRecord[];
  /** How far the connection has come. */
  progressed(step: Step): void;
  /** The session is over and the feed with it; every question of every user is uncovered. */
  ended(end: FeedEnd): void;
}

/** How a feed ended. */
export interface FeedEnd {
  readonly cause: EndCause | 'dropped' | 'unreachable';
  /** Where on the way to a live domain it happened. */
  readonly step: Step;
  /** A sentence for people. */
  readonly reason: string;
  readonly retryDelayMs: number | undefined;
  /** How far the session had come. */
  readonly progress: ConnectionEnd['progress'];
}

/** What a feed needs of the world. */
export interface FeedDependencies {
  readonly clock: Clock;
  /** What this server has declined; it outlives the session. */
  readonly refusals: RefusalMemory;
  readonly connect: Connect;
  /** A batch of outputs was performed: what it put into tables belongs together. */
  readonly batchDone: () => void;
  readonly phaseChanged: (phase: SessionRow['phase']) => void;
  /** It is over; users are told afterwards. */
  readonly ended: (end: FeedEnd) => void;
}

/**
 * The driver of one push session: it owns the socket and the one timer, and performs the outputs of `PushClient` in order
 * from one queue. Several users share it, each question is subscribed to once (RFC 8490 §9.3, RFC 8765 §6.2.1).
 */
export class Feed {
  readonly target: PushServerTarget;
  readonly #dependencies: FeedDependencies;
  readonly #client: PushClient;
  readonly #transport: Transport;
  readonly #users = new Set<FeedUser>();
  readonly #interests = new Interests<FeedUser>();
  readonly #queue: ClientOutput[] = [];
  #state: 'connecting' | 'open' | 'closing' | 'ended' = 'connecting';
  #isPerforming = false;
  #progressed: ConnectionEnd['progress'] = 'none';
  #close: CloseOutput | undefined;
  #cancelTimer: () => void = () => undefined;

  constructor(target: PushServerTarget, dependencies: FeedDependencies) {
    this.target = target;
    this.#dependencies = dependencies;
    this.#client = new PushClient(dependencies.clock.nowMs());
    this.#transport = dependencies.connect(
      {
        serverName: nameText(target.host),
        port: target.port,
        addresses: target.addresses,
        ca: target.caPem,
      },
      {
        onPhase: (phase) => this.#progress(phase === 'connecting' ? 'tcp' : 'tls', phase),
        onSecure: () => this.#open(),
        onData: (chunk) => this.#perform(this.#client.receive(chunk, this.#nowMs())),
        onEnd: (end) => this.#ended(end),
      },
    );
  }

  /** How many subscriptions there are on the session. */
  get subscriptionCount(): number {
    return this.#client.subscriptionCount;
  }

  /** Whether it may be joined: it has not begun to end. */
  get isUsable(): boolean {
    return this.#state === 'connecting' || this.#state === 'open';
  }

  /** Asks questions for a user; what the session covers already is told at once. */
  ask(user: FeedUser, questions: readonly Question[]): void {
    if (!this.isUsable) return;
    this.#users.add(user);
    const outputs = questions.flatMap((question) => this.#join(user, question));
    if (outputs.length > 0) this.#perform(outputs);
  }

  /** A user no longer needs these answers; nobody else's are touched. */
  unask(user: FeedUser, questions: readonly Question[]): void {
    const left = questions.filter((question) => this.#interests.leave(user, question));
    const nowMs = this.#nowMs();
    if (this.#state !== 'open' || left.length === 0) return;
    this.#perform(left.flatMap((question) => this.#client.unsubscribe(question, nowMs)));
  }

  /** A user goes; with the last one the session is closed in good order rather than unsubscribed piece by piece (RFC 8765 §6.7). */
  leave(user: FeedUser): void {
    this.#users.delete(user);
    if (this.#users.size === 0) {
      this.close('nobody watches this server any more');
      return;
    }
    const wanted = this.#interests.all.filter(({ users }) => users.has(user));
    this.unask(
      user,
      wanted.map(({ question }) => question),
    );
  }

  /** Closes the session in good order. */
  close(reason: string): void {
    if (!this.isUsable) return;
    if (this.#state === 'open') this.#perform(this.#client.close('done', reason));
    else this.#transport.close();
    this.#state = 'closing';
  }

  #nowMs(): number {
    return this.#dependencies.clock.nowMs();
  }

  #join(user: FeedUser, question: Question): readonly ClientOutput[] {
    const { interest, other } = this.#interests.join(user, question, user.zone);
    if (other === undefined) return this.#state === 'open' ? this.#subscribe(interest) : [];
    if (interest.state.kind !== 'live') return [];
    user.accepted(question);
    user.changed(other.known(question).map((record) => ({ kind: 'add', record })));
    return [];
  }

  /** Subscribes, unless the server declined such a question too short a while ago (RFC 8765 §6.2.2). */
  #subscribe(interest: Interest<FeedUser>): readonly ClientOutput[] {
    const nowMs = this.#nowMs();
    const untilMs = this.#dependencies.refusals.mayAskAtMs(interest.zone, nowMs);
    interest.state = untilMs > nowMs ? { kind: 'held', untilMs } : { kind: 'asked' };
    return untilMs > nowMs ? [] : this.#client.subscribe(interest.question, nowMs);
  }

  #progress(step: Step, phase: SessionRow['phase']): void {
    this.#dependencies.phaseChanged(phase);
    for (const user of [...this.#users]) user.progressed(step);
    this.#dependencies.batchDone();
  }

  /** The server is authenticated: the opener and all first questions leave in one write. */
  #open(): void {
    if (this.#state !== 'connecting') return;
    this.#state = 'open';
    this.#progress('dso', 'establishing');
    const opener = this.#client.open(this.#nowMs());
    this.#perform([...opener, ...this.#interests.all.flatMap((interest) => this.#subscribe(interest))]);
  }

  /** Performs outputs in order, those that performing them brings forth last; all octets of a batch leave in one write. */
  #perform(outputs: readonly ClientOutput[]): void {
    this.#queue.push(...outputs);
    if (this.#isPerforming) return;
    this.#isPerforming = true;
    const bytes: Uint8Array[] = [];
    for (let output = this.#queue.shift(); output !== undefined; output = this.#queue.shift()) {
      if (output.kind === 'send') bytes.push(output.bytes);
      else if (output.kind === 'close') this.#hangUp(output, bytes.splice(0));
      else this.#tell(output);
    }
    this.#send(bytes);
    this.#isPerforming = false;
    this.#arm();
    this.#dependencies.batchDone();
  }

  /** The one timer: for the session's deadline and for questions that are held back. */
  #arm(): void {
    this.#cancelTimer();
    if (this.#state !== 'open') return;
    const dueMs = Math.min(this.#client.deadlineMs ?? Infinity, this.#interests.heldUntilMs);
    this.#cancelTimer = this.#dependencies.clock.at(dueMs, () => {
      const held = this.#interests.all.filter(({ state }) => state.kind === 'held');
      this.#perform([
        ...this.#client.tick(this.#nowMs()),
        ...held.flatMap((interest) => this.#subscribe(interest)),
      ]);
    });
  }

  #send(bytes: readonly Uint8Array[]): void {
    if (bytes.length > 0) this.#transport.send(bytes.length === 1 ? bytes[0]! : Buffer.concat(bytes));
  }

  #hangUp(close: CloseOutput, unsent: readonly Uint8Array[]): void {
    this.#close = close;
    this.#state = 'closing';
    this.#dependencies.phaseChanged('closing');
    this.#send(unsent);
    if (close.how === 'abort') this.#transport.abort();
    else this.#transport.close();
  }

  #tell(output: Exclude<ClientOutput, { readonly kind: 'send' | 'close' }>): void {
    switch (output.kind) {
      case 'established':
        this.#progressed = 'established';
        this.#progress('subscribe', 'established');
        return;
      case 'accepted': {
        const interest = this.#interests.find(output.question);
        if (interest === undefined) return;
        this.#progressed = 'useful';
        interest.state = { kind: 'live' };
        for (const user of interest.users) user.accepted(output.question);
        return;
      }
      case 'refused':
      case 'cancelled':
        this.#refuse(output.question, output.refusal);
        return;
      case 'over-limit':
        this.#refuse(output.question, null);
        return;
      case 'changes':
        for (const user of [...this.#users]) user.changed(output.changes);
        return;
      default:
        unreachable(output);
    }
  }

  #refuse(question: Question, refusal: Refusal | null): void {
    const interest = this.#interests.find(question);
    if (interest === undefined) return;
    this.#interests.remove(question);
    if (refusal !== null) this.#dependencies.refusals.refused(refusal, interest.zone, this.#nowMs());
    for (const user of interest.users) user.refused(question, refusal);
  }

  #ended(end: TransportEnd): void {
    if (this.#state === 'ended') return;
    this.#cancelTimer();
    this.#state = 'ended';
    this.#dependencies.phaseChanged('closed');
    const close = this.#close;
    const told: FeedEnd = {
      cause: close?.cause ?? (end.step === 'session' ? 'dropped' : 'unreachable'),
      step: close === undefined ? end.step : stepOf(close.cause, this.#progressed),
      reason: close === undefined ? end.reason : sentence(close.reason),
      retryDelayMs: close?.retryDelayMs,
      progress: this.#progressed,
    };
    this.#dependencies.ended(told);
    for (const user of [...this.#users]) user.ended(told);
    this.#users.clear();
    this.#dependencies.batchDone();
  }
}

function stepOf(cause: EndCause, progress: ConnectionEnd['progress']): Step {
  return cause === 'no-dso' || progress === 'none' ? 'dso' : 'session';
}

function sentence(reason: string): string {
  return `The session was ended: ${reason}.`;
}
