import { createContext, useContext } from 'react';
import type { Command, CommandResult } from '../main/contract/command.ts';

/** Asks the main process for something; a refusal is a value with a message for people. */
export type Send = (command: Command) => Promise<CommandResult>;

/** The way to the main process, for every component of this window. */
export const SendContext = createContext<Send | null>(null);

/** The way to the main process. */
export function useSend(): Send {
  const send = useContext(SendContext);
  if (send === null) throw new TypeError('useSend outside of SendContext');
  return send;
}
