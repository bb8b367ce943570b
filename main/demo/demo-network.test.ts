import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Name } from '../../protocol/wire/name.ts';
import { RecordType } from '../../protocol/wire/registry.ts';
import { systemClock } from '../net/clock.ts';
import { VirtualClock } from '../net/virtual-clock.ts';
import { changeText } from './change-text.ts';
import { startDemoNetwork } from './demo-network.ts';
import type { DemoNetwork, DemoNetworkOptions } from './demo-network.ts';
import { DemoStartError } from './start-error.ts';
import { dig } from './testing/programs.ts';
import { PushSubscriber } from './testing/push-subscriber.ts';
import { add } from './testing/zone-fixture.ts';
import { readKeyFile } from './tsig-key.ts';

let directory: string;
let network: DemoNetwork | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'herald-test-'));
});

afterEach(async () => {
  await network?.close();
  network = undefined;
  await rm(directory, { recursive: true });
});

async function started(options: Partial<DemoNetworkOptions> = {}): Promise<DemoNetwork> {
  network = await startDemoNetwork({ clock: systemClock, directory, quiet: true, ...options });
  return network;
}

test('SRV-39: both zones name one push server at 127.0.0.1, on its own free port, and the certificate names it and the zones', async () => {
  const { dnsPort, pushPort, caPem, caPath, target, zones } = await started();
  expect([target, zones]).toEqual(['push.office.test', ['office.test', 'lab.test']]);
  for (const zone of zones) {
    expect(await dig(dnsPort, '+short', `_dns-push-tls._tcp.${zone}`, 'SRV')).toBe(
      `0 0 ${pushPort} push.office.test.\n`,
    );
  }
  expect(await dig(dnsPort, '+short', target, 'ANY')).toBe('127.0.0.1\n');
  expect(await readFile(caPath, 'utf8')).toBe(caPem);
  const client = await PushSubscriber.connect(pushPort, caPem);
  const { raw } = client.socket.getPeerCertificate();
  client.socket.destroy();
  expect(new X509Certificate(raw).subjectAltName).toBe(
    'DNS:push.office.test, DNS:office.test, DNS:lab.test, DNS:localhost, IP Address:127.0.0.1',
  );
});

test('the key file is for its owner alone, even where another was before, and is read back', async () => {
  await writeFile(join(directory, 'tsig.key'), 'old', { mode: 0o644 });
  const { tsigKeyPath } = await started();
  expect((await stat(tsigKeyPath)).mode & 0o777).toBe(0o600);
  expect(readKeyFile(await readFile(tsigKeyPath, 'utf8'))).toMatchObject({ ok: true });
  expect((await readdir(directory)).toSorted()).toEqual(['ca.pem', 'tsig.key']);
});

test('a change made in the process is pushed to subscribers of both zones', async () => {
  const { pushPort, caPem, store } = await started();
  const client = await PushSubscriber.connect(pushPort, caPem);
  for (const zone of ['office.test', 'lab.test']) client.subscribe(`_new._tcp.${zone}`, RecordType.PTR);
  await client.hears('accepted _new._tcp.lab.test.');
  expect([network?.sessionCount, network?.subscriptionCount]).toEqual([1, 2]);
  for (const { origin } of store.all)
    store.zone(origin)?.apply([add('_new._tcp PTR One._new._tcp', String(origin))]);
  await client.hears('+ _new._tcp.lab.test.');
  expect(client.told.filter((line) => line.startsWith('+'))).toHaveLength(2);
  client.socket.destroy();
});

test('closing lets a client go in good order and takes less than a second', async () => {
  const running = await started();
  const client = await PushSubscriber.connect(running.pushPort, running.caPem);
  client.subscribe('_ipp._tcp.office.test', RecordType.PTR);
  await client.hears('accepted');
  const beganMs = performance.now();
  await Promise.all([running.close(), running.close()]);
  expect(performance.now() - beganMs).toBeLessThan(1000);
  await client.hears('closed');
  expect(client.told.at(-2)).toContain('RFC 8490 §6.6.1');
});

test('a push port or DNS port that is taken is an error in words, and nothing is left running', async () => {
  const { dnsPort, pushPort } = await started();
  const again = { clock: systemClock, directory, quiet: true };
  await expect(startDemoNetwork({ ...again, pushPort })).rejects.toThrow(
    `Port ${pushPort} on 127.0.0.1 is taken, so the push server`,
  );
  await expect(startDemoNetwork({ ...again, dnsPort })).rejects.toThrow(
    `Port ${dnsPort} on 127.0.0.1 is taken, so the DNS server`,
  );
});

test('a folder that cannot be written to is an error in words', async () => {
  const nowhere = join(directory, 'nowhere');
  await expect(started({ directory: nowhere })).rejects.toThrow(
    `${join(nowhere, 'ca.pem')} cannot be written, so nothing was started: ENOENT`,
  );
  await expect(started({ directory: nowhere })).rejects.toBeInstanceOf(DemoStartError);
});

test('a zone file of ones own is served instead of the two', async () => {
  const file = join(directory, 'my.zone');
  await writeFile(
    file,
    '$ORIGIN my.test.\n$TTL 60\n@ SOA ns hm 1 1h 1h 1h 10\npush A 192.0.2.1\npush TXT "x"\nhost A 192.0.2.2\n',
  );
  const { dnsPort, zones, target } = await started({ zoneFiles: [file] });
  expect([zones, target]).toEqual([['my.test'], 'push.my.test']);
  expect(await dig(dnsPort, '+short', 'host.my.test', 'A')).toBe('192.0.2.2\n');
  expect(await dig(dnsPort, '+short', 'push.my.test', 'A')).toBe('127.0.0.1\n');
});

test.each([
  [
    'a mistake',
    ['$ORIGIN my.test.\n@ 60 SOA ns hm 1 1h 1h 1h 10\nhost A 300.1.1.1\n'],
    /my0\.zone, line 3, column 8: "300\.1\.1\.1" is no IPv4 address\. Correct the file/,
  ],
  ['octets that are not UTF-8', [Buffer.from([0x40, 0xff])], /my0\.zone is not UTF-8\. Save it as UTF-8/],
  [
    'the zone of another',
    ['$ORIGIN a.\n@ 60 SOA ns hm 1 1 1 1 1', '$ORIGIN A.\n@ 60 SOA ns hm 1 1 1 1 1'],
    /my1\.zone holds A\., and so does another/,
  ],
])('a zone file with %s is an error in words', async (_, contents, message) => {
  const zoneFiles = contents.map((_content, at) => join(directory, `my${at}.zone`));
  await Promise.all(contents.map((content, at) => writeFile(zoneFiles[at]!, content)));
  await expect(started({ zoneFiles })).rejects.toThrow(message);
  await expect(started({ zoneFiles })).rejects.toBeInstanceOf(DemoStartError);
});

test('a zone file that is not there is an error in words', async () => {
  const missing = join(directory, 'missing.zone');
  await expect(started({ zoneFiles: [missing] })).rejects.toThrow(
    `Zone file ${missing} cannot be read: ENOENT`,
  );
});

test('unless it is quiet, devices come and go', async () => {
  const clock = new VirtualClock(0, Date.now());
  const { store } = await started({ quiet: false, clock });
  const heard: string[] = [];
  store.onChange((changes) => heard.push(...changes.map(changeText)));
  clock.advance(60_000);
  expect(heard.filter((line) => line.startsWith('+') && line.includes(' PTR ')).length).toBeGreaterThan(0);
});

test('the name of a printer is a label of UTF-8 with a dot and a backslash', async () => {
  const { store } = await started();
  const ipp = Name.of('_ipp._tcp.office.test');
  const drPepper = Name.ofWire(store.zoneOf(ipp)!.rrset(ipp, RecordType.PTR)[0]!.rdata);
  expect(Buffer.from(drPepper.labels[0]!).toString()).toBe("Dr. Pepper's “Büro” \\ 2.OG");
});
