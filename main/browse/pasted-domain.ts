/** The host of a URL, without user, port and brackets. */
const URL_HOST = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:[\]]+|\[[^\]]*\])/i;
/** What stands behind the @ of an address. */
const MAIL_HOST = /^(?:mailto:)?[^\s@/]+@([^\s@/?]+)/i;

/**
 * The domain that a pasted text means: the host of a URL without the `www.` that nobody browses, what stands behind the @ of
 * an e-mail address, and any other text as it is.
 */
export function pastedDomain(text: string): string {
  const trimmed = text.trim();
  const [, host] = URL_HOST.exec(trimmed) ?? MAIL_HOST.exec(trimmed) ?? [];
  return host === undefined ? trimmed : host.replace(/^www\.(?=.*\.)/i, '');
}
