/** The part of an IPC event that decides whether it may speak for a person. */
export interface Sent {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/** Whether a message comes from the main frame of the browser window and from a page of ours. */
export function isTrustedSender(sent: Sent, windowId: number | undefined, origin: string): boolean {
  const { sender, senderFrame } = sent;
  if (windowId === undefined || sender.id !== windowId) return false;
  if (senderFrame === null || senderFrame.parent !== null) return false;
  return URL.canParse(senderFrame.url) && originOf(senderFrame.url) === originOf(origin);
}

/** `URL.origin` is opaque (`null`) for schemes that Node does not know, so scheme and host are compared. */
function originOf(address: string): string {
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}
