import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { TestAuthority } from '../net/testing/certificates.ts';
import type { WatchedDomain } from '../storage/settings.ts';
import { answerDomainReach, REACH_CHANNEL } from './domain-reach.ts';
import { FakeSettingsPage } from './testing/settings-page.ts';

const OFFICE: WatchedDomain = { name: 'office.test', resolver: { host: '::1', port: 5353 }, caFile: null };
/** Nothing special, as the window says it. */
const PLAIN = {
  name: 'office.test',
  resolver: '',
  caFile: null,
  isStrict: false,
  pins: '',
  certFile: null,
  keyFile: null,
  passphrase: null,
  place: 'default',
};
const PIN = '27XG8s3EydTV8lw9aE6TBTWaWKqzBvrYS64+nxzZau0=';

function fixture(domain = OFFICE) {
  const page = new FakeSettingsPage();
  const changed: WatchedDomain[] = [];
  answerDomainReach(page.desk, {
    domains: () => [domain],
    change: (other) => {
      changed.push(other);
      return Promise.resolve();
    },
  });
  return { ask: page.ask.bind(page), changed };
}

test('the window is told how each domain is reached', () => {
  expect(fixture().ask(REACH_CHANNEL.list)).toEqual([{ ...PLAIN, resolver: '[::1]:5353' }]);
});

test('a resolver and a file of certificates are taken, and nothing means the system’s', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reach-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, new TestAuthority().ca);
  const { ask, changed } = fixture();

  const chosen = [{ ...PLAIN, resolver: ' 192.0.2.53 ', caFile }, PLAIN];
  for (const reach of chosen) expect(await ask(REACH_CHANNEL.set, reach)).toEqual({ ok: true });
  expect(changed).toEqual([
    { name: 'office.test', resolver: { host: '192.0.2.53', port: 53 }, caFile },
    { name: 'office.test', resolver: null, caFile: null },
  ]);
});

test('a resolver over TLS is taken and told as it is written', () => {
  const text = 'tls://192.0.2.53:8853?pin=27XG8s3EydTV8lw9aE6TBTWaWKqzBvrYS64+nxzZau0=#dns.test';
  const { ask, changed } = fixture();
  ask(REACH_CHANNEL.set, { ...PLAIN, resolver: text });

  expect(changed).toMatchObject([
    { resolver: { host: '192.0.2.53', port: 8853, identity: { name: 'dns.test' } } },
  ]);
  expect(fixture(changed[0]).ask(REACH_CHANNEL.list)).toMatchObject([{ resolver: text }]);
});

test('strictness, pins and an identity are taken and told; the passphrase is kept and not told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reach-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const certFile = join(folder, 'me.pem');
  const { cert, key } = new TestAuthority().issue({ commonName: 'Alice' });
  writeFileSync(certFile, cert + key);
  const wish = { ...PLAIN, isStrict: true, pins: ` ${PIN},${PIN} `, certFile, passphrase: 'secret' };
  const { ask, changed } = fixture();
  expect(await ask(REACH_CHANNEL.set, wish)).toEqual({ ok: true });

  const demands = { isStrict: true, pins: [PIN, PIN], certFile, keyFile: null, passphrase: 'secret' };
  expect(changed).toEqual([{ name: 'office.test', resolver: null, caFile: null, demands }]);
  const later = fixture(changed[0]);
  expect(later.ask(REACH_CHANNEL.list)).toEqual([
    { ...PLAIN, isStrict: true, pins: `${PIN} ${PIN}`, certFile, passphrase: null },
  ]);
  await later.ask(REACH_CHANNEL.set, { ...wish, isStrict: false, passphrase: null });
  expect(later.changed).toMatchObject([{ demands: { isStrict: false, passphrase: 'secret' } }]);
});

test('a passphrase goes with the certificate that it was for', async () => {
  const demands = { isStrict: true, pins: [], certFile: '/old.p12', keyFile: null, passphrase: 'secret' };
  const { ask, changed } = fixture({ ...OFFICE, demands });
  await ask(REACH_CHANNEL.set, { ...PLAIN, isStrict: true });
  expect(changed).toMatchObject([{ demands: { certFile: null, passphrase: null } }]);
});

test.each([
  ['a resolver that is none', { ...PLAIN, resolver: '1.2.3.4:99999' }, /no resolver/],
  ['a file that is not there', { ...PLAIN, caFile: '/nowhere/ca.pem' }, /cannot be read/],
  ['a file without certificates', { ...PLAIN, caFile: `${import.meta.dirname}/app.ts` }, /no certificate/],
  ['a pin that is none', { ...PLAIN, pins: `${PIN} abc` }, /“abc” is no pin/],
  [
    'a certificate without its key',
    { ...PLAIN, certFile: `${import.meta.dirname}/app.ts` },
    /holds no certificate/,
  ],
  ['a domain that is not watched', { ...PLAIN, name: 'lab.test' }, /not in the list/],
  ['what is no wish at all', { resolver: 3 }, /not in the list/],
])('%s is refused with a sentence, and nothing is changed', async (_, raw, message) => {
  const { ask, changed } = fixture();

  expect(await ask(REACH_CHANNEL.set, raw)).toEqual({ ok: false, message: expect.stringMatching(message) });
  expect(changed).toEqual([]);
});

test('where a domain is asked for is chosen without forgetting the networks that it is of', async () => {
  const place = { choice: 'default', isSuggested: true, networks: ['A'.repeat(22)] } as const;
  const known = fixture({ ...OFFICE, place });
  expect(known.ask(REACH_CHANNEL.list)).toMatchObject([{ place: 'default' }]);
  for (const choice of ['anywhere', 'own-networks', 'default'])
    await known.ask(REACH_CHANNEL.set, { ...PLAIN, place: choice });
  expect(known.changed.map((domain) => domain.place)).toEqual([
    { ...place, choice: 'anywhere' },
    { ...place, choice: 'own-networks' },
    place,
  ]);

  const fresh = fixture();
  await fresh.ask(REACH_CHANNEL.set, { ...PLAIN, place: 'own-networks' });
  expect(fresh.changed[0]?.place).toEqual({ choice: 'own-networks', isSuggested: false, networks: [] });
});
