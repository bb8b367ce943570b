import { afterEach, expect, test } from 'vitest';
import { Browsing, OFFICE } from './testing/browsing.ts';

let browsing: Browsing;

afterEach(async () => {
  browsing.ether.delaysMs = { opening: 0, ending: 0 };
  await browsing.ether.pass(10_000);
  expect(await browsing.end(), 'timers left behind').toBe(0);
});

/** A zone whose servers are at these ports, in order; the random number of these tests takes them so. */
function zoneWith(...srvs: readonly string[]): string {
  const lines = srvs.map((srv) => `_dns-push-tls._tcp SRV ${srv} push`);
  return OFFICE.replace('_dns-push-tls._tcp SRV 0 0 853 push', lines.join('\n'));
}

function ports(): readonly number[] {
  return browsing.ether.links.map(({ target }) => target.port);
}

test('DISC-10: a server in reserve is reached within 5 s of one that does not answer, and then used', async () => {
  browsing = new Browsing(zoneWith('0 0 8531', '1 0 8532'));
  browsing.ether.silentPorts.add(8531);
  await browsing.watch('office.test');
  await browsing.ether.pass(4_999);
  expect(ports()).toEqual([8531]);

  await browsing.ether.pass(1);
  expect(ports()).toEqual([8531, 8532]);
  expect(browsing.domain()).toMatchObject({ state: 'live', server: 'push.office.test:8532' });
  expect(browsing.ether.links[0]!.clientEnd).toBe('close');
});

test('DISC-10: of equal servers the next is tried beside one that is silent for a second', async () => {
  browsing = new Browsing(zoneWith('0 0 8531', '0 0 8532', '0 0 8533'));
  for (const port of [8531, 8532, 8533]) browsing.ether.silentPorts.add(port);
  await browsing.watch('office.test');
  browsing.ether.silentPorts.clear();
  await browsing.ether.pass(999);
  expect(ports()).toHaveLength(1);

  await browsing.ether.pass(1);
  expect(ports()).toHaveLength(2);
  expect(browsing.domain()).toMatchObject({ state: 'live' });
});

test('DISC-09: a server that is slow, but not too slow, is not passed over for its reserve', async () => {
  browsing = new Browsing(zoneWith('0 0 8531', '1 0 8532'));
  browsing.ether.delaysMs = { opening: 4_900, ending: 0 };
  await browsing.watch('office.test');
  await browsing.ether.pass(4_900);
  await browsing.ether.pass(1_000);

  expect(ports()).toEqual([8531]);
  expect(browsing.domain()).toMatchObject({ state: 'live', server: 'push.office.test:8531' });
});

test('the first to show who it is wins although another was begun after it, and the ladder shows its way', async () => {
  browsing = new Browsing(zoneWith('0 0 8531', '1 0 8532'));
  browsing.ether.delaysMs = { opening: 5_100, ending: 0 };
  await browsing.watch('office.test');
  await browsing.ether.pass(5_000);
  expect(ports()).toEqual([8531, 8532]);
  await browsing.ether.pass(100);

  expect(browsing.domain()).toMatchObject({ state: 'live', server: 'push.office.test:8531' });
  expect(browsing.ether.links.map(({ clientEnd }) => clientEnd)).toEqual([undefined, 'close']);
  expect(browsing.ether.links[1]!.clientWrites).toBe(0);
  const [ladder] = browsing.workspace.snapshot().tables.ladders;
  expect(ladder!.steps.map(({ verdict }) => verdict)).toEqual(Array(10).fill('passed'));
});

test('who was left because another was faster is tried when that one is no use', async () => {
  browsing = new Browsing(zoneWith('0 0 8531', '1 0 8532'));
  browsing.ether.delaysMs = { opening: 5_100, ending: 0 };
  browsing.ether.foreignPorts.add(8531);
  await browsing.watch('office.test');
  await browsing.ether.pass(5_000);
  await browsing.ether.pass(100);
  await browsing.ether.pass(5_100);

  expect(ports()).toEqual([8531, 8532, 8532]);
  expect(browsing.domain()).toMatchObject({ state: 'live', server: 'push.office.test:8532' });
});

test('when the last server fails one that is still under way is waited for', async () => {
  browsing = new Browsing(zoneWith('0 0 8531', '1 0 8532'));
  browsing.ether.delaysMs = { opening: 6_000, ending: 0 };
  await browsing.watch('office.test');
  browsing.ether.delaysMs = { opening: 0, ending: 0 };
  browsing.ether.deadPorts.add(8532);
  await browsing.ether.pass(5_000);
  expect(ports()).toEqual([8531, 8532]);
  expect(browsing.domain()).toMatchObject({ state: 'discovering' });

  await browsing.ether.pass(1_000);
  expect(browsing.domain()).toMatchObject({ state: 'live', server: 'push.office.test:8531' });
});

test('a slow lookup of an address is given company as well', async () => {
  browsing = new Browsing(zoneWith('0 0 8531', '1 0 8532').replace('8531 push', '8531 slow.test.'));
  browsing.ether.slowNames.add('slow.test.');
  await browsing.watch('office.test');
  expect(ports()).toEqual([]);
  await browsing.ether.pass(5_000);

  expect(browsing.domain()).toMatchObject({ state: 'live', server: 'push.office.test:8532' });
});
