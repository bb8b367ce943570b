import { foldAscii, Name } from '../../wire/name.ts';
import type { RecordDelta } from '../../wire/record-delta.ts';
import type { Question, ResourceRecord } from '../../wire/record.ts';
import { hexOf } from '../../wire/text.ts';
import type { BrowserOutput, LookedAt } from '../browser.ts';
import { DnssdBrowser } from '../browser.ts';
import type { BrowseScope } from '../instance-name.ts';
import { scopeOf } from '../instance-name.ts';
import type { Service } from '../service.ts';
import type { FollowedTypes } from '../type-list.ts';
import { questionText } from './show.ts';

/** A browser and what somebody knows who does what it says. It fails where that makes no sense. */
export class Watch {
  readonly services = new Map<string, Service>();
  readonly asked = new Set<string>();
  readonly #browser: DnssdBrowser;
  readonly #reserved = new Set<string>();

  constructor(scope: BrowseScope | string) {
    this.#browser = new DnssdBrowser(typeof scope === 'string' ? scopeNamed(scope) : scope);
    this.#take(this.#browser.start());
  }

  /** Takes in one batch: records that come, and records that go. */
  batch(added: readonly ResourceRecord[], removed: readonly ResourceRecord[] = []): BrowserOutput {
    return this.apply([
      ...removed.map((record): RecordDelta => ({ kind: 'removed', record })),
      ...added.map((record): RecordDelta => ({ kind: 'added', record })),
    ]);
  }

  add(...records: readonly ResourceRecord[]): BrowserOutput {
    return this.batch(records);
  }

  remove(...records: readonly ResourceRecord[]): BrowserOutput {
    return this.batch([], records);
  }

  apply(deltas: readonly RecordDelta[]): BrowserOutput {
    return this.#take(this.#browser.apply(deltas));
  }

  /** Looks at the services with these instance names, and at no others. */
  look(at: LookedAt): BrowserOutput {
    return this.#take(this.#browser.look(at));
  }

  /** Lists the instances of these types, and of no others. */
  list(types: FollowedTypes): BrowserOutput {
    return this.#take(this.#browser.list(types));
  }

  stop(): BrowserOutput {
    return this.#take(this.#browser.stop());
  }

  /** All services as text, in order. */
  get shown(): readonly string[] {
    return [...this.services.values()].map(serviceText).toSorted();
  }

  /** All questions as text, their names in lower case, in order. */
  get questions(): readonly string[] {
    return [...this.asked].toSorted();
  }

  #take(output: BrowserOutput): BrowserOutput {
    for (const service of output.put) {
      this.services.set(service.name.key, service);
      this.#reserved.delete(service.name.key);
    }
    for (const { key } of output.reserve) {
      must(!this.#reserved.has(key), 'a name is reserved that is');
      this.services.delete(key);
      this.#reserved.add(key);
    }
    for (const name of output.drop) {
      const wasKnown = this.services.delete(name.key) || this.#reserved.delete(name.key);
      must(wasKnown, `${name.toString()} is dropped unseen`);
    }
    for (const question of output.unask.map(foldedText)) {
      must(this.asked.delete(question), `${question} is taken back unasked`);
    }
    for (const question of output.ask.map(foldedText)) {
      must(!this.asked.has(question), `${question} is asked twice`);
      this.asked.add(question);
    }
    return output;
  }
}

/** A service as text: everything that can be seen of it. */
export function serviceText(service: Service): string {
  const { name, instanceLabel, type, domain, srv, host, port, addresses, txt, missing } = service;
  const { isListingVouched, isLookedAt, isVouched } = service;
  const chosen =
    srv === undefined ? '-' : `${srv.priority} ${srv.weight} ${srv.port} ${srv.target.toString()}`;
  const entries = txt?.entries.map(({ key, value }) =>
    value.kind === 'octets' ? `${key}=${hexOf(value.octets)}` : `${key} ${value.kind}`,
  );
  return [
    name.toString(),
    `${instanceLabel} ${type} ${domain.toString()}`,
    chosen,
    `${host?.toString() ?? '-'}:${port ?? '-'}`,
    `[${addresses.join(' ')}]`,
    `{${entries?.join(' ') ?? '-'}}`,
    `missing ${missing.join(' ')}`,
    ...(isVouched ? [] : ['in doubt']),
    ...(isListingVouched ? [] : ['its listing too']),
    ...(isLookedAt ? [] : ['not looked at']),
  ].join(' | ');
}

/** A question as text, equal for questions that DNS holds equal. */
export function foldedText(question: Question): string {
  return questionText({ ...question, name: Name.of(foldAscii(question.name.toString())) });
}

function scopeNamed(text: string): BrowseScope {
  const parsed = scopeOf(Name.of(text));
  if (!parsed.ok) throw new TypeError(parsed.message);
  return parsed.scope;
}

function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
