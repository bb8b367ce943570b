import { Feed } from '../../browse/feed.ts';
import type { FeedEnd, FeedUser } from '../../browse/feed-user.ts';
import { connectTls } from '../../net/tls-transport.ts';
import { VirtualClock } from '../../net/virtual-clock.ts';
import { ReconfirmPolicy } from '../../../protocol/push/reconfirm.ts';
import { RefusalMemory } from '../../../protocol/push/refusal-memory.ts';
import { Name } from '../../../protocol/wire/name.ts';
import { RecordClass, RecordType } from '../../../protocol/wire/registry.ts';
import type { Misbehaviour } from '../misbehaviour.ts';
import { PushListener } from '../push-listener.ts';
import { Responder } from '../responder.ts';
import { CERTIFICATE } from './push-server.ts';
import { WireEar } from './wire-ear.ts';
import { zones } from './zone-fixture.ts';

/** What is asked of every server. */
export const QUESTION = {
  name: Name.of('_ipp._tcp.office.test'),
  type: RecordType.PTR,
  class: RecordClass.IN,
};

/** A push server for `office.test` that breaks one rule, on real sockets, with an ear on the wire in front of it. */
export class MisbehavingServer {
  readonly ear: WireEar;
  readonly #listener: PushListener;

  private constructor(listener: PushListener, ear: WireEar) {
    this.#listener = listener;
    this.ear = ear;
  }

  static async start(misbehaviour: Misbehaviour | undefined): Promise<MisbehavingServer> {
    const clock = new VirtualClock();
    const store = zones({ 'office.test.': '_ipp._tcp PTR One._ipp._tcp' });
    const responder = new Responder(store, [], clock);
    const listener = await PushListener.listen({
      port: 0,
      certificate: CERTIFICATE,
      clock,
      misbehaviour,
      maxVersion: 'TLSv1.2',
      zones: {
        isAuthoritative: (name) => store.isAuthoritative(name),
        matching: (question) => store.matching(question),
        answer: (query) => responder.respond(query, true),
      },
    });
    return new MisbehavingServer(listener, await WireEar.start(listener.port));
  }

  async stop(): Promise<void> {
    await this.ear.close();
    await this.#listener.close();
  }
}

/** Herald's own driver of a session at work, on real TLS and a clock that the test moves. */
export class WatchingClient {
  readonly clock = new VirtualClock();
  /** What it was told of changes, in order. */
  readonly changed: string[] = [];
  readonly accepted: Promise<void>;
  readonly ended: Promise<FeedEnd>;
  readonly feed: Feed;

  constructor(port: number) {
    let accept = (): void => undefined;
    let end: (told: FeedEnd) => void = () => undefined;
    this.accepted = new Promise((resolve) => (accept = resolve));
    this.ended = new Promise((resolve) => (end = resolve));
    const user: FeedUser = {
      zone: Name.of('office.test'),
      accepted: () => accept(),
      refused: () => undefined,
      changed: (changes) => void this.changed.push(...changes.map(({ kind }) => kind)),
      known: () => [],
      progressed: () => undefined,
      ended: (told) => end(told),
    };
    const target = {
      host: Name.of('push.office.test'),
      port,
      addresses: ['127.0.0.1'],
      serverName: 'push.office.test',
      policy: { ca: CERTIFICATE.caPem },
    };
    this.feed = new Feed(target, {
      clock: this.clock,
      refusals: new RefusalMemory(),
      reconfirms: new ReconfirmPolicy(),
      connect: (to, events) => connectTls({ ...to, clock: this.clock }, events),
      batchDone: () => undefined,
      phaseChanged: () => undefined,
      ended: () => undefined,
    });
    this.feed.ask(user, [QUESTION]);
  }
}
