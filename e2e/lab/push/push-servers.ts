import { readZoneFile } from '../../../main/demo/zone-file.ts';
import { PushListener } from '../../../main/demo/push-listener.ts';
import { Responder } from '../../../main/demo/responder.ts';
import { Zones } from '../../../main/demo/zones.ts';
import { systemClock } from '../../../main/net/clock.ts';
import type { Identity } from '../../../main/net/testing/certificates.ts';
import type { PushZones } from '../../../protocol/push/server.ts';
import { LAB_AUTHORITY } from './identities.ts';

/**
 * The push servers of the lab: Herald's own, each with an identity of its own and all with the same zones. They listen before there
 * are zones, since what DNS says of them has their ports in it.
 */
export class PushServers {
  readonly #listeners: PushListener[] = [];
  #store = new Zones([]);
  #responder = new Responder(this.#store, [], systemClock);
  readonly #zones: PushZones = {
    isAuthoritative: (name) => this.#store.isAuthoritative(name),
    matching: (question) => this.#store.matching(question),
    answer: (query) => this.#responder.respond(query, true),
  };

  /** Starts one; gives its port. */
  async listen({ cert, key }: Identity): Promise<number> {
    const certificate = { caPem: LAB_AUTHORITY.ca, certPem: cert, keyPem: key };
    const listener = await PushListener.listen({
      port: 0,
      certificate,
      zones: this.#zones,
      clock: systemClock,
    });
    this.#listeners.push(listener);
    return listener.port;
  }

  /** What they serve from now on: master files, as the name servers have them before they are signed. */
  load(texts: readonly string[]): void {
    this.#store = new Zones(
      texts.map((text) => {
        const result = readZoneFile(text, 'of the lab');
        if (!result.ok) throw new TypeError(result.message);
        return result.zone;
      }),
    );
    this.#responder = new Responder(this.#store, [], systemClock);
    this.#store.onChange((changes) => {
      for (const listener of this.#listeners) listener.publish(changes);
    });
  }

  /** The zones themselves, to look at and to change. */
  get store(): Zones {
    return this.#store;
  }

  async close(): Promise<void> {
    await Promise.all(this.#listeners.map((listener) => listener.close()));
  }
}
