import fs from 'node:fs';
import type { Reach, ReachResult } from '../contract/reach.ts';
import { parseReach } from '../contract/reach.ts';
import { parseResolver, writtenResolver } from '../net/resolver-address.ts';
import type { WatchedDomain } from '../storage/settings.ts';
import type { Sent } from './trusted-sender.ts';

/** The two questions of the settings window, which are also the channels. */
export const REACH_CHANNEL = { list: 'reach-list', set: 'reach-set' } as const;

/** What this needs of the rest. */
export interface DomainReachParts {
  readonly handlers: {
    handle(channel: string, listener: (event: Sent, raw: unknown) => unknown): void;
    removeHandler(channel: string): void;
  };
  /** Whether a message comes from the settings window: the other shows text from the network and may not choose whom to trust. */
  readonly isTrusted: (sent: Sent) => boolean;
  /** The domains that are kept. */
  readonly domains: () => readonly WatchedDomain[];
  /** Keeps a domain and watches it anew; resolves when it is kept for good. */
  readonly change: (domain: WatchedDomain) => Promise<void>;
}

const STRANGER = 'This page may not ask Herald for anything.';

/** Tells the settings window how each domain is reached, and changes it, at once and for good. */
export class DomainReach {
  readonly #parts: DomainReachParts;

  constructor(parts: DomainReachParts) {
    const { handlers, isTrusted } = parts;
    this.#parts = parts;
    handlers.handle(REACH_CHANNEL.list, (sent) => (isTrusted(sent) ? this.#list() : []));
    handlers.handle(REACH_CHANNEL.set, (sent, raw) =>
      isTrusted(sent) ? this.#set(parseReach(raw)) : { ok: false, message: STRANGER },
    );
  }

  /** Removes the handlers. */
  close(): void {
    for (const channel of Object.values(REACH_CHANNEL)) this.#parts.handlers.removeHandler(channel);
  }

  #list(): readonly Reach[] {
    return this.#parts.domains().map(({ name, resolver, caFile }) => ({
      name,
      resolver: resolver === null ? '' : writtenResolver(resolver),
      caFile,
    }));
  }

  async #set(reach: Reach | undefined): Promise<ReachResult> {
    const known = this.#parts.domains().find(({ name }) => name === reach?.name);
    if (reach === undefined || known === undefined) {
      return { ok: false, message: 'This domain is not in the list any more.' };
    }
    const text = reach.resolver.trim();
    const parsed = text === '' ? undefined : parseResolver(text);
    if (parsed?.ok === false) {
      return { ok: false, message: `${parsed.message} Leave it empty for the system’s.` };
    }
    const problem = reach.caFile === null ? undefined : certificatesProblem(reach.caFile);
    if (problem !== undefined) return { ok: false, message: problem };
    await this.#parts.change({ ...known, resolver: parsed?.address ?? null, caFile: reach.caFile });
    return { ok: true };
  }
}

/** What keeps a file from being one of certificates; undefined when nothing does. */
function certificatesProblem(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8').includes('-----BEGIN CERTIFICATE-----')
      ? undefined
      : `${file} holds no certificate in PEM form. Choose a file with BEGIN CERTIFICATE lines.`;
  } catch (error) {
    return `${file} cannot be read: ${(error as Error).message}. Choose another file.`;
  }
}
