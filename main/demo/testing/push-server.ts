import type { AdmissionLimits } from '../../../protocol/push/admission.ts';
import { VirtualClock } from '../../net/virtual-clock.ts';
import { throwAwayCertificate } from '../certificate.ts';
import { PushListener } from '../push-listener.ts';
import { Responder } from '../responder.ts';
import type { Zone } from '../zone.ts';
import type { Zones } from '../zones.ts';
import { PushSubscriber } from './push-subscriber.ts';
import { zones } from './zone-fixture.ts';

/** One certificate for all tests, made out to `push.office.test`. */
export const CERTIFICATE = throwAwayCertificate(['push.office.test'], ['127.0.0.1'], Date.now());

/** A push server for `office.test` with a clock that the test moves, and what is to be ended with it. */
export class PushServer {
  readonly clock: VirtualClock;
  readonly store: Zones;
  readonly listener: PushListener;
  readonly #owned: (() => void)[] = [];

  private constructor(clock: VirtualClock, store: Zones, listener: PushListener) {
    this.clock = clock;
    this.store = store;
    this.listener = listener;
  }

  /** Starts one whose zone holds the records of `text`. */
  static async start(text: string, admission?: AdmissionLimits): Promise<PushServer> {
    const clock = new VirtualClock();
    const store = zones({ 'office.test.': text });
    const responder = new Responder(store, [], clock);
    const listener = await PushListener.listen({
      port: 0,
      certificate: CERTIFICATE,
      clock,
      admission,
      zones: {
        isAuthoritative: (name) => store.isAuthoritative(name),
        matching: (question) => store.matching(question),
        answer: (query) => responder.respond(query, true),
      },
    });
    store.onChange((changes) => listener.publish(changes));
    return new PushServer(clock, store, listener);
  }

  get zone(): Zone {
    return this.store.all[0]!;
  }

  /** A client with an open session. */
  async client(): Promise<PushSubscriber> {
    const client = await PushSubscriber.connect(this.listener.port, CERTIFICATE.caPem);
    this.owns(() => client.socket.destroy());
    return client;
  }

  /** Resolves once no session is left: the end of a connection is noticed between two turns of the event loop. */
  async emptied(): Promise<void> {
    while (this.listener.sessionCount > 0) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Has something ended together with the server. */
  owns(end: () => void): void {
    this.#owned.push(end);
  }

  /** Ends the clients, and the server unless the test has closed it. */
  async stop(): Promise<void> {
    for (const end of this.#owned) end();
    const closing = this.listener.close();
    this.clock.advance(1000);
    await closing;
  }
}
