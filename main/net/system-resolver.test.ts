import { expect, onTestFinished, test } from 'vitest';
import { Name } from '../../protocol/wire/name.ts';
import type { Endpoint } from './endpoint.ts';
import { cryptoRandom } from './random.ts';
import { SystemResolver } from './system-resolver.ts';
import { address, octetsOf, QUESTION } from './testing/records.ts';
import { startDns } from './testing/start.ts';
import { VirtualClock } from './virtual-clock.ts';

test('when the machine names another resolver, that one is asked and what the first said is forgotten', async () => {
  const [home, work] = [await startDns(), await startDns()];
  const clock = new VirtualClock();
  let servers: readonly Endpoint[] = [home.endpoint];
  let readings = 0;
  const read = () => {
    readings++;
    return Promise.resolve({ servers, searchDomains: [], routes: [] });
  };
  const resolver = new SystemResolver({ clock, random: cryptoRandom, read });

  const first = resolver.query(QUESTION);
  (await home.next()).answer({ answers: [address(1, 3600)] });
  expect(octetsOf(await first)).toEqual([1]);
  servers = [work.endpoint];
  expect(octetsOf(await resolver.query(QUESTION))).toEqual([1]);
  expect(readings).toBe(1);

  clock.advance(10_000);
  const second = resolver.query(QUESTION);
  (await work.next()).answer({ answers: [address(2, 3600)] });
  expect(octetsOf(await second)).toEqual([2]);
});

test('on another network the list is read at once, and not when it is old', async () => {
  const [home, work] = [await startDns(), await startDns()];
  const clock = new VirtualClock();
  const machine = { network: 'home', servers: [home.endpoint] as readonly Endpoint[], readings: 0 };
  const resolver = new SystemResolver({
    clock,
    random: cryptoRandom,
    read: () => {
      machine.readings++;
      return Promise.resolve({ servers: machine.servers, searchDomains: [], routes: [] });
    },
    glance: () => machine.network,
  });
  const first = resolver.query(QUESTION);
  (await home.next()).answer({ answers: [address(1, 3600)] });
  await first;
  clock.advance(250);
  await resolver.query(QUESTION);
  expect(machine.readings).toBe(1);

  machine.network = 'work';
  machine.servers = [work.endpoint];
  clock.advance(250);
  const second = resolver.query(QUESTION);
  (await work.next()).answer({ answers: [address(2, 3600)] });
  expect(octetsOf(await second)).toEqual([2]);
  expect(home.received).toHaveLength(1);
});

test('a list that is still the same forgets nothing', async () => {
  const dns = await startDns();
  const clock = new VirtualClock();
  const read = () => Promise.resolve({ servers: [{ ...dns.endpoint }], searchDomains: [], routes: [] });
  const resolver = new SystemResolver({ clock, random: cryptoRandom, read });
  const first = resolver.query(QUESTION);
  (await dns.next()).answer({ answers: [address(1, 3600)] });
  await first;
  clock.advance(60_000);

  expect(octetsOf(await resolver.query(QUESTION))).toEqual([1]);
  expect(dns.received).toHaveLength(1);
});

test('names within a domain that has resolvers of its own are asked there, the deepest domain first', async () => {
  const [home, corp, lab] = [await startDns(), await startDns(), await startDns()];
  const routes = [
    { domain: Name.of('corp.test'), servers: [corp.endpoint] },
    { domain: Name.of('lab.corp.test'), servers: [lab.endpoint] },
  ];
  const read = () => Promise.resolve({ servers: [home.endpoint], searchDomains: [], routes });
  const resolver = new SystemResolver({ clock: new VirtualClock(), random: cryptoRandom, read });
  onTestFinished(() => resolver.close());
  const ask = async (name: string, dns: typeof home) => {
    const reply = resolver.query({ ...QUESTION, name: Name.of(name) });
    (await dns.next()).answer({ answers: [address(1)] });
    return (await reply).kind;
  };

  expect(await ask('www.example.test', home)).toBe('answer');
  expect(await ask('_ipp._tcp.Corp.TEST', corp)).toBe('answer');
  expect(await ask('x.lab.corp.test', lab)).toBe('answer');
  expect(await ask('notcorp.test', home)).toBe('answer');
});
