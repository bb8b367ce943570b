import type { Name } from '../../protocol/wire/name.ts';
import type { Refusal } from '../../protocol/push/refusal.ts';
import type { Question, ResourceRecord } from '../../protocol/wire/record.ts';
import { Backoff } from './backoff.ts';
import type { ReadTrust } from '../net/domain-trust.ts';
import type { Placed } from './placed-questions.ts';
import { bySource, PlacedQuestions } from './placed-questions.ts';
import { nameText } from './rows.ts';
import type { SourceListener, SourceOwner, SourceWitness } from './source-owner.ts';
import { ZoneLocator } from './zone-locator.ts';
import type { SourceSubject } from './zone-follower.ts';
import type { SourceDependencies } from './source-dependencies.ts';
import { ZoneSource } from './zone-source.ts';

/** The zone that a watch is about. */
export interface HomeSubject extends SourceSubject {
  /** Whether the watch begins with a question: such is asked of the home zone, whatever that turns out to be. */
  readonly isVital: (question: Question) => boolean;
}

/** More other zones than these are not followed: what they hold stays listed, and unresolved. */
const MAX_GUESTS = 16;
const nothing = (): void => undefined;
/** How a guest stands shows in what it resolves. */
const UNWITNESSED: SourceWitness = {
  began: nothing,
  noted: nothing,
  progressed: nothing,
  movedOn: nothing,
  follows: nothing,
  believed: nothing,
  failed: nothing,
  polled: nothing,
  unanswered: nothing,
  roundEnded: nothing,
};

/**
 * The sources of what one watch asks: its home zone's, and a guest for each other zone that questions lead to, such as that
 * of an instance in another domain or of a host (RFC 8765 §6.1, RFC 8766 §5.3). A name within a zone that is known is taken
 * to lie in it until the server says NOTAUTH, for there may be another zone below.
 */
export class ZoneSources {
  readonly #subject: HomeSubject;
  readonly #dependencies: SourceDependencies;
  readonly #listener: SourceListener;
  readonly #home: ZoneSource;
  readonly #guests = new Set<ZoneSource>();
  /** The zone of each source, the home zone's once it was found. */
  readonly #zones = new Map<ZoneSource, Name>();
  readonly #placed = new PlacedQuestions<ZoneSource>();
  readonly #locator: ZoneLocator;
  #isResting = true;

  /** `witness` is told how the home zone's source stands. */
  constructor(
    subject: HomeSubject,
    dependencies: SourceDependencies,
    listener: SourceListener,
    witness: SourceWitness,
  ) {
    this.#subject = subject;
    this.#dependencies = dependencies;
    this.#listener = listener;
    this.#home = new ZoneSource(
      subject,
      dependencies,
      this.#ownerOf(() => this.#home),
      witness,
    );
    const { clock, search } = dependencies;
    this.#locator = new ZoneLocator(
      { clock, resolver: search.resolver, backoff: new Backoff(search.random) },
      (name, zone) => this.#found(name, zone),
    );
  }

  /** Begins to look for servers. */
  start(): void {
    this.#isResting = false;
    for (const source of this.#sources) source.start();
  }

  /** Ends what is under way; what was asked is kept for the next start. */
  rest(): void {
    this.#isResting = true;
    this.#locator.rest();
    for (const source of this.#sources) source.rest();
  }

  /** Tries again at once whatever waits to be tried: a person wants to know. */
  retry(): void {
    for (const source of this.#sources) source.retry();
    if (!this.#locator.isResting) this.#locator.start();
  }

  /** The network has changed: what was found out on the other one may not hold any more. */
  suspect(): void {
    for (const source of this.#sources) source.suspect();
    if (!this.#locator.isResting) this.#locator.start();
  }

  /** Asks questions, each of the source of its zone, until they are taken back. */
  ask(questions: readonly Question[]): void {
    const asked = questions.map((question) => this.#placed.enter(question));
    const again = asked.filter(({ source }) => source !== undefined);
    for (const [source, refused] of bySource(again)) source.ask(refused);
    this.#place(asked);
  }

  /** Takes questions back. */
  unask(questions: readonly Question[]): void {
    const taken = questions
      .map((question) => this.#placed.remove(question))
      .filter((placed) => placed !== undefined);
    for (const { question } of taken) this.#review(question.name);
    for (const [source, own] of bySource(taken)) source.unask(own);
    this.#dismiss();
  }

  get #sources(): readonly ZoneSource[] {
    return [this.#home, ...this.#guests];
  }

  /** Gives each question to the source of its zone, and looks for the zone where none is known. */
  #place(all: readonly Placed<ZoneSource>[]): void {
    const moved = all.filter((placed) => placed.source !== this.#sourceFor(placed.question));
    for (const placed of moved) {
      const { question, source } = placed;
      if (source !== undefined) {
        source.unask([question]);
        this.#listener.uncovered([question]);
      }
      placed.source = this.#sourceFor(question);
      placed.doubt = undefined;
    }
    for (const [source, questions] of bySource(moved)) source.ask(questions);
    for (const { question } of all) this.#review(question.name);
  }

  /** Looks for the zone of a name, or no longer, as its questions need it. Nothing is looked for before the home zone is found. */
  #review(name: Name): void {
    const isWanted = this.#placed
      .ofName(name)
      .some(({ source, doubt }) => source === undefined || doubt !== undefined);
    if (!isWanted) this.#locator.drop(name);
    else if (this.#zones.has(this.#home)) this.#locator.locate(name);
  }

  /** The source of the smallest zone known around a name. */
  #sourceFor(question: Question): ZoneSource | undefined {
    if (this.#subject.isVital(question)) return this.#home;
    let best: ZoneSource | undefined;
    let octets = 0;
    for (const [source, zone] of this.#zones) {
      if (zone.wire.length <= octets || !question.name.isWithin(zone)) continue;
      best = source;
      octets = zone.wire.length;
    }
    return best;
  }

  /** A source has found its zone, which as a rule it was known to have. */
  #located(source: ZoneSource, zone: Name): void {
    if (this.#zones.get(source)?.equals(zone) !== true) {
      this.#zones.set(source, zone);
      this.#place(this.#placed.all);
      this.#dismiss();
    }
    if (source === this.#home && this.#locator.isResting) this.#locator.start();
  }

  /** The zone was found of a name that no zone was known of, or that its source does not have. */
  #found(name: Name, zone: Name): void {
    const isKnown = [...this.#zones.values()].some((one) => one.equals(zone));
    if (!isKnown && this.#guests.size < MAX_GUESTS) this.#invite(name, zone);
    const own = this.#placed.ofName(name);
    const doubted = own.filter(({ doubt }) => doubt !== undefined);
    const doubts = doubted.map(({ source, doubt }) => ({ source, doubt }));
    for (const placed of doubted) placed.doubt = undefined;
    this.#place(isKnown ? own : this.#placed.all);
    for (const [at, placed] of doubted.entries()) {
      const { source, doubt } = doubts[at]!;
      // It does lie there: the server has the zone no longer, or not yet.
      if (placed.source !== source || doubt === undefined) continue;
      source?.lacks(doubt);
      this.#listener.refused(placed.question, doubt);
    }
    this.#dependencies.batchDone();
  }

  #refused(source: ZoneSource, question: Question, refusal: Refusal | null): void {
    const placed = this.#placed.find(question);
    if (placed === undefined || placed.source !== source) return;
    // A resolver says in any way it likes that it cannot follow a name (RFC 8765 §6.1).
    if (refusal === null || (refusal.scope !== 'zone' && !source.isAtResolver)) {
      this.#listener.refused(question, refusal);
      return;
    }
    this.#listener.uncovered([question]);
    placed.doubt = refusal;
    this.#review(question.name);
  }

  #accepted(question: Question): void {
    this.#trust(question);
    this.#listener.accepted(question);
  }

  #answered(question: Question, records: readonly ResourceRecord[]): void {
    this.#trust(question);
    this.#listener.answered(question, records);
  }

  /** The source has an answer to a question: there is no doubt any more. */
  #trust(question: Question): void {
    const placed = this.#placed.find(question);
    if (placed?.doubt === undefined) return;
    placed.doubt = undefined;
    this.#review(question.name);
  }

  #invite(name: Name, zone: Name): void {
    const { search } = this.#dependencies;
    const guest: ZoneSource = new ZoneSource(
      { name, text: nameText(zone), trust: () => guestTrust(this.#subject.trust()), isGuest: true },
      { ...this.#dependencies, backoff: new Backoff(search.random) },
      this.#ownerOf(() => guest),
      UNWITNESSED,
    );
    this.#guests.add(guest);
    this.#zones.set(guest, zone);
    if (!this.#isResting) guest.start();
  }

  /** Lets guests go that are asked nothing any more. */
  #dismiss(): void {
    for (const guest of this.#guests) {
      if (!guest.isIdle) continue;
      this.#guests.delete(guest);
      this.#zones.delete(guest);
      guest.rest();
    }
  }

  #ownerOf(source: () => ZoneSource): SourceOwner {
    const listener = this.#listener;
    return {
      located: (zone) => this.#located(source(), zone),
      accepted: (question) => this.#accepted(question),
      refused: (question, refusal) => this.#refused(source(), question, refusal),
      changed: (changes) => listener.changed(changes),
      answered: (question, records) => this.#answered(question, records),
      known: (question) => listener.known(question),
      uncovered: (questions) => listener.uncovered(questions),
    };
  }
}

/** Authorities and strictness hold wherever a domain leads to; the key of its server and what is shown to that are its own. */
function guestTrust(read: ReadTrust): ReadTrust {
  if (!read.ok) return read;
  const { caPem, isStrict = false } = read.trust;
  return { ok: true, trust: { caPem, isStrict } };
}
