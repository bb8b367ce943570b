/** The ladders of the sample domains, for looking at the panel without a network. */
import type { DomainRow } from '../../main/contract/api.ts';
import { sampleTrust } from './sample-certificates.ts';
import type { Evidence, LadderRow, LadderStep, Step } from '../../main/contract/ladder.ts';

const RESOLVER = '192.0.2.53 port 53';
const SERVER = '192.0.2.2 port 853';

type Passed = readonly [step: Step, title: string, text: string, evidence: Evidence | null];

function passedSteps(name: string): readonly Passed[] {
  const asked = `PTR _services._dns-sd._udp.${name}`;
  return [
    [
      'zone',
      'Zone',
      `${name} is a zone of its own.`,
      seen(`SOA ${name}`, RESOLVER, 12, `NOERROR, SOA ${name}`),
    ],
    [
      'srv',
      'Push server',
      `The push server of ${name} is ns.${name} port 853.`,
      seen(`SRV _dns-push-tls._tcp.${name}`, RESOLVER, 9, `NOERROR, SRV 0 0 853 ns.${name}.`),
    ],
    [
      'address',
      'Address',
      `ns.${name} has the address 192.0.2.2.`,
      seen(`A ns.${name}`, RESOLVER, 8, 'NOERROR, A 192.0.2.2'),
    ],
    ['tcp', 'TCP connection', `${SERVER} took the connection.`, seen('TCP', SERVER, 21, 'connected')],
    [
      'tls',
      'TLS',
      'The connection is secured by TLS 1.3.',
      seen('TLS', SERVER, 34, 'TLS 1.3, TLS_AES_256_GCM_SHA384, ALPN dot'),
    ],
    ['identity', 'Identity', sampleTrust(name).sentence, null],
    [
      'dso',
      'DSO session',
      `ns.${name} port 853 keeps a session open for changes.`,
      seen('KEEPALIVE', SERVER, 11, 'NOERROR, idle for 15 s, a keepalive every 60 min'),
    ],
    [
      'subscribe',
      'Subscription',
      `From here on the server tells of every change of ${asked}.`,
      seen(`SUBSCRIBE ${asked}`, SERVER, 12, 'NOERROR'),
    ],
    [
      'data',
      'First data',
      'What the domain lists has begun to arrive.',
      seen('PUSH', SERVER, 3, '32 changes'),
    ],
    ['session', 'Staying up', 'The session stands; should it be lost, it is renewed at once.', null],
  ];
}

/** The ladder that leads to a domain as it stands. */
export function sampleLadder({ id, name, step, reason, sinceMs }: DomainRow): LadderRow {
  const steps = passedSteps(name);
  const failed = step === null ? steps.length : steps.findIndex(([one]) => one === step);
  return {
    id,
    steps: steps.map(([one, title, text, evidence], at): LadderStep => {
      const basic = { step: one, title, next: null, atMs: sinceMs } as const;
      if (at < failed)
        return { ...basic, verdict: 'passed', text, evidence: evidence === null ? [] : [evidence] };
      if (at > failed) return { ...basic, verdict: 'not-tried', text: null, evidence: [], atMs: null };
      const answer = [seen('Certificate', SERVER, 30, 'failed')];
      return {
        ...basic,
        verdict: 'failed',
        text: reason,
        next: 'Ask who runs the server.',
        evidence: answer,
      };
    }),
  };
}

function seen(query: string, server: string, tookMs: number, answer: string): Evidence {
  return { query, server, tookMs, answer };
}
