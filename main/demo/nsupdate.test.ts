import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Name } from '../../protocol/wire/name.ts';
import { RecordClass, RecordType } from '../../protocol/wire/registry.ts';
import { systemClock } from '../net/clock.ts';
import { startDemoNetwork } from './demo-network.ts';
import type { DemoNetwork } from './demo-network.ts';
import { dig, nsupdate } from './testing/programs.ts';
import { PushSubscriber } from './testing/push-subscriber.ts';
import { keyFileText, throwAwayKey } from './tsig-key.ts';

const INSTANCE = String.raw`Dr\.\032Who\\s\032Printer._ipp._tcp.office.test`;
const DONE = { status: 0, stdout: '', stderr: '' };

let directory: string;
let network: DemoNetwork;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'herald-test-'));
  network = await startDemoNetwork({ clock: systemClock, directory, quiet: true });
});

afterAll(async () => {
  await network.close();
  await rm(directory, { recursive: true });
});

/** The serial of `office.test` now. */
function serial(): number {
  return network.store.zone(Name.of('office.test'))!.serial;
}

test('a stock nsupdate adds a printer, changes its TXT and removes it, and each is pushed', async () => {
  const client = await PushSubscriber.connect(network.pushPort, network.caPem);
  client.subscribe(INSTANCE, RecordType.ANY);
  client.subscribe('_ipp._tcp.office.test', RecordType.PTR);
  await client.hears('accepted _ipp._tcp');
  await client.hears('Reception');
  const known = client.told.length;
  const send = (...lines: readonly string[]) =>
    nsupdate(network.dnsPort, network.tsigKeyPath, ['zone office.test', ...lines]);

  expect(
    await send(
      `update add _ipp._tcp.office.test 4500 PTR ${INSTANCE}`,
      `update add ${INSTANCE} 120 SRV 0 0 631 hp-m776.office.test`,
      `update add ${INSTANCE} 4500 TXT "txtvers=1" "note=Here"`,
    ),
  ).toEqual(DONE);
  await client.hears('note=Here');
  expect(
    await send(`update delete ${INSTANCE} TXT`, `update add ${INSTANCE} 4500 TXT "txtvers=1" "note=There"`),
  ).toEqual(DONE);
  await client.hears('note=There');
  expect(await dig(network.dnsPort, '+short', INSTANCE, 'TXT')).toBe('"txtvers=1" "note=There"\n');
  expect(
    await send(`update delete _ipp._tcp.office.test PTR ${INSTANCE}`, `update delete ${INSTANCE}`),
  ).toEqual(DONE);
  // Removals come in whichever form is the most compact; one instance of many has a form of its own.
  await client.hears('- _ipp._tcp.office.test.');
  client.socket.destroy();
  const told = client.told.slice(known);
  expect(told.filter((line) => line.startsWith('+')).toSorted()).toEqual([
    `+ ${INSTANCE}. 120 IN SRV 0 0 631 hp-m776.office.test.`,
    `+ ${INSTANCE}. 4500 IN TXT "txtvers=1" "note=Here"`,
    `+ ${INSTANCE}. 4500 IN TXT "txtvers=1" "note=There"`,
    `+ _ipp._tcp.office.test. 4500 IN PTR ${INSTANCE}.`,
  ]);
  expect(told.findLast((line) => line.includes(INSTANCE))).toMatch(/^- /);
  expect(
    network.store.matching({ name: Name.of(INSTANCE), type: RecordType.ANY, class: RecordClass.IN }),
  ).toEqual([]);
});

test('prerequisites of nsupdate are checked', async () => {
  const before = serial();
  const attempts = [
    ['prereq nxdomain hp-m776.office.test', 'YXDOMAIN'],
    ['prereq yxdomain nobody.office.test', 'NXDOMAIN'],
    ['prereq nxrrset hp-m776.office.test A', 'YXRRSET'],
    ['prereq yxrrset hp-m776.office.test MX', 'NXRRSET'],
    ['prereq yxrrset hp-m776.office.test A 192.0.2.99', 'NXRRSET'],
  ] as const;
  for (const [prerequisite, rcode] of attempts) {
    const ended = await nsupdate(network.dnsPort, network.tsigKeyPath, [
      'zone office.test',
      prerequisite,
      'update add x.office.test 60 A 192.0.2.9',
    ]);
    expect(ended).toMatchObject({ status: 2, stderr: `update failed: ${rcode}\n` });
  }
  expect(serial()).toBe(before);
});

test('the zone is found by nsupdate itself, by the SOA that answers any name in it', async () => {
  const before = serial();
  const ended = await nsupdate(network.dnsPort, network.tsigKeyPath, [
    'update add found.deep.office.test 60 A 192.0.2.9',
  ]);
  expect(ended).toEqual(DONE);
  expect(await dig(network.dnsPort, '+short', 'found.deep.office.test', 'A')).toBe('192.0.2.9\n');
  expect(serial()).toBe(before + 1);
});

test('a wrong secret, an unknown key and no key get NOTAUTH, and nothing changes', async () => {
  const before = serial();
  const [wrong, unknown] = [join(directory, 'wrong.key'), join(directory, 'unknown.key')];
  await writeFile(wrong, keyFileText(throwAwayKey(Name.of('herald-demo'))));
  await writeFile(unknown, keyFileText(throwAwayKey(Name.of('somebody'))));
  const update = ['zone office.test', 'update add x.office.test 60 A 192.0.2.9'];
  for (const [keyFile, said] of [
    [wrong, 'NOTAUTH(BADSIG)'],
    [unknown, 'NOTAUTH(BADKEY)'],
    [undefined, 'NOTAUTH'],
  ] as const) {
    const { status, stderr } = await nsupdate(network.dnsPort, keyFile, update);
    expect(status).toBe(2);
    expect(stderr).toContain(said);
  }
  expect(serial()).toBe(before);
  expect(await dig(network.dnsPort, '+short', 'x.office.test', 'A')).toBe('');
});

test('an update of a zone that is not here gets NOTAUTH, one of a name outside its zone NOTZONE', async () => {
  const send = (zone: string, name: string) =>
    nsupdate(network.dnsPort, network.tsigKeyPath, [`zone ${zone}`, `update add ${name} 60 A 192.0.2.9`]);
  expect((await send('other.test', 'x.other.test')).stderr).toContain('NOTAUTH');
  expect((await send('office.test', 'x.lab.test')).stderr).toContain('NOTZONE');
});

test('dig signs a query and checks the signature of its answer', async () => {
  const answer = await dig(network.dnsPort, '-k', network.tsigKeyPath, 'hp-m776.office.test', 'A');
  expect(answer).toContain('192.0.2.20');
  expect(answer).not.toMatch(/tsig verify failure|Couldn't verify/i);
  expect(answer).toMatch(/TSIG PSEUDOSECTION:\nherald-demo\./);
});
