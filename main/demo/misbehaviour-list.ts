import type { Misbehaviour } from './misbehaviour.ts';
import { HANDSHAKE_BREACHES, OPENER_BREACHES } from './misbehaviour-openers.ts';
import { CHANGE_BREACHES } from './misbehaviour-changes.ts';
import { MESSAGE_BREACHES } from './misbehaviour-messages.ts';

/** Every misbehaviour there is. */
export const MISBEHAVIOURS: readonly Misbehaviour[] = [
  ...HANDSHAKE_BREACHES,
  ...OPENER_BREACHES,
  ...MESSAGE_BREACHES,
  ...CHANGE_BREACHES,
];

/** The misbehaviour of this name; undefined when there is none. */
export function findMisbehaviour(name: string): Misbehaviour | undefined {
  return MISBEHAVIOURS.find((misbehaviour) => misbehaviour.name === name);
}

/** Every misbehaviour with what it does and what a client has to do about it, one a line. */
export function misbehaviourList(): string {
  const width = Math.max(...MISBEHAVIOURS.map(({ name }) => name.length));
  return MISBEHAVIOURS.map(
    ({ name, breach, section, clientEnd }) =>
      `  ${name.padEnd(width)}  ${breach} (${section}): ${DUTIES[clientEnd]}\n`,
  ).join('');
}

const DUTIES = {
  abort: 'a client aborts',
  graceful: 'a client closes in good order',
  dropped: 'a client leaves this server alone',
  failed: 'a client has no session',
} as const;
