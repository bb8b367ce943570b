import { writeFile } from 'node:fs/promises';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:tls';
import { expect } from 'playwright/test';
import { TestAuthority } from '../../main/net/testing/certificates.ts';
import { pinOf } from '../../main/net/spki-pins.ts';
import type { Demo } from '../testing/demo.ts';
import { test } from '../testing/test.ts';
import { told } from '../testing/told.ts';

/** The pin of the demo's push server, as anybody can look it up. */
async function pinOfPush({ network }: Demo): Promise<string> {
  const socket = connect({
    host: '127.0.0.1',
    port: network.pushPort,
    ca: network.caPem,
    servername: network.target,
  });
  await once(socket, 'secureConnect');
  const { raw } = socket.getPeerCertificate();
  socket.destroy();
  return pinOf(new X509Certificate(raw));
}

test('a domain that is live says why its server is believed', async ({ browse, demo }) => {
  const command = browse('--json', ...demo.options, 'office.test');
  const live = await told(command, { event: 'domain', state: 'live' });
  expect(live).toMatchObject({
    trust: {
      level: 'chosen',
      sentence: 'An authority that is trusted for office.test alone vouches for its name, office.test.',
    },
  });
});

test('SEC-13: the pin of the server lets it in, and another one keeps it out, though its name is right', async ({
  browse,
  demo,
}) => {
  const right = browse('--json', '--pin', await pinOfPush(demo), ...demo.options, 'office.test');
  expect(await told(right, { event: 'domain', state: 'live' })).toMatchObject({ trust: { level: 'pinned' } });

  const wrong = browse('--json', '--pin', `${'A'.repeat(43)}=`, ...demo.options, 'office.test');
  expect(await told(wrong, { event: 'domain', state: 'failed' })).toMatchObject({
    step: 'identity',
    reason: expect.stringContaining('is not among the pinned ones'),
  });
  expect((await wrong.ended).status).toBe(1);
});

test('SEC-10: --strict lets in a server whose certificate has the domain’s own name', async ({
  browse,
  demo,
}) => {
  const command = browse('--json', '--strict', ...demo.options, 'office.test', 'lab.test');
  for (const domain of ['office.test', 'lab.test'])
    await told(command, { event: 'domain', domain, state: 'live' });
});

test('an identity is shown where it can be read, and is status 2 where it cannot', async ({
  browse,
  demo,
  scratch,
}) => {
  const { cert, key } = new TestAuthority('Users').issue({ commonName: 'Alice' });
  await writeFile(`${scratch}/cert.pem`, cert);
  await writeFile(`${scratch}/key.pem`, key);
  const own = ['--cert', `${scratch}/cert.pem`];
  const shown = browse('--json', ...own, '--key', `${scratch}/key.pem`, ...demo.options, 'office.test');
  await told(shown, { event: 'domain', state: 'live' });

  const without = await browse(...own, ...demo.options, 'office.test').ended;
  expect(without.status).toBe(2);
  expect(without.stderr).toContain('holds a certificate without its key');
});
