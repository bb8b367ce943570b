import type { BrowserApi, Snapshot, Update } from '../../main/contract/api.ts';
import type { ServiceCheck } from '../../main/contract/service-check.ts';

const SUGGESTIONS = ['example.org', 'printers.example.org'].map((name, at) => ({
  id: name,
  name,
  isDefault: at === 0,
  sources: ['lb._dns-sd._udp.example.org, asked for the search domain example.org'],
}));

const CHECK: ServiceCheck = {
  verdict: 'unreachable',
  doubt: 'sent',
  text: 'Nothing listens at 192.0.2.20 port 631. The domain’s server was asked to check the record. If it finds the service gone, the row leaves the list.',
};

/** A main process that holds a snapshot and can be told to publish updates. */
export interface FakeApi extends BrowserApi {
  publish(tables: Update['tables']): void;
}

/** A main process without any network; it refuses every domain, so that a refusal can be looked at. */
export function fakeApi(first: Snapshot): FakeApi {
  const listeners = new Set<(update: Update) => void>();
  let revision = first.revision;
  return {
    snapshot: () => Promise.resolve(first),
    onUpdate: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send: (command) =>
      Promise.resolve(
        command.kind === 'suggest-domains'
          ? { ok: true, suggestions: SUGGESTIONS }
          : command.kind === 'add-domain'
            ? {
                ok: false,
                code: 'bad-name',
                message: `“${command.domain}” is no domain name. Type one like example.org.`,
              }
            : command.kind === 'verify-service'
              ? { ok: true, check: CHECK }
              : { ok: true },
      ),
    publish: (tables) => {
      revision += 1;
      for (const listener of listeners) listener({ revision, tables });
    },
  };
}
