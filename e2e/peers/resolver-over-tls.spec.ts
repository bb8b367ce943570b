import { X509Certificate } from 'node:crypto';
import path from 'node:path';
import { expect } from 'playwright/test';
import { pinOf } from '../../main/net/spki-pins.ts';
import { AUTHORITY, PUSH_IDENTITY, trustFile } from '../testing/identity.ts';
import { test } from '../testing/test.ts';
import { startUnbound } from './name-servers.ts';

const PIN = pinOf(new X509Certificate(PUSH_IDENTITY.cert));
const WRONG_PIN = 'd6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM=';

test('a domain is live by way of unbound over TLS, known by the pin of its key', async ({
  browse,
  demo,
  start,
  scratch,
}) => {
  const port = await startUnbound(start, scratch, { 'office.test': demo.network.dnsPort });
  const options = ['--resolver', `tls://127.0.0.1:${port}?pin=${PIN}`, '--ca', demo.network.caPath];
  const { status, stdout } = await browse('--explain', ...options, 'office.test').ended;

  expect(status).toBe(0);
  expect(stdout.join('\n')).toContain(
    `SOA _services._dns-sd._udp.office.test: 127.0.0.1 port ${port} over TLS, `,
  );
});

test('SEC-13: and known by a name of an authority of the system beside the pin; a wrong pin is refused all the same', async ({
  demo,
  start,
  scratch,
}) => {
  const port = await startUnbound(start, scratch, { 'office.test': demo.network.dnsPort });
  const system = await trustFile(path.join(scratch, 'system.pem'), AUTHORITY.ca);
  const browse = (resolver: string) => {
    const options = ['--explain', '--resolver', resolver, '--ca', demo.network.caPath, 'office.test'];
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: system };
    return start(process.execPath, ['--import', 'tsx', 'main/cli/browse.ts', ...options], { env }).ended;
  };

  const right = await browse(`tls://127.0.0.1:${port}?pin=${PIN}#push.office.test`);
  expect(right.status).toBe(0);
  const wrong = await browse(`tls://127.0.0.1:${port}?pin=${WRONG_PIN}#push.office.test`);
  expect(wrong.status).toBe(1);
  expect(wrong.stdout.join('\n')).toContain(`is not among the pinned ones (its pin is ${PIN})`);
});

test('DISC-02: unbound, which does no push, is asked for it first; then the domain’s own server is found through it', async ({
  demo,
  start,
  scratch,
}) => {
  const port = await startUnbound(start, scratch, { 'office.test': demo.network.dnsPort });
  const system = await trustFile(path.join(scratch, 'system.pem'), demo.network.caPem);
  const options = ['--explain', '--resolver', `tls://127.0.0.1:${port}?pin=${PIN}`, 'office.test'];
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: system };
  const command = start(process.execPath, ['--import', 'tsx', 'main/cli/browse.ts', ...options], { env });
  const { status, stdout } = await command.ended;
  const text = stdout.join('\n');

  expect(status).toBe(0);
  expect(text).toContain(`office.test is live, by push.office.test:${demo.network.pushPort}.`);
  expect(text).toContain(`Another server, 127.0.0.1:${port}: `);
});
