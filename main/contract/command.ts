/**
 * What a window may say, with its schema. Everything that arrives from a window is `unknown` until `parseCommand`
 * has read it.
 */
import { z } from 'zod';
import type { ServiceCheck } from './service-check.ts';
import type { Suggestion } from './suggestion.ts';
import { SERVICE_ID, VIEW } from './view.ts';

/** RFC 1035 §2.3.4 allows 255 octets; escaped text can be four times as long. */
const DOMAIN_TEXT = z.string().min(1).max(1020);

/** The longest text that a window may put on the clipboard. */
const MAX_COPIED = 100_000;

const CORE_COMMAND = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('add-domain'),
    domain: DOMAIN_TEXT,
    /** Whether it was taken from what the network suggests, and so means something there. */
    isSuggested: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('remove-domain'), id: DOMAIN_TEXT }),
  z.strictObject({ kind: z.literal('retry-domain'), id: DOMAIN_TEXT }),
  z.strictObject({ kind: z.literal('look-here'), id: DOMAIN_TEXT }),
  z.strictObject({ kind: z.literal('clear-departed'), id: SERVICE_ID.optional() }),
  z.strictObject({ kind: z.literal('dismiss-digest'), id: DOMAIN_TEXT }),
  z.strictObject({ kind: z.literal('suggest-domains') }),
  z.strictObject({ kind: z.literal('verify-service'), id: SERVICE_ID }),
]);

const SHELL_COMMAND = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pause') }),
  z.strictObject({ kind: z.literal('resume') }),
  z.strictObject({ kind: z.literal('visibility'), visibility: z.enum(['visible', 'hidden']) }),
  z.strictObject({ kind: z.literal('person') }),
  z.strictObject({ kind: z.literal('view'), view: VIEW }),
  z.strictObject({ kind: z.literal('watch-service'), id: SERVICE_ID }),
  z.strictObject({ kind: z.literal('watch-domain'), id: DOMAIN_TEXT }),
  z.strictObject({ kind: z.literal('unwatch'), id: SERVICE_ID }),
  z.strictObject({ kind: z.literal('open-settings') }),
  z.strictObject({ kind: z.literal('copy-text'), text: z.string().min(1).max(MAX_COPIED) }),
]);

const COMMAND = z.discriminatedUnion('kind', [CORE_COMMAND, SHELL_COMMAND]);

/**
 * What concerns what is watched: watch a domain, stop watching one, try a failed one again, ask for one on this network
 * too, ask the network which to watch,
 * check whether anything answers for a service.
 */
export type CoreCommand = z.infer<typeof CORE_COMMAND>;

/**
 * What concerns the application: stop watching everything, go on, say whether the page is seen and which services are, say that somebody pressed a
 * key or a button in it, open the settings window, or put a text on the clipboard, which pages may not do themselves.
 */
export type ShellCommand = z.infer<typeof SHELL_COMMAND>;

/** A request of a window. */
export type Command = CoreCommand | ShellCommand;

/** The answer to a command; a refusal carries a code for programs and a message for people. */
export type CommandResult =
  | {
      readonly ok: true;
      /** The id of the row of a domain that was added. */
      readonly id?: string;
      /** The answer to `suggest-domains`. */
      readonly suggestions?: readonly Suggestion[];
      /** The answer to `verify-service`. */
      readonly check?: ServiceCheck;
    }
  | { readonly ok: false; readonly code: RefusalCode; readonly message: string };

/** Why a command was refused. */
export type RefusalCode =
  | 'bad-command'
  | 'bad-name'
  | 'already-watched'
  | 'unknown-domain'
  | 'unknown-service'
  | 'paused'
  | 'elsewhere'
  | 'not-allowed'
  | 'ending';

/** Reads what a window sent; undefined when it is no command at all. */
export function parseCommand(raw: unknown): Command | undefined {
  const parsed = COMMAND.safeParse(raw);
  return parsed.success ? parsed.data : undefined;
}
