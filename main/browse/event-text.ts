import type { ServiceRow } from '../contract/api.ts';
import { unreachable } from '../../protocol/errors.ts';
import type { ChangeEvent } from './change-events.ts';
import { printable } from './printable.ts';

const SIGNS = { added: '+', changed: '~', removed: '-' } as const;
const STATES = {
  discovering: 'is looked for',
  live: 'is live',
  polling: 'is polled',
  paused: 'is paused',
  elsewhere: 'is elsewhere',
  failed: 'failed',
} as const;

/**
 * An event as one line for people, fit for a terminal: `+`, `~` and `-` for a service that appeared, changed and left, `*` for
 * how a domain stands. Undefined for what only programs want to know.
 */
export function eventText(event: ChangeEvent, domainName: (id: string) => string): string | undefined {
  switch (event.event) {
    case 'domain': {
      const { name, state, step, reason } = event.row;
      if (state === 'discovering' && reason === null) return undefined;
      const where = step === null ? '' : ` (${step})`; // what is held is at no step
      return printable(`* ${name} ${STATES[state]}${reason === null ? '' : `${where}: ${reason}`}`);
    }
    case 'session':
      return undefined;
    case 'added':
    case 'changed':
    case 'removed':
      return printable(`${SIGNS[event.event]} ${serviceText(event.row, domainName)}`);
    default:
      return unreachable(event);
  }
}

function serviceText(row: ServiceRow, domainName: (id: string) => string): string {
  const place = row.host === null ? 'not resolved yet' : `${row.host}:${row.port}`;
  const addresses = row.addresses === null ? '' : ` ${row.addresses.join(' ')}`;
  return `${row.instance} | ${row.typeName} | ${domainName(row.domain)} | ${place}${addresses}`;
}
