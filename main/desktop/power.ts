import type { PowerMonitor } from 'electron';
import type { PauseInput } from '../browse/pause-policy.ts';

/** What happens beside: before the policy hears that the machine wakes, and at the end of the session. */
export interface PowerTurns {
  readonly wakes: () => void;
  readonly ends: () => void;
}

/**
 * Tells of sleep and of the locked screen, of which only macOS and Windows tell, and quits at the end of the session. What
 * is done within a call of `attention` is done before the system goes to sleep: Electron holds it for that long.
 */
export function followPower(
  power: Pick<PowerMonitor, 'on'>,
  attention: (input: PauseInput) => void,
  { wakes, ends }: PowerTurns,
): void {
  power.on('suspend', () => attention({ kind: 'suspend' }));
  power.on('resume', () => {
    wakes();
    attention({ kind: 'resume' });
  });
  power.on('lock-screen', () => attention({ kind: 'lock' }));
  power.on('unlock-screen', () => attention({ kind: 'unlock' }));
  power.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault(); // Herald ends itself, within a second; the types leave the event out
    ends();
  });
}
