import { readFile } from 'node:fs/promises';
import { expect } from 'playwright/test';
import { Workspace } from '../../main/browse/workspace.ts';
import type { DomainRow } from '../../main/contract/api.ts';
import { systemClock } from '../../main/net/clock.ts';
import { cryptoRandom } from '../../main/net/random.ts';
import { ResolverDirectory } from '../../main/net/resolver-directory.ts';
import { SecureContexts } from '../../main/net/secure-contexts.ts';
import { checkTcp } from '../../main/net/tcp-check.ts';
import { connectTls } from '../../main/net/tls-transport.ts';
import type { Lab } from './lab.ts';
import { anchorsOf } from './oracles/herald-verdict.ts';
import { test } from './test.ts';

/** Domains whose server is who they say by DNSSEC, whatever else is wrong with its certificate. */
const BY_DANE = [
  ...['example.lab', 'dane-ee.lab', 'dane-ee-whole.lab', 'dane-ee-sha512.lab', 'dane-ta.lab'],
  ...['dane-ta-key.lab', 'pkix-ta.lab', 'pkix-ee.lab', 'dane-rollover.lab'],
];

/** Domains that are refused, although the certificates of most would pass without DNSSEC: the step, and why. */
const REFUSED: readonly (readonly [domain: string, step: string, reason: RegExp])[] = [
  [
    'dane-wrong.lab',
    'identity',
    /^None of the TLSA records of push\.dane-wrong\.lab port \d+ fits .* nothing was sent\./,
  ],
  ['dane-ta-name.lab', 'identity', /for other names \(DNS:push\.elsewhere\.lab\).* nothing was sent\./],
  ['dane-ta-expired.lab', 'identity', /the certificate has expired.* nothing was sent\./],
  ['pkix-ee-name.lab', 'identity', /for other names \(DNS:push\.elsewhere\.lab\).* nothing was sent\./],
  [
    'bogus-srv.lab',
    'srv',
    /The signature of the SRV records of _dns-push-tls\._tcp\.bogus-srv\.lab .* does not fit them\./,
  ],
  [
    'bogus-address.lab',
    'address',
    /The signature of the A records of push\.bogus-address\.lab .* does not fit them\./,
  ],
  [
    'bogus-tlsa.lab',
    'identity',
    /The signature of the TLSA records of _\d+\._tcp\.push\.bogus-tlsa\.lab .* does not fit/,
  ],
  ['expired.lab', 'zone', /The signature of .* ended on .*: the zone is no longer signed in time/],
  [
    'bogus-keys.lab',
    'zone',
    /do not check out: they were altered on the way, or the domain is set up wrong\./,
  ],
];

/** Watches domains, validated by the lab's anchors, from a resolver that does not validate; the rows once every one is decided. */
async function decided(
  lab: Lab,
  owned: (workspace: Workspace) => Workspace,
  domains: readonly string[],
): Promise<ReadonlyMap<string, DomainRow>> {
  const parts = { clock: systemClock, random: cryptoRandom };
  const directory = new ResolverDirectory({ ...parts, anchors: anchorsOf(lab) });
  const contexts = new SecureContexts();
  const workspace = owned(
    new Workspace({
      ...parts,
      connect: (target, events) => connectTls({ ...target, clock: systemClock, contexts }, events),
      checkTcp: checkTcp(systemClock),
      resolverAt: directory.at,
      enumerationBases: () => Promise.resolve([]),
      updateIntervalMs: 0,
    }),
  );
  const rows = (): readonly DomainRow[] => workspace.snapshot().tables.domains;
  const all = new Promise<void>((resolve) => {
    workspace.onUpdate(() => {
      const isDecided = rows().every(({ state }) => state === 'live' || state === 'failed');
      if (isDecided && rows().length === domains.length) resolve();
    });
  });
  const caPem = await readFile(lab.caFile, 'utf8');
  for (const domain of domains) workspace.watch({ domain, resolver: lab.places.plainResolver, caPem });
  await all;
  directory.close();
  return new Map(rows().map((row) => [row.name, row]));
}

test('SEC-06: from real DNS to a session: a server is trusted by the TLSA records of its signed domain', async ({
  lab,
  owned,
}) => {
  const rows = await decided(lab, owned, [...BY_DANE, 'good.lab', 'dane-unsigned.lab']);

  for (const domain of BY_DANE) {
    expect(rows.get(domain), domain).toMatchObject({ state: 'live', trust: { level: 'dane' } });
  }
  // Without TLSA records, and with those of an unsigned zone, which count for nothing, an authority decides.
  expect(rows.get('good.lab')).toMatchObject({ state: 'live', trust: { level: 'chosen' } });
  expect(rows.get('dane-unsigned.lab')).toMatchObject({ state: 'live', trust: { level: 'chosen' } });
});

test('SEC-07: a signed domain whose server is not the one, or whose signatures are wrong, is refused with the reason and shows nothing', async ({
  lab,
  owned,
}) => {
  const rows = await decided(lab, owned, [...REFUSED.map(([domain]) => domain), 'example.lab']);

  for (const [domain, step, reason] of REFUSED) {
    expect(rows.get(domain), domain).toMatchObject({ state: 'failed', step, trust: null, services: 0 });
    expect(rows.get(domain)?.reason, domain).toMatch(reason);
  }
  expect(rows.get('example.lab')).toMatchObject({ state: 'live' }); // and none hurts another
});
