import { expect } from 'playwright/test';
import { test } from '../testing/test.ts';
import { allTold, matches, read, told } from '../testing/told.ts';

const SERVICE_KEYS = ['at', 'event', 'domain', 'type', 'instance', 'host', 'port', 'addresses', 'txt', 'via'];
const IPP = '_ipp._tcp.office.test';

test('the first lines tell the way to a live domain, with exactly the keys that each event has', async ({
  browse,
  demo,
}) => {
  const command = browse('--json', ...demo.options, IPP);
  await told(command, { event: 'domain', state: 'live' });
  command.signal('SIGINT');
  const events = allTold(await command.ended);
  const domains = events.filter(({ event }) => event === 'domain');
  const sessions = events.filter(({ event }) => event === 'session');

  expect(domains.map(({ state, step }) => [state, step])).toEqual([
    ['discovering', 'zone'],
    ['discovering', 'srv'],
    ['discovering', 'tcp'],
    ['discovering', 'tls'],
    ['discovering', 'dso'],
    ['discovering', 'subscribe'],
    ['live', undefined],
  ]);
  expect(Object.keys(domains.at(0)!)).toEqual(['at', 'event', 'domain', 'state', 'step', 'reason']);
  expect(Object.keys(domains.at(-1)!)).toEqual(['at', 'event', 'domain', 'state', 'trust']);
  expect(sessions.map(({ phase }) => phase)).toEqual([
    'connecting',
    'securing',
    'establishing',
    'established',
  ]);
  for (const session of sessions) {
    expect(session).toEqual({
      at: expect.any(Number),
      event: 'session',
      server: 'push.office.test',
      port: demo.network.pushPort,
      phase: session['phase'],
    });
  }
  const times = events.map(({ at }) => Number(at));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('a service that is known in part has null for what is missing, and every step to the whole is a change', async ({
  browse,
  demo,
}) => {
  const command = browse('--json', ...demo.options, IPP);
  await told(command, { event: 'domain', state: 'live' });
  const name = String.raw`Half\032done.${IPP}`;
  const bare = { domain: 'office.test', type: '_ipp._tcp', instance: 'Half done', via: 'push' };
  // The domain of a service is the scope as it was asked for.
  const service = { ...bare, domain: IPP };

  await demo.update('office.test', `update add ${IPP} 60 PTR ${name}`);
  const added = await told(command, { ...service, event: 'added' });
  expect(Object.keys(added)).toEqual(SERVICE_KEYS);
  expect(added).toMatchObject({ host: null, port: null, addresses: null, txt: null });

  await demo.update('office.test', `update add ${name} 60 SRV 0 0 6310 half.office.test`);
  const resolved = await told(command, { ...service, event: 'changed', port: 6310 });
  expect(resolved).toMatchObject({ host: 'half.office.test', addresses: null, txt: null });

  await demo.update('office.test', `update add ${name} 60 TXT "note=here"`);
  await told(command, { ...service, event: 'changed', port: 6310, addresses: null, txt: { note: 'here' } });

  await demo.update(
    'office.test',
    'update add half.office.test 60 AAAA 2001:db8::5',
    'update add half.office.test 60 A 192.0.2.50',
  );
  const whole = { host: 'half.office.test', port: 6310, txt: { note: 'here' } };
  const addresses = ['192.0.2.50', '2001:db8::5'];
  await told(command, { ...service, ...whole, event: 'changed', addresses });

  await demo.update('office.test', `update delete ${name} SRV`);
  const headless = { host: null, port: null, addresses: null, txt: { note: 'here' } };
  await told(command, { ...service, ...headless, event: 'changed' });

  await demo.update('office.test', `update delete ${IPP} PTR ${name}`);
  expect(Object.keys(await told(command, { ...service, event: 'removed' }))).toEqual(SERVICE_KEYS);
});

test('SD-04: txt maps a key to its text, to "" for an empty value, to true for none, and to hex where it is not UTF-8', async ({
  browse,
  demo,
}) => {
  const name = String.raw`Pairs.${IPP}`;
  const strings = [
    'txtvers=1',
    'note=Büro 2',
    'a=b=c',
    'empty=',
    'flag',
    'NOTE=second of its name',
    '=without a key',
    String.raw`raw=\255\000\065`,
    'spaces= x ',
    '__proto__=plain',
  ];
  await demo.update(
    'office.test',
    `update add ${IPP} 60 PTR ${name}`,
    `update add ${name} 60 TXT ${strings.map((text) => `"${text}"`).join(' ')}`,
  );
  const command = browse('--json', ...demo.options, IPP);
  const line = await command.line((text) => {
    const event = read(text);
    return event['instance'] === 'Pairs' && event['txt'] !== null ? text : undefined;
  });

  expect(line).toContain(
    '"txt":{"txtvers":"1","note":"Büro 2","a":"b=c","empty":"","flag":true,"raw":{"hex":"ff0041"},"spaces":" x ","__proto__":"plain"}',
  );
});

test('SD-03: a TXT record of one empty string is a txt without pairs, and not a missing one', async ({
  browse,
  demo,
}) => {
  const name = String.raw`Empty.${IPP}`;
  await demo.update('office.test', `update add ${IPP} 60 PTR ${name}`, `update add ${name} 60 TXT ""`);
  const command = browse('--json', ...demo.options, IPP);

  expect(await told(command, { event: 'changed', instance: 'Empty', txt: {} })).toMatchObject({ host: null });
});

test('SD-01: an instance is its label decoded, and octets that are not UTF-8 stand as \\DDD', async ({
  browse,
  demo,
}) => {
  const labels = [
    [String.raw`Dr\.\032No\\\032\195\169`, String.raw`Dr. No\ é`],
    [String.raw`Caf\233\032\255`, String.raw`Caf\233 \255`],
    [String.raw`\240\159\150\168`, '🖨'],
  ] as const;
  await demo.update(
    'office.test',
    ...labels.map(([escaped]) => `update add ${IPP} 60 PTR ${escaped}.${IPP}`),
  );
  const command = browse('--json', ...demo.options, IPP);

  for (const [, instance] of labels) await told(command, { event: 'added', instance, type: '_ipp._tcp' });
});

test('a name may be a type in a domain: only that type is told', async ({ browse, demo }) => {
  const command = browse(
    '--json',
    ...demo.options,
    '--for',
    '3',
    '_ssh._tcp.office.test',
    '_ntp._udp.office.test',
  );
  const { status, ...ended } = await command.ended;
  const services = allTold({ status, ...ended }).filter((event) => matches(event, { event: 'added' }));

  expect(status).toBe(0);
  expect(new Set(services.map(({ type }) => type))).toEqual(new Set(['_ssh._tcp', '_ntp._udp']));
});

test('without --json every change is a line for people, and nothing in it steers the terminal', async ({
  browse,
  demo,
}) => {
  const name = String.raw`Bell\007\032\027[31mred.${IPP}`;
  await demo.update('office.test', `update add ${IPP} 60 PTR ${name}`);
  const command = browse(...demo.options, IPP);
  const added = await command.line((line) => (line.includes('Bell') ? line : undefined));

  expect(added).toMatch(/^ *\d+\.\d{3} \+ Bell\\u\{7\} \\u\{1b\}\[31mred \| Printer \(IPP\) \| /);
  expect(command.lines.filter((line) => line.includes(' * '))).toEqual([
    expect.stringMatching(/^ *\d+\.\d{3} \* _ipp\._tcp\.office\.test is live$/),
  ]);
});
