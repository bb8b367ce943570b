import type { BrowserApi, BrowserBridge, Snapshot, Update } from '../main/contract/api.ts';

/** The main process behind its bridge. What it tells is ours, so it is taken as it is. */
export function apiOver(bridge: BrowserBridge): BrowserApi {
  return {
    snapshot: async () => JSON.parse(await bridge.snapshot()) as Snapshot,
    onUpdate: (listener) => bridge.onUpdate((update) => listener(JSON.parse(update) as Update)),
    send: (command) => bridge.send(command),
  };
}
