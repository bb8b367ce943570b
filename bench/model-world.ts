import { DomainModel } from '../main/browse/domain-model.ts';
import { Publisher } from '../main/browse/publisher.ts';
import type { Clock } from '../main/net/clock.ts';
import { keepaliveTlv } from '../protocol/dso/base-tlvs.ts';
import { framed } from '../protocol/dso/framer.ts';
import { writeDsoMessage } from '../protocol/dso/message.ts';
import { REST_MS } from '../protocol/dso/message-ids.ts';
import type { ClientOutput } from '../protocol/push/client.ts';
import { MAX_SUBSCRIPTIONS, PushClient } from '../protocol/push/client.ts';
import type { Question } from '../protocol/wire/record.ts';
import { Rcode } from '../protocol/wire/registry.ts';
import { benchService, DOMAIN, recordsOf, TYPE } from './generated-zone.ts';

/** Subscriptions of one service: SRV, TXT, A and AAAA. */
const SUBSCRIPTIONS_A_SERVICE = 4;
/** Room that is left among the subscriptions, so that services can come and go. */
const SPARE_SUBSCRIPTIONS = 100;
const TIMEOUTS = { inactivityMs: 15_000, keepaliveMs: 3_600_000 };

/**
 * A push client, a domain model and a publisher that hold so many services, opposite a server that accepts everything at
 * once. There is no socket and no real time: what is left is what a change costs the core. A session has 49,152
 * subscriptions at most; of services beyond them the model is told directly that they are covered.
 */
export class ModelWorld {
  readonly #services: number;
  readonly #client = new PushClient(0);
  readonly #publisher: Publisher;
  readonly #model: DomainModel;
  readonly #queue: ClientOutput[] = [];
  readonly #isOpen: boolean = false;
  #isPerforming = false;
  readonly #maxSubscriptions: number = MAX_SUBSCRIPTIONS - SPARE_SUBSCRIPTIONS;
  #nowMs = 0;
  #published = 0;

  constructor(services: number) {
    this.#services = services;
    const clock: Clock = {
      nowMs: () => this.#nowMs,
      wallMs: () => this.#nowMs,
      at: () => () => undefined,
    };
    this.#publisher = new Publisher(clock, 0);
    this.#publisher.onUpdate(({ tables }) => {
      this.#published += (tables.services?.put.length ?? 0) + (tables.services?.drop.length ?? 0);
    });
    this.#model = new DomainModel(
      { id: 'bench.test', scope: { domain: DOMAIN, type: TYPE } },
      { clock, publisher: this.#publisher, keepsMemory: true },
      {
        ask: (questions) => this.#ask(questions),
        unask: (questions) => {
          for (const question of questions) this.#perform(this.#client.unsubscribe(question, this.#nowMs));
        },
        servicesChanged: () => undefined,
      },
    );
    this.#isOpen = true;
    this.#perform(this.#client.open(0));
    this.#ask(this.#model.questions);
    for (let number = 0; number < services; number++) {
      for (const record of recordsOf(benchService(number))) this.#model.changed([{ kind: 'add', record }]);
    }
    this.#publisher.commit();
    this.#maxSubscriptions = MAX_SUBSCRIPTIONS;
  }

  /** How many services, from number 0 on, are subscribed to with all that they have. */
  get subscribedServices(): number {
    const most = Math.floor((MAX_SUBSCRIPTIONS - SPARE_SUBSCRIPTIONS - 1) / SUBSCRIPTIONS_A_SERVICE);
    return Math.min(this.#services, most);
  }

  /** How many services are there. */
  get serviceCount(): number {
    return this.#model.services.summary.services;
  }

  /** How many rows were published so far. */
  get published(): number {
    return this.#published;
  }

  /** Octets from the server: all that follows from them is done and published. Time passes, so that MESSAGE IDs can be used again. */
  receive(octets: Uint8Array): void {
    this.#nowMs += REST_MS;
    this.#perform(this.#client.receive(octets, this.#nowMs));
    this.#publisher.commit();
  }

  #ask(questions: readonly Question[]): void {
    if (!this.#isOpen) return; // what the model begins with is asked when the session is opened
    for (const question of questions) {
      if (this.#client.subscriptionCount < this.#maxSubscriptions) {
        this.#perform(this.#client.subscribe(question, this.#nowMs));
      } else {
        this.#model.accepted(question);
      }
    }
  }

  /** Performs outputs in order, what performing them brings forth last, as `Feed` does. */
  #perform(outputs: readonly ClientOutput[]): void {
    this.#queue.push(...outputs);
    if (this.#isPerforming) return;
    this.#isPerforming = true;
    for (let output = this.#queue.shift(); output !== undefined; output = this.#queue.shift()) {
      if (output.kind === 'send')
        this.#queue.push(...this.#client.receive(accepting(output.bytes), this.#nowMs));
      else if (output.kind === 'accepted') this.#model.accepted(output.question);
      else if (output.kind === 'changes') this.#model.changed(output.changes);
      else if (output.kind !== 'established') throw new TypeError(`the client must not be ${output.kind}`);
    }
    this.#isPerforming = false;
  }
}

/** The server's response to a framed request; nothing to a unidirectional message. */
function accepting(request: Uint8Array): Uint8Array {
  const id = (request[2]! << 8) | request[3]!;
  if (id === 0) return new Uint8Array();
  const isOpener = id === 1;
  const tlvs = isOpener ? [keepaliveTlv(TIMEOUTS)] : [];
  return framed(writeDsoMessage({ id, isResponse: true, rcode: Rcode.NOERROR }, tlvs));
}
