/** How a domain is reached where that is special, as the settings window shows and says it. */
import { z } from 'zod';
import { PLACE_CHOICES } from './placing.ts';

const REACH = z.strictObject({
  /** The domain, by its name as shown. */
  name: z.string().min(1).max(1020),
  /** The resolver to ask for it: `HOST:PORT`, or `tls://HOST:PORT?pin=BASE64#NAME` over TLS; empty for the system's. */
  resolver: z.string().max(2000),
  /** The file with the certificate authorities to trust for it; null for the system's. */
  caFile: z.string().min(1).max(4096).nullable(),
  /** Whether a name of the server that DNS alone vouches for is not enough. */
  isStrict: z.boolean(),
  /** Pins of the server's key, with spaces between them; empty for none. */
  pins: z.string().max(2000),
  /** The file of a certificate of the user's own, and that of its key where it is another; null for none. */
  certFile: z.string().min(1).max(4096).nullable(),
  keyFile: z.string().min(1).max(4096).nullable(),
  /** The passphrase of that key; null for the one that is kept, which the window is not told. */
  passphrase: z.string().max(1000).nullable(),
  /** On which networks it is asked for. */
  place: z.enum(PLACE_CHOICES),
});

/** How one domain is reached. */
export type Reach = z.infer<typeof REACH>;

/** What became of a wish to reach a domain in another way; a refusal is a sentence for people. */
export type ReachResult = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** Reads what the settings window sent; undefined when it is something else. */
export function parseReach(raw: unknown): Reach | undefined {
  const parsed = REACH.safeParse(raw);
  return parsed.success ? parsed.data : undefined;
}
