import { expect } from 'playwright/test';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { FakeDns } from '../../main/net/testing/fake-dns.ts';
import { test } from './test.ts';
import { toldOf } from './told.ts';

/** Domains that are live, and those that are not: the step at which each fails first, what is said of it, and what to do. */
const LIVE: readonly string[] = ['example.lab', 'good.lab', 'good-unsigned.lab', 'shared.lab'];
const FAILING: readonly (readonly [domain: string, step: string, failure: RegExp])[] = [
  [
    'nope.example.lab',
    '1, Zone',
    /nope\.example\.lab does not exist, says the zone example\.lab\. → Check its spelling/,
  ],
  ['nowhere', '1, Zone', /nowhere does not exist, says the root of DNS\. → Check its spelling/],
  ['lame.lab', '1, Zone', /SERVFAIL.* → Try again later, or ask who runs the domain/],
  ['expired.lab', '1, Zone', /signatures of the answers about expired\.lab do not check out/],
  ['bogus-srv.lab', '2, Push server', /signatures of the answers about .*bogus-srv\.lab do not check out/],
  ['dane-wrong.lab', '6, Identity', /TLSA/],
  ['no-srv.lab', '2, Push server', /has no SRV record for _dns-push-tls\._tcp\. → /],
  ['srv-dot.lab', '2, Push server', /its SRV record for _dns-push-tls\._tcp says so\. → /],
  ['dead.lab', '4, TCP connection', /Nothing listens at 127\.0\.0\.1 port \d+: .* → Check the network/],
  [
    'plain-dns.lab',
    '5, TLS',
    /did not complete TLS within 10 seconds, so nothing was sent\. It is no push server/,
  ],
  ['wrong-name.lab', '6, Identity', /for other names \(DNS:push\.elsewhere\.lab\).*so nothing was sent\. → /],
  [
    'expired-certificate.lab',
    '6, Identity',
    /has expired .*so nothing was sent\. → Who runs the server has to renew it/,
  ],
  ['self-signed.lab', '6, Identity', /authority that is not trusted here .*so nothing was sent\. → /],
  ['common-name-only.lab', '6, Identity', /names no host in its subjectAltName.*so nothing was sent\. → /],
  ['unknown-authority.lab', '6, Identity', /not trusted here \(CN=Somebody else\).*so nothing was sent\. → /],
  ['no-dso.lab', '7, DSO session', /NOTIMP.* → /],
];

test('against real name servers the first step that fails is the headline, and no domain hurts another', async ({
  lab,
  browse,
}) => {
  const { host, port } = lab.places.resolver;
  const options = [
    ...['--explain', '--resolver', `${host}:${port}`],
    ...['--anchors', lab.anchors.dsFile, '--ca', lab.caFile],
  ];
  const ended = await browse(...options, ...LIVE, ...FAILING.map(([domain]) => domain)).ended;
  const told = toldOf(ended);

  expect(ended).toMatchObject({ status: 1, stderr: '' });
  expect([...told.keys()]).toEqual([...LIVE, ...FAILING.map(([domain]) => domain)]);
  for (const domain of LIVE) {
    expect(told.get(domain)?.headline).toMatch(
      new RegExp(`^${domain} is live, by push\\.(?:${domain}|example\\.lab):\\d+\\.$`),
    );
    expect(told.get(domain)?.steps).toEqual(Array(10).fill(expect.stringMatching(/^\d+ ✓ /)));
  }
  for (const [domain, step, failure] of FAILING) {
    expect(told.get(domain)?.headline).toMatch(
      new RegExp(`^${domain} is not live: it failed at step ${step}\\.(?: It is polled instead\\.)?$`),
    );
    expect(told.get(domain)?.failure, domain).toMatch(failure);
  }
});

test('a network that answers every name with its own address is told as what it is', async ({
  browse,
  owned,
}) => {
  const captive = owned(await FakeDns.start());
  const answering = (async () => {
    for (;;) {
      const { query, answer } = await captive.next();
      const { name } = query.questions[0]!;
      const address = { name, type: RecordType.A, class: RecordClass.IN, ttlSeconds: 60 };
      answer({ answers: [{ ...address, rdata: Uint8Array.of(127, 0, 0, 1) }] });
    }
  })();
  void answering; // it waits for questions until the server is closed
  const ended = await browse('--explain', '--resolver', `127.0.0.1:${captive.endpoint.port}`, 'example.lab')
    .ended;
  const { headline, failure } = toldOf(ended).get('example.lab')!;

  expect(ended).toMatchObject({ status: 1, stderr: '' });
  expect(headline).toBe('example.lab is not live: it failed at step 1, Zone.');
  expect(failure).toMatch(
    /its answers hold no SOA record, as where a network wants you to sign in first\. → Try to sign in/,
  );
  expect(captive.received.length).toBeLessThan(20); // the climb, and the keys that would vouch for it
});
