import type { SessionRow } from '../contract/api.ts';
import type { Doubt } from '../contract/service-check.ts';
import type { SecurePeer } from '../net/tls-opening.ts';
import type { Transport, TransportEnd } from '../net/tls-transport.ts';
import type { ConnectionEnd } from '../../protocol/dso/retry.ts';
import type { CloseOutput } from '../../protocol/dso/session-output.ts';
import { unreachable } from '../../protocol/errors.ts';
import type { ClientOutput } from '../../protocol/push/client.ts';
import { PushClient } from '../../protocol/push/client.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import { refusalOf } from '../../protocol/push/refusal.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import { Rcode } from '../../protocol/wire/registry.ts';
import { FeedClimb } from './feed-climb.ts';
import type { FeedDependencies } from './feed-dependencies.ts';
import type { Interest } from './feed-interests.ts';
import { Interests } from './feed-interests.ts';
import type { FeedTask } from './feed-task.ts';
import { fulfilled } from './feed-task.ts';
import type { FeedEnd, FeedNews, FeedUser } from './feed-user.ts';
import type { PushServerTarget } from './push-server-target.ts';

/**
 * The driver of one push session: it owns the socket and the one timer, and performs the outputs of `PushClient` in order
 * from one queue. Several users share it, each question is subscribed to once (RFC 8490 §9.3, RFC 8765 §6.2.1).
 */
export class Feed {
  readonly target: PushServerTarget;
  readonly #dependencies: FeedDependencies;
  readonly #client: PushClient;
  readonly #transport: Transport;
  readonly #climb: FeedClimb;
  readonly #users = new Set<FeedUser>();
  readonly #interests = new Interests<FeedUser>();
  readonly #queue: FeedTask[] = [];
  #state: 'connecting' | 'open' | 'closing' | 'ended' = 'connecting';
  #isPerforming = false;
  #progressed: ConnectionEnd['progress'] = 'none';
  #close: CloseOutput | undefined;
  #cancelTimer: () => void = () => undefined;

  constructor(target: PushServerTarget, dependencies: FeedDependencies) {
    this.target = target;
    this.#dependencies = dependencies;
    this.#client = new PushClient(dependencies.clock.nowMs());
    this.#climb = new FeedClimb(target, dependencies.clock);
    this.#transport = dependencies.connect(
      {
        ...target.policy,
        serverName: target.serverName,
        port: target.port,
        addresses: target.addresses,
        ...(target.role === undefined ? {} : { role: target.role }),
      },
      {
        onPhase: (phase, address = '') =>
          this.#progress(
            phase === 'connecting' ? this.#climb.connecting() : this.#climb.securing(address),
            phase,
          ),
        onSecure: (peer) => this.#open(peer),
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

  /** Asks questions for a user; what the session covers already is told from what others know. */
  ask(user: FeedUser, questions: readonly Question[]): void {
    if (!this.isUsable) return;
    if (!this.#users.has(user)) {
      this.#users.add(user);
      this.#tellNews(user, this.#climb.news);
    }
    this.#perform([{ kind: 'ask', user, questions }]);
  }

  /** A user no longer needs these answers; nobody else's are touched. */
  unask(user: FeedUser, questions: readonly Question[]): void {
    this.#perform([{ kind: 'unask', user, questions }]);
  }

  /** Asks the server to reconfirm a record that proved stale, if it may be asked and a subscription covers it (RFC 8765 §6.5). */
  reconfirm(record: ResourceRecord): Doubt {
    const { reconfirms } = this.#dependencies;
    if (this.#state !== 'open' || this.#interests.find(record)?.state.kind !== 'live') return 'not-covered';
    if (!reconfirms.take(record, this.#nowMs())) return reconfirms.isOff ? 'answered' : 'sent-lately';
    this.#perform(this.#client.reconfirm(record, this.#nowMs()));
    return 'sent';
  }

  /** A user goes; with the last one the session is closed in good order rather than unsubscribed piece by piece (RFC 8765 §6.7). */
  leave(user: FeedUser): void {
    this.#users.delete(user);
    if (this.#users.size === 0) {
      this.close('nobody watches this server any more');
      return;
    }
    const wanted = this.#interests.all.filter(({ users }) => users.has(user));
    this.#perform(wanted.flatMap(({ question }) => this.#leave(user, question)));
  }

  /** The network or the machine has changed: a session that stands is to give a sign of life, or it ends. */
  probe(): void {
    if (this.#state === 'open') this.#perform(this.#client.probe(this.#nowMs()));
  }

  /** Closes the session in good order. */
  close(reason: string): void {
    if (!this.isUsable) return;
    if (this.#state === 'open') {
      this.#perform(this.#client.close('done', reason));
    } else {
      this.#close = { kind: 'close', how: 'graceful', cause: 'done', reason };
      this.#transport.close();
    }
    this.#state = 'closing';
  }

  #nowMs(): number {
    return this.#dependencies.clock.nowMs();
  }

  #join(user: FeedUser, question: Question): readonly ClientOutput[] {
    if (!this.#users.has(user)) return [];
    const zone = question.name.isWithin(user.zone) ? user.zone : question.name;
    const { interest, other } = this.#interests.join(user, question, zone);
    if (other === undefined) return this.#state === 'open' ? this.#subscribe(interest) : [];
    if (interest.state.kind !== 'live') return [];
    user.accepted(question);
    user.changed(other.known(question).map((record) => ({ kind: 'add', record })));
    return [];
  }

  #leave(user: FeedUser, question: Question): readonly ClientOutput[] {
    if (!this.#interests.leave(user, question) || this.#state !== 'open') return [];
    return this.#client.unsubscribe(question, this.#nowMs());
  }

  /** Subscribes, unless the server declined such a question too short a while ago (RFC 8765 §6.2.2). */
  #subscribe(interest: Interest<FeedUser>): readonly ClientOutput[] {
    const nowMs = this.#nowMs();
    const { refusals } = this.#dependencies;
    const { question, zone } = interest;
    const untilMs = refusals.mayAskAtMs(zone, nowMs);
    this.#interests.stand(interest, untilMs > nowMs ? { kind: 'held', untilMs } : { kind: 'asked' });
    if (untilMs > nowMs) return [];
    // Who asks for the very name that was declined gets the answer of then, and may look elsewhere.
    const delayMs = refusals.mayAskAtMs(question.name, nowMs) - nowMs;
    if (delayMs > 0) return [{ kind: 'refused', question, refusal: refusalOf(Rcode.NOTAUTH, delayMs) }];
    return this.#client.subscribe(question, nowMs);
  }

  #progress(news: readonly FeedNews[], phase: SessionRow['phase']): void {
    this.#dependencies.phaseChanged(phase);
    for (const user of [...this.#users]) this.#tellNews(user, news);
    this.#dependencies.batchDone();
  }

  /** A user for whom what the server showed is not enough leaves at that. */
  #tellNews(user: FeedUser, news: readonly FeedNews[]): void {
    for (const one of news) if (this.#users.has(user)) user.progressed(one);
  }

  /** The server is authenticated: the opener and all first questions leave in one write. */
  #open(peer: SecurePeer): void {
    if (this.#state !== 'connecting') return;
    this.#progress(this.#climb.secured(peer), 'establishing');
    if (!this.isUsable) return;
    this.#state = 'open';
    const opener = this.#client.open(this.#nowMs());
    this.#perform([...opener, ...this.#interests.all.flatMap((interest) => this.#subscribe(interest))]);
  }

  /** Performs outputs in order, those that performing them brings forth last; all octets of a batch leave in one write. */
  #perform(tasks: readonly FeedTask[]): void {
    this.#queue.push(...tasks);
    if (this.#isPerforming) return;
    this.#isPerforming = true;
    const bytes: Uint8Array[] = [];
    for (let task = this.#queue.shift(); task !== undefined; task = this.#queue.shift()) {
      if (task.kind === 'send') bytes.push(task.bytes);
      else if (task.kind === 'close') this.#hangUp(task, bytes.splice(0));
      else if (task.kind === 'ask')
        this.#queue.push(...fulfilled(task, (user, one) => this.#join(user, one)));
      else if (task.kind === 'unask')
        this.#queue.push(...fulfilled(task, (user, one) => this.#leave(user, one)));
      else this.#tell(task);
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
      this.#perform([
        ...this.#client.tick(this.#nowMs()),
        ...this.#interests.held.flatMap((interest) => this.#subscribe(interest)),
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
        this.#progress(this.#climb.established(this.#client.timeouts), 'established');
        return;
      case 'accepted': {
        const interest = this.#interests.find(output.question);
        if (interest === undefined) return;
        this.#progressed = 'useful';
        this.#interests.stand(interest, { kind: 'live' });
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
    // Which zone the name lies in after all is for its users to say.
    if (refusal !== null) this.#dependencies.refusals.refused(refusal, question.name, this.#nowMs());
    for (const user of interest.users) user.refused(question, refusal);
  }

  #ended(end: TransportEnd): void {
    if (this.#state === 'ended') return;
    this.#cancelTimer();
    this.#state = 'ended';
    this.#dependencies.phaseChanged('closed');
    const close = this.#close;
    const isMute = close === undefined && end.step === 'session' && this.#progressed === 'none';
    const cause = this.#client.wasReconfirmAnswered ? 'reconfirm-answered' : close?.cause;
    const told: FeedEnd = {
      cause: cause ?? (end.step === 'session' ? 'dropped' : 'unreachable'),
      step: end.step === 'session' && this.#progressed === 'none' ? 'dso' : end.step,
      reason:
        close === undefined
          ? this.#climb.lossReason(end.reason, isMute)
          : this.#climb.endReason({ ...close, cause: cause ?? close.cause }),
      retryDelayMs: close?.retryDelayMs,
      progress: this.#progressed,
      shown: end.shown,
    };
    this.#dependencies.ended(told);
    for (const user of [...this.#users]) user.ended(told);
    this.#users.clear();
    this.#dependencies.batchDone();
  }
}
