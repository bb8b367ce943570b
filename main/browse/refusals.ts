import type { CommandResult } from '../contract/command.ts';

type Refusal = Extract<CommandResult, { readonly ok: false }>;

/** The answer to a command on a domain that has been removed. */
export const UNKNOWN_DOMAIN: Refusal = {
  ok: false,
  code: 'unknown-domain',
  message: 'This domain is not in the list any more.',
};

/** The answer to whoever adds a domain, by its name as shown, that is there. */
export function alreadyWatched(text: string): Refusal {
  return { ok: false, code: 'already-watched', message: `${text} is watched already: it is in the list.` };
}

/** The answer to whoever wants a server asked while nothing is, for this reason. */
export function notWhilePaused(reason: string): Refusal {
  const message = `Nothing is asked at the moment. ${reason} Resume first; every domain is then tried again by itself.`;
  return { ok: false, code: 'paused', message };
}
