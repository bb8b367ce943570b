import type { SessionOutput } from '../../../protocol/dso/session-output.ts';
import { DEFAULT_SERVER_OPTIONS, PushServerSession } from '../../../protocol/push/server.ts';
import type { Misbehaviour } from '../../demo/misbehaviour.ts';
import { MisbehavingSession } from '../../demo/misbehaviour-session.ts';
import type { PushSession } from '../../demo/push-connection.ts';
import { Responder } from '../../demo/responder.ts';
import { zones } from '../../demo/testing/zone-fixture.ts';
import { shownPeer } from '../../net/testing/shown-peer.ts';
import type { Connect, TransportEnd, TransportEvents } from '../../net/tls-transport.ts';
import { VirtualClock } from '../../net/virtual-clock.ts';

/** What a server under test is made of: an honest session, or one that breaks a rule. */
export type MakeSession = (honest: PushSession, nowMs: number) => PushSession;

/** Makes sessions that misbehave in one way. */
export function misbehaving(misbehaviour: Misbehaviour): MakeSession {
  return (honest, nowMs) => new MisbehavingSession(honest, misbehaviour, nowMs);
}

/** A push server for `office.test` on a network in memory, where time passes only when nothing else is left to do. */
export class SubjectLink {
  readonly clock = new VirtualClock();
  readonly #makeSession: MakeSession;
  readonly #store = zones({ 'office.test.': '_dns-push-tls._tcp SRV 0 0 853 push\npush A 192.0.2.1' });
  readonly #responder = new Responder(this.#store, [], this.clock);
  readonly #underWay: (() => void)[] = [];
  /** How many connections were made. */
  connections = 0;

  constructor(makeSession: MakeSession = (honest) => honest) {
    this.#makeSession = makeSession;
  }

  readonly connect: Connect = (_target, events) => {
    this.connections += 1;
    const { clock } = this;
    const honest = new PushServerSession(
      {
        isAuthoritative: (name) => this.#store.isAuthoritative(name),
        matching: (question) => this.#store.matching(question),
        answer: (query) => this.#responder.respond(query, true),
      },
      DEFAULT_SERVER_OPTIONS,
      clock.nowMs(),
    );
    const session = this.#makeSession(honest, clock.nowMs());
    let isOver = false;
    let stop = (): void => undefined;
    const later = (task: () => void): void => void this.#underWay.push(() => (isOver ? undefined : task()));
    const end = (kind: TransportEnd['kind']): void => {
      later(() => {
        isOver = true;
        stop();
        events.onEnd({ kind, step: 'session', reason: 'The test ended it.' });
      });
    };
    const perform = (outputs: readonly SessionOutput[]): void => {
      for (const output of outputs) performed(output, events, later, end);
      stop();
      const { deadlineMs } = session;
      if (deadlineMs !== undefined && !isOver)
        stop = clock.at(deadlineMs, () => perform(session.tick(clock.nowMs())));
    };
    later(() => {
      events.onSecure(shownPeer('subject.test'));
      perform([]);
    });
    return {
      send: (bytes) => later(() => perform(session.receive(bytes, clock.nowMs()))),
      close: () => end('closed'),
      abort: () => end('aborted'),
      bufferedBytes: 0,
    };
  };

  /** Lets everything happen, and time pass when nothing else is left, until a promise is settled. */
  async until<Value>(promise: Promise<Value>): Promise<Value> {
    let isSettled = false;
    void promise.finally(() => (isSettled = true));
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isSettled) return promise;
      const tasks = this.#underWay.splice(0);
      for (const task of tasks) task();
      if (tasks.length > 0) continue;
      const { nextDeadlineMs } = this.clock;
      if (nextDeadlineMs === Infinity) throw new Error('nothing is left to happen');
      this.clock.advance(Math.max(0, nextDeadlineMs - this.clock.nowMs()));
    }
  }
}

function performed(
  output: SessionOutput,
  events: TransportEvents,
  later: (task: () => void) => void,
  end: (kind: TransportEnd['kind']) => void,
): void {
  if (output.kind === 'send') later(() => events.onData(output.bytes));
  else end(output.how === 'abort' ? 'reset' : 'eof');
}
