import type { ServiceRow } from '../contract/api.ts';
import type { CommandResult } from '../contract/command.ts';
import type { Doubt, ServiceCheck } from '../contract/service-check.ts';
import type { CheckTcp } from '../net/tcp-check.ts';
import { unreachable } from '../../protocol/errors.ts';
import type { ServiceEndpoint } from './endpoint-record.ts';

/** What checking services needs of the rest. */
export interface ServiceCheckParts {
  readonly checkTcp: CheckTcp;
  /** The row of a service, once its details are known; `signal` ends the wait for them. */
  readonly service: (id: string, signal: AbortSignal) => Promise<ServiceRow | undefined>;
  /** Why the services of a domain may not be looked for, as a sentence for people; null when they may. */
  readonly closedFor: (domain: string) => string | null;
  /** Asks the server of a service to reconfirm the record that says it is at `endpoint`, as far as that may be. */
  readonly doubt: (service: ServiceRow, endpoint: ServiceEndpoint) => Doubt;
}

/**
 * Checks services that a person doubts: each by one TCP connection to where its row says it is, however often it is asked
 * for meanwhile. Only what really failed is told to the server (RFC 8765 §6.5).
 */
export class ServiceChecks {
  readonly #parts: ServiceCheckParts;
  readonly #underWay = new Map<string, Promise<CommandResult>>();
  readonly #abort = new AbortController();

  constructor(parts: ServiceCheckParts) {
    this.#parts = parts;
  }

  /** Checks the service whose row has this id. */
  check(id: string): Promise<CommandResult> {
    const known = this.#underWay.get(id);
    if (known !== undefined) return known;
    const check = this.#check(id).finally(() => this.#underWay.delete(id));
    this.#underWay.set(id, check);
    return check;
  }

  /** Gives up what is under way. */
  close(): void {
    this.#abort.abort();
  }

  async #check(id: string): Promise<CommandResult> {
    const { service, checkTcp, closedFor, doubt } = this.#parts;
    const row = await service(id, this.#abort.signal);
    if (row === undefined) {
      return { ok: false, code: 'unknown-service', message: 'This service is not in the list any more.' };
    }
    const reason = closedFor(row.domain);
    if (reason !== null) return { ok: false, code: 'elsewhere', message: reason };
    if (row.type.toLowerCase().endsWith('._udp')) {
      return uncheckable(
        'It speaks UDP, where silence proves nothing: nobody can tell so whether it is there.',
      );
    }
    const { host, port, addresses } = row;
    if (host === null || port === null || addresses === null) {
      return uncheckable('Its records do not say yet where it is, so there is nothing to connect to.');
    }
    const { kind, text } = await checkTcp({ addresses, port }, this.#abort.signal);
    switch (kind) {
      case 'connected':
        return told({ verdict: 'reachable', doubt: null, text: `${text} Something is there.` });
      case 'untried':
        return uncheckable(`${text} That says nothing of the service: check the network of this machine.`);
      case 'failed': {
        const doubted = doubt(row, { host, port });
        return told({ verdict: 'unreachable', doubt: doubted, text: `${text} ${DOUBTS[doubted]}` });
      }
      default:
        return unreachable(kind);
    }
  }
}

/** What follows for the record of a service that nothing answers for. */
const DOUBTS: Readonly<Record<Doubt, string>> = {
  sent: 'The domain’s server was asked to check the record. If it finds the service gone, the row leaves the list.',
  'sent-lately': 'The domain’s server was asked to check the record less than a minute ago.',
  answered:
    'The domain’s server is not asked to check the record: it answered when it was, which ends the session.',
  'not-covered': 'No server can be asked to check the record now, for none vouches for it.',
};

function uncheckable(text: string): CommandResult {
  return told({ verdict: 'uncheckable', doubt: null, text });
}

function told(check: ServiceCheck): CommandResult {
  return { ok: true, check };
}
