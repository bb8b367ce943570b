import { expect, test } from 'vitest';
import type { Identity } from './testing/certificates.ts';
import { selfSigned, TestAuthority } from './testing/certificates.ts';
import { FakeTls } from './testing/fake-tls.ts';
import { AUTHORITY, open, SERVER_NAME } from './testing/recorded-transport.ts';

const names = [SERVER_NAME];

/** Connects to a server that shows this certificate; how it ended, and what the server could decrypt. */
async function refusal(identity: Identity) {
  const server = await FakeTls.start(identity);
  const { end, log } = open(server.port);
  const told = await end;
  const sent = await Promise.all(
    server.accepted.map(async ({ ending, text }) => {
      await ending;
      return text();
    }),
  );
  return { ...told, log, sent: sent.join('') };
}

test.each<readonly [string, Identity, RegExp]>([
  [
    'vouches for itself',
    selfSigned({ names }),
    /issued by an authority that is not trusted here \(CN=Test server\)/,
  ],
  [
    'is of another authority',
    new TestAuthority('Stranger').issue({ names }),
    /not trusted here \(CN=Stranger\)/,
  ],
  [
    'has expired',
    AUTHORITY.issue({ names, fromDay: -900, untilDay: -800 }),
    /has expired \(it was good until 20\d\d-\d\d-\d\d\)/,
  ],
  ['is not good yet', AUTHORITY.issue({ names, fromDay: 2 }), /good only from \d{4}-\d\d-\d\d on/],
  [
    'is for another name',
    AUTHORITY.issue({ names: ['foo.test'] }),
    /is for other names \(DNS:foo\.test\): the server is not/,
  ],
])('SEC-02: a server whose certificate %s is not spoken to', async (_, identity, reason) => {
  expect(await refusal(identity)).toMatchObject({
    kind: 'failed',
    step: 'identity',
    reason: expect.stringMatching(reason),
    log: ['connecting', 'securing', 'end'],
  });
});

test('SEC-01: a server that is not authenticated gets no octet, and is told what it is not', async () => {
  const { sent, reason } = await refusal(selfSigned({ names }));

  expect(sent).toBe('');
  expect(reason).toContain(`The certificate of ${SERVER_NAME} port `);
  expect(reason).toContain('so nothing was sent');
});

test('SEC-02: a server whose certificate is good, but of no authority in the file, is not spoken to', async () => {
  const server = await FakeTls.start(AUTHORITY.issue({ names }));
  const others = await open(server.port, { ca: new TestAuthority('Other').ca }).end;
  const junk = await open(server.port, {
    ca: '-----BEGIN CERTIFICATE-----\njunk\n-----END CERTIFICATE-----\n',
  }).end;
  const system = await open(server.port, { ca: undefined }).end;

  expect([others, junk, system].map(({ step }) => step)).toEqual(['identity', 'identity', 'identity']);
});

test('SEC-03: a name that stands only in the common name is not believed', async () => {
  const { step, reason } = await refusal(AUTHORITY.issue({ commonName: SERVER_NAME }));

  expect(step).toBe('identity');
  expect(reason).toContain('names no host in its subjectAltName');
});

test('SEC-03: the common name does not help where subjectAltName has other names', async () => {
  const { step } = await refusal(AUTHORITY.issue({ commonName: SERVER_NAME, names: ['foo.test'] }));

  expect(step).toBe('identity');
});

test.each([
  ['push.office.test', 'push.office.test', true],
  ['PUSH.Office.Test', 'push.office.test', true],
  ['*.office.test', 'push.office.test', true],
  ['*.office.test', 'office.test', false],
  ['*.office.test', 'a.push.office.test', false],
  ['p*.office.test', 'push.office.test', false],
  ['*.test', 'push.office.test', false],
  ['office.test', 'push.office.test', false],
])('SEC-03: a certificate for %s shows %s: %s', async (certified, serverName, isShown) => {
  const server = await FakeTls.start(AUTHORITY.issue({ names: [certified] }));
  const { secure, end } = open(server.port, { serverName });
  const outcome = await Promise.race([secure.then(() => true), end.then(() => false)]);

  expect(outcome).toBe(isShown);
});

test.each(['127.0.0.1', '2nd Floör.test', 'x'.repeat(64), 'a..b', '', 'push.office.test.'])(
  'SEC-02: "%s" cannot be shown by a certificate, so nothing connects to it',
  async (serverName) => {
    const server = await FakeTls.start(AUTHORITY.issue({ names }));
    const { end, log } = open(server.port, { serverName });

    expect(await end).toMatchObject({ kind: 'failed', step: 'identity' });
    expect(log).toEqual(['end']);
    expect(server.accepted).toEqual([]);
  },
);
